/** Checks of what a get returns: type, range, enumeration, text and length of every documented parameter. */
import type { Link } from '../document/notation.ts';
import { isDocumented, isMembers, isShown, valueIn } from '../document/row-value.ts';
import { type Subject, shownValues, subjectsOf } from '../document/subject.ts';
import type { Bench } from './bench.ts';
import type { Check } from './check.ts';
import { fail, Skipped, verify } from './finding.ts';
import { ofGet, type Scope } from './identify.ts';
import { documented, jsonType, typeFindings, valueFindings } from './row-judgement.ts';

export function valueChecks(scope: Scope): readonly Check<Bench>[] {
  const rows = scope.part.rows.filter((row) => isDocumented(row) && isShown(row, scope.part));
  return rows.flatMap(subjectsOf).flatMap((subject) => {
    if (subject.kind === 'element') return [];
    const property = valueProperty(subject);
    return [
      typeCheck(scope, subject),
      ...(property === null ? [] : [valueCheck(scope, subject, property)]),
      ...(subject.kind === 'plain' && subject.row.link !== undefined ? [linkCheck(scope, subject, subject.row.link)] : []),
    ];
  });
}

type Judged = Exclude<Subject, { kind: 'element' }>;

function typeCheck(scope: Scope, subject: Judged): Check<Bench> {
  return {
    ...ofGet(scope, subject, { property: 'type', title: `returns ${subject.name} as ${jsonType(subject.row.type)}`, covers: ['type'] }),
    run: async (bench) => {
      const lab = bench.lab(scope.part, scope.instance);
      const outcome = await lab.answered();
      const reply = await lab.opening();
      const values = shownValues(subject, reply);
      if (values.length === 0) {
        if (bench.profile === 'strict')
          fail(`${scope.part.get} returns ${subject.name} (strict profile)`, 'a reply without it', outcome.answer.exchange);
        throw new Skipped('not-offered', `${scope.part.get} does not return ${subject.name}`);
      }
      verify(
        values.flatMap(({ path, value }) => typeFindings(subject.row, path, value)),
        outcome.answer.exchange,
      );
    },
  };
}

function valueCheck(scope: Scope, subject: Judged, property: string): Check<Bench> {
  return {
    ...ofGet(scope, subject, {
      property,
      title: `returns ${subject.name} as ${documented(subject.row.type)}`,
      covers: [property],
      after: ['type'],
    }),
    run: async (bench) => {
      const lab = bench.lab(scope.part, scope.instance);
      const outcome = await lab.answered();
      const reply = await lab.offered(subject);
      verify(
        shownValues(subject, reply).flatMap(({ path, value }) => valueFindings(subject.row, path, value, bench.profile)),
        outcome.answer.exchange,
      );
    },
  };
}

function linkCheck(scope: Scope, subject: Judged, link: Link): Check<Bench> {
  const title =
    link.kind === 'pair' ? `returns ${subject.name} and ${link.with} as a pair of ${link.list}` : `returns ${subject.name} not above ${link.limit}`;
  return {
    ...ofGet(scope, subject, { property: link.kind, title, covers: [link.kind], after: ['type'] }),
    run: async (bench) => {
      const lab = bench.lab(scope.part, scope.instance);
      const reply = await lab.offered(subject);
      const { exchange } = (await lab.answered()).answer;
      const value = valueIn(subject.row, reply);
      if (link.kind === 'at-most') {
        const limit = reply[link.limit];
        if (typeof limit !== 'number') throw new Skipped('not-offered', `${scope.part.get} does not return ${link.limit}`);
        if (Number(value) > limit) fail(`${subject.name} is at most ${link.limit}, which is ${limit}`, `${subject.name} is ${value}`, exchange);
        return;
      }
      const pairs = reply[link.list];
      if (!Array.isArray(pairs)) throw new Skipped('not-offered', `${scope.part.get} does not return ${link.list}`);
      const partner = reply[link.with];
      const listed = pairs.some((pair) => isMembers(pair) && pair[link.field] === value && Object.values(pair).includes(partner));
      if (!listed) {
        fail(
          `${subject.name} and ${link.with} are one of ${link.list}: ${JSON.stringify(pairs)}`,
          `${subject.name} ${value}, ${link.with} ${partner}`,
          exchange,
        );
      }
    },
  };
}

/** What else than the type the table demands of a value, if anything. */
export function valueProperty({ row: { type } }: Judged): 'range' | 'enumeration' | 'length' | 'text' | null {
  switch (type.kind) {
    case 'number':
      return type.min === undefined && type.max === undefined ? null : 'range';
    case 'choice':
      return 'enumeration';
    case 'text':
      return type.fixed === undefined ? null : 'text';
    case 'list':
      return type.length === undefined ? null : 'length';
    case 'week':
      return null;
  }
}

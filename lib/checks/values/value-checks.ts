/** Checks of what a get returns: type, range, enumeration, text and length of every documented parameter. */
import type { Link, Row } from '../../document/notation.ts';
import { elementName, elementsOf, isDocumented, isMembers, isShown, judgedLength, type Members, valueIn } from '../../document/row-value.ts';
import { type Subject, shownValues, subjectsOf } from '../../document/subject.ts';
import { type Finding, fail, NonConformance, Skipped, verify } from '../../results/finding.ts';
import { notOffered, strictly } from '../actions/strictly.ts';
import type { Bench } from '../bench.ts';
import type { Check, CheckIdentity } from '../check.ts';
import { ofGet, type Scope } from '../identify.ts';
import { documented, isDocumentedValue, jsonType, quote, typeFindings, valueFindings } from './row-judgement.ts';

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

type RowSubject = Exclude<Subject, { kind: 'element' }>;

function typeCheck(scope: Scope, subject: RowSubject): Check<Bench> {
  const { get } = scope.part;
  const isSpeltTwice = subject.kind !== 'leaf' && subject.row.alias !== undefined;
  const identity = ofGet(scope, subject, {
    property: 'type',
    title: `returns ${subject.name} as ${jsonType(subject.row.type)}`,
    covers: ['type'],
    strict: isSpeltTwice ? ['shown', 'spelling'] : ['shown'],
  });
  return {
    ...identity,
    run: async (bench) => {
      const lab = bench.lab(scope.part, scope.instance);
      const { exchange } = (await lab.answered()).answer;
      const reply = await lab.opening();
      const values = shownValues(subject, reply);
      if (values.length === 0 && !isPartOfNothing(subject, reply)) {
        notOffered(bench.profile, 'shown', {
          ...identity,
          documented: `${get} returns ${subject.name}`,
          received: `${get} does not return ${subject.name}`,
          exchange,
        });
      }
      const missing = bench.profile === 'strict' ? strictlyMissing(subject, reply, identity) : [];
      verify([...values.flatMap(({ path, value }) => typeFindings(subject.row, path, value)), ...missing], exchange);
      if (values.length === 0) throw new Skipped('not-offered', `${get} does not return ${subject.name}`);
    },
  };
}

/** A member of a list that has no elements, or that is itself not returned: the check of the list is about that. */
function isPartOfNothing(subject: RowSubject, reply: Members): boolean {
  if (subject.kind !== 'leaf') return false;
  const elements = elementsOf(subject.type, valueIn(subject.top, reply));
  return elements === null || elements.length === 0;
}

/** What the strict profile misses in a reply that shows something of the subject: elements without it, the name of its table. */
function strictlyMissing(subject: RowSubject, reply: Members, about: CheckIdentity): readonly Finding[] {
  if (subject.kind === 'leaf') {
    const elements = elementsOf(subject.type, valueIn(subject.top, reply)) ?? [];
    return elements
      .slice(0, judgedLength(subject.type, elements))
      .flatMap((element, index) =>
        Object.hasOwn(element, subject.row.name)
          ? []
          : [{ ...strictly(`${elementName(subject.top, index)} has ${subject.row.name}`, 'shown', about), received: 'an element without it' }],
      );
  }
  const { name, alias } = subject.row;
  if (alias === undefined || Object.hasOwn(reply, alias)) return [];
  return [{ ...strictly(`${alias}, the name in the table of ${about.action}`, 'spelling', about), received: `${name} alone` }];
}

/** A number among others, as a person picks it. */
const isChosen = ({ kind }: Row['type']): boolean => kind === 'choice' || kind === 'number';

function valueCheck(scope: Scope, subject: RowSubject, property: string): Check<Bench> {
  const { row } = subject;
  const identity = ofGet(scope, subject, {
    property,
    title: `returns ${subject.name} as ${documented(row.type)}`,
    covers: [property],
    after: ['type'],
    ...(row.type.kind === 'choice' && row.type.also !== undefined ? { strict: ['tables'] } : {}),
  });
  /** A value that only the document's examples have. */
  const unforgiven = (path: string, value: unknown): Finding => ({
    ...strictly(`${path} is ${documented(row.type)}`, 'tables', identity),
    received: `${path} is ${quote(row, value)}`,
  });
  return {
    ...identity,
    run: async (bench) => {
      const lab = bench.lab(scope.part, scope.instance);
      const outcome = await lab.answered();
      const reply = await lab.offered(subject);
      const findings = shownValues(subject, reply).flatMap(({ path, value }) => {
        const found = valueFindings(row, path, value, bench.profile);
        return found.length > 0 && isDocumentedValue(row.type, value, 'default') ? [unforgiven(path, value)] : found;
      });
      if (findings.length === 0) return;
      // What its set takes, too, may have been set by its owner: what becomes of documented values the set's own checks tell.
      const isDoubtful = bench.profile === 'default' && isChosen(row.type) && (await lab.takesAsFound(subject.top));
      throw new NonConformance(findings, outcome.answer.exchange, { isDoubtful });
    },
  };
}

function linkCheck(scope: Scope, subject: RowSubject, link: Link): Check<Bench> {
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
      const listed = pairs.some((pair) => isMembers(pair) && pair[link.field] === value && pair[link.withField] === partner);
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
export function valueProperty({ row: { type } }: RowSubject): 'range' | 'enumeration' | 'length' | 'text' | null {
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

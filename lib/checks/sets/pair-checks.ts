/**
 * Checks of a get and its set together: that they belong to each other, that the set ignores what the document does not know,
 * asks for what it marks necessary, and refuses with documented codes.
 */
import { describe, isNotOffered, isOddCode, isRefusal, type Outcome } from '../../camera/outcome.ts';
import type { Row } from '../../document/notation.ts';
import { isNecessary, isSameValue, isSettable, type Members, spellingIn, valueIn } from '../../document/row-value.ts';
import { DOCUMENTED_CODES, isDocumentedCode } from '../../document/sections/01-generic.ts';
import { type Subject, shownValue } from '../../document/subject.ts';
import { causedBy, fail, finding, Skipped, together, verify } from '../../results/finding.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { hazardsOfSet, ofAction, type Scope } from '../identify.ts';
import { wrongType } from '../values/row-values.ts';
import { refusalCodes } from './illegal-checks.ts';
import { type Batch, labOf, orSkipped, type SettingsLab } from './settings-lab.ts';

export function pairChecks(scope: Scope): readonly Check<Bench>[] {
  const { part } = scope;
  if (part.set === undefined) return [];
  return [
    belongsCheck(scope, part.set),
    ...refusalIsWholeCheck(scope, part.set),
    refusalCodesCheck(scope, part.set),
    ...part.rows.filter(isNecessary).flatMap((row) => necessaryChecks(scope, part.set ?? '', row)),
  ];
}

function belongsCheck(scope: Scope, set: string): Check<Bench> {
  const { part, instance } = scope;
  return {
    ...ofAction(scope, set, hazardsOfSet(part), {
      property: 'belongs-to-get',
      title: `${set} is offered where ${part.get} is`,
      covers: ['offered'],
    }),
    after: [`${scope.section.slug}/${set}/reply`],
    run: async (bench) => {
      const get = await labOf(bench, scope).answered();
      const isGetOffered = get.kind === 'done';
      if (!isGetOffered && !isNotOffered(get) && !isOddCode(get)) throw new Skipped('blocked', `${part.get} is answered with ${describe(get)}`);
      const answer = isGetOffered ? (await labOf(bench, scope).asItIs()).outcome : await bench.camera.call(set, { ...instance.select });
      // Code 1 is no word of absence for a set: firmware in the field gives it and carries the set out.
      if (isOddCode(answer)) throw new Skipped('blocked', `${set} is answered with ${describe(answer)}`);
      if (isGetOffered !== !isNotOffered(answer)) {
        fail(
          `${part.get} and ${set} are both offered or both not`,
          `${part.get}: ${describe(get)}, so that it is ${isGetOffered ? 'offered' : 'not offered'}; ${set}: ${describe(answer)}, so that it is ${isGetOffered ? 'not offered' : 'offered'}`,
          answer.answer.exchange,
        );
      }
      if (!isGetOffered) throw new Skipped('not-offered', `neither ${part.get} nor ${set} is offered`);
    },
  };
}

const UNKNOWN = 'conformance_unknown';

interface LegalChange {
  readonly subject: Subject;
  readonly members: Members;
}

/** What can be set to something else by itself, each with a value that the document promises to be taken. */
function legalChanges(lab: SettingsLab, kinds: readonly Subject['kind'][]): readonly LegalChange[] {
  return lab.changeable().flatMap((subject): LegalChange[] => {
    if (!kinds.includes(subject.kind) || lab.isGovernor(subject.top) || !lab.applies(subject.top)) return [];
    const candidate = lab.candidates(subject).find(({ certain, companions }) => certain && Object.keys(companions).length === 0);
    if (candidate === undefined || lab.admissible([[subject, candidate.value]]).length === 0) return [];
    return [{ subject, members: lab.membersFor(subject, candidate.value) }];
  });
}

/** A legal change of one parameter, to stand beside what a set must not carry out; `besides`: not of this one. */
const legalChange = (lab: SettingsLab, besides: Row | null = null): LegalChange | null =>
  legalChanges(lab, ['plain']).findLast(({ subject }) => subject.top !== besides) ?? null;

/**
 * The same beside an unknown name. What is made of that is made of the first parameter or of the last one, so it is none of these where
 * there are others.
 */
function inTheMiddle(lab: SettingsLab): LegalChange | null {
  const plain = legalChanges(lab, ['plain']);
  if (plain.length > 2) return plain[plain.length >> 1] ?? null;
  return legalChanges(lab, ['element'])[0] ?? plain.at(-1) ?? null;
}

/** By what single sets left, before everything is set at once to what was found: what an unknown name empties is not empty then. */
export const unknownParameterChecks = (scope: Scope): readonly Check<Bench>[] =>
  scope.part.set === undefined ? [] : [unknownParameterCheck(scope, scope.part.set)];

interface WithUnknown extends Pick<Batch, 'outcome' | 'reply' | 'exchange'> {
  readonly before: Members;
  /** what stood beside the unknown name; null: nothing */
  readonly beside: LegalChange | null;
  readonly named: Members;
}

const UNKNOWN_TRIED = 'unknown parameter';

const withUnknown = (lab: SettingsLab): Promise<WithUnknown> =>
  lab.once(UNKNOWN_TRIED, async () => {
    await lab.opening();
    await lab.settable();
    await lab.fresh();
    await lab.unlikeTheFirst<WithUnknown>(UNKNOWN_TRIED, ({ before, reply, named }) => ({ before, after: reply, named }));
    const tried = inTheMiddle(lab);
    const isGood = tried !== null && (await lab.goodRoundTrip(tried.subject)) !== null;
    const before = await lab.fresh();
    const beside = isGood ? inTheMiddle(lab) : null;
    const named = beside?.members ?? {};
    const { outcome, reply, exchange } = await lab.attempt({ ...named, [UNKNOWN]: 1 });
    return { before, beside, named, outcome, reply, exchange };
  });

function unknownParameterCheck(scope: Scope, set: string): Check<Bench> {
  return {
    ...ofAction(scope, set, hazardsOfSet(scope.part), {
      property: 'unknown-parameter',
      title: `${set} refuses or ignores a parameter that the document does not know`,
      covers: ['unknown-parameter'],
    }),
    run: async (bench) => {
      const lab = labOf(bench, scope);
      const { before, beside, named, outcome, reply, exchange } = await withUnknown(lab);
      const documented = `${UNKNOWN} is refused or ignored, and nothing else changes`;
      const isDone = outcome.kind === 'done';
      const wrong = [...lab.sideEffects(before, reply, isDone ? named : {})];
      if (beside !== null && isDone && !isSameValue(shownValue(beside.subject, reply), shownValue(beside.subject, named)))
        wrong.push(`${beside.subject.name} beside it is not stored`);
      if (UNKNOWN in reply && !(UNKNOWN in before))
        wrong.push(`${scope.part.get} then returns ${UNKNOWN} ${JSON.stringify(reply[UNKNOWN])}: it is stored`);
      if (wrong.length > 0) wrong.unshift(describe(outcome));
      else if (!isDone && !isRefusal(outcome)) wrong.push(describe(outcome));
      verify(together(documented, wrong), exchange);
    },
  };
}

/** One illegal value beside a legal one: refused, the request changes nothing at all. */
function refusalIsWholeCheck(scope: Scope, set: string): readonly Check<Bench>[] {
  const settable = scope.part.rows.filter((row) => isSettable(row) && !row.held && row.type.kind !== 'list' && row.type.kind !== 'week');
  if (settable.length < 2) return [];
  return [
    {
      ...ofAction(scope, set, hazardsOfSet(scope.part), {
        property: 'refusal-is-whole',
        title: `${set} changes nothing by a request that it refuses for one of its parameters`,
        covers: ['isolation'],
      }),
      run: async (bench) => {
        const lab = labOf(bench, scope);
        await lab.opening();
        await lab.settable();
        const before = await lab.fresh();
        const beside = legalChange(lab);
        if (beside === null) throw new Skipped('not-testable', 'nothing can be set to something else');
        const illegal = lab
          .changeable()
          .filter(({ kind, top }) => kind === 'plain' && top !== beside.subject.top && lab.applies(top) && !lab.isGovernor(top))
          .find((subject) => subject.top.link === undefined && lab.admissible([[subject, wrongType(subject.top.type)]]).length > 0);
        if (illegal === undefined) throw new Skipped('not-testable', 'no other parameter can be given an illegal value');
        const members = { ...beside.members, ...lab.membersFor(illegal, wrongType(illegal.top.type)) };
        const outcome = await lab.write(members);
        if (outcome.kind === 'done') return;
        const changes = lab.sideEffects(before, await lab.readSettled(outcome), {});
        verify(
          together(
            `a refusal of ${illegal.name} ${JSON.stringify(wrongType(illegal.top.type))} changes nothing`,
            changes.length === 0 ? [] : [describe(outcome), ...changes],
          ),
          outcome.answer.exchange,
        );
      },
    },
  ];
}

function refusalCodesCheck(scope: Scope, set: string): Check<Bench> {
  return {
    ...ofAction(scope, set, hazardsOfSet(scope.part), {
      property: 'refusal-codes',
      title: `${set} refuses with codes that 1.3 lists`,
      level: 'should',
      covers: ['error-codes'],
    }),
    run: async (bench) => {
      const codes = await refusalCodes(labOf(bench, scope));
      if (codes.size === 0) throw new Skipped('not-testable', 'no illegal value was refused with a code');
      for (const [code, exchange] of codes) {
        if (!isDocumentedCode(code)) fail(`one of the codes of 1.3: ${DOCUMENTED_CODES}`, `a refusal with code ${code}`, exchange);
      }
    },
  };
}

interface Missing {
  readonly before: Members;
  readonly outcome: Outcome;
  readonly after: Members;
  /** what may have changed: what it named, where it was taken */
  readonly named: Members;
}

/**
 * What happens to a set that lacks a necessary parameter; it names another one with the value that it has. Made with two values
 * of the missing one, since a camera may put it to a default that one of them is.
 */
const without = (lab: SettingsLab, row: Row) =>
  lab.once(`without ${row.name}`, async (): Promise<readonly Missing[]> => {
    await lab.opening();
    await lab.settable();
    const first = await omit(lab, row);
    const subject = lab.changeable().find(({ top, kind }) => top === row && kind === 'plain');
    const [other] = subject === undefined || !lab.applies(row) ? [] : lab.candidates(subject);
    if (subject === undefined || other === undefined) return [first];
    await lab.attempt({ ...lab.membersFor(subject, other.value), ...other.companions });
    return [first, await omit(lab, row)];
  });

async function omit(lab: SettingsLab, row: Row): Promise<Missing> {
  const before = await lab.fresh();
  const { part, instance } = lab;
  const select = Object.fromEntries(Object.entries(instance.select).filter(([name]) => name !== row.name));
  const same = part.rows.find(
    (other) =>
      other !== row &&
      isSettable(other) &&
      !other.volatile &&
      lab.camera.gate.against(part, other).length === 0 &&
      lab.applies(other) &&
      spellingIn(other, before) !== undefined,
  );
  if (same === undefined) lab.demandAnyFree(row);
  if (same === undefined && part.rows.length > 1) throw new Skipped('not-offered', `${part.get} returns no other parameter to set`);
  // With another value, so that it shows where a request is refused and carried out all the same.
  const changed = legalChange(lab, row)?.members;
  const named = changed ?? (same === undefined ? {} : { [same.name]: valueIn(same, before) });
  const members = { ...select, ...lab.necessary(row), ...named };
  await lab.camera.aboutToChange(part, instance);
  const outcome = await orSkipped(lab.camera.sendSet(part, instance, members));
  return { before, outcome, after: await lab.readSettled(outcome), named: outcome.kind === 'done' ? named : {} };
}

function necessaryChecks(scope: Scope, set: string, row: Row): readonly Check<Bench>[] {
  const common = { covers: ['necessary'], after: [] };
  const identity = (property: string, title: string, level: 'must' | 'should') => ({
    ...ofAction(scope, row.name, hazardsOfSet(scope.part), { property, title, level, ...common }),
    place: scope.part.setPlace ?? '',
    action: set,
    parameter: row.name,
  });
  return [
    {
      ...identity('necessary', `${set} refuses a request without ${row.name}`, 'should'),
      run: async (bench) => {
        for (const { outcome } of await without(labOf(bench, scope), row)) {
          if (!isRefusal(outcome)) {
            const received = outcome.kind === 'done' ? `${describe(outcome)}, as if nothing were missing` : describe(outcome);
            const found = finding(`a request without ${row.name}, which is marked necessary, is refused`, received);
            verify([causedBy(`what is necessary may be missing: ${describe(outcome)}`, found)], outcome.answer.exchange);
          }
        }
      },
    },
    {
      ...identity('missing-is-harmless', `${set} without ${row.name} changes nothing`, 'must'),
      run: async (bench) => {
        const lab = labOf(bench, scope);
        for (const { before, outcome, after, named } of await without(lab, row)) {
          const changes = lab.sideEffects(before, after, named);
          verify(
            together(
              `a request without ${row.name} changes nothing that it does not name`,
              changes.map((change, index) => (index === 0 ? `${describe(outcome)}; ${change}` : change)),
            ),
            outcome.answer.exchange,
          );
        }
      },
    },
  ];
}

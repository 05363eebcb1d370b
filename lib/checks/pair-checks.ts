/**
 * Checks of a get and its set together: that they belong to each other, that a set takes everything at once, ignores what
 * the document does not know, asks for what it marks necessary, and leaves the other sections alone.
 */

import { instancesOf } from '../camera/camera.ts';
import { describe, isNotOffered, isRefusal } from '../camera/outcome.ts';
import type { Row, Settings } from '../document/notation.ts';
import { isNecessary, isSameValue, isSettable, type Members, spellingIn, valueIn } from '../document/row-value.ts';
import { isDocumentedCode } from '../document/sections/01-generic.ts';
import { type ActionUnderTest, actionChecks, skipUnlessOffered } from './action-checks.ts';
import { type Bench, settableParts } from './bench.ts';
import type { Check } from './check.ts';
import { type Finding, fail, finding, Skipped, verify } from './finding.ts';
import { hazardsOfSet, ofAction, type Scope } from './identify.ts';
import { refusalCodes } from './illegal-checks.ts';
import { quote } from './row-judgement.ts';
import type { Candidate } from './row-values.ts';
import { expected, type SettingsLab, type Trip } from './settings-lab.ts';
import { type Subject, shownValue } from './subject.ts';

const labOf = (bench: Bench, { part, instance }: Scope): SettingsLab => bench.lab(part, instance);

/** The action checks of the get, and of the set where there is one. */
export function pairActionChecks(scope: Scope): readonly Check<Bench>[] {
  const { part } = scope;
  return [...actionChecks(getUnderTest(scope)), ...(part.set === undefined ? [] : actionChecks(setUnderTest(scope, part.set)))];
}

function getUnderTest(scope: Scope): ActionUnderTest {
  const { part, instance } = scope;
  return {
    action: part.get,
    identify: (property, title, level, covers) =>
      ofAction(scope, part.get, part.set === undefined ? (part.hazards ?? []) : [], { property, title, level, covers }),
    repeated: part.repeated ?? [],
    wellFormed: (bench) => labOf(bench, scope).firstOutcome(),
    tempting: async () => (Object.keys(instance.select).length > 0 ? instance.select : null),
    changes: async () => [],
    offered: async (bench) => skipUnlessOffered(part.get, await labOf(bench, scope).answered()),
    repeatable: true,
    hasParameters: false,
  };
}

function setUnderTest(scope: Scope, set: string): ActionUnderTest {
  const { part } = scope;
  return {
    action: set,
    identify: (property, title, level, covers) => ofAction(scope, set, hazardsOfSet(part), { property, title, level, covers }),
    repeated: [],
    wellFormed: async (bench) => (await labOf(bench, scope).asItIs()).outcome,
    tempting: async (bench) => {
      const lab = labOf(bench, scope);
      await lab.read();
      await bench.camera.aboutToChange(part, scope.instance);
      return { ...scope.instance.select, ...lab.necessary(), ...temptation(lab) };
    },
    changes: async (bench) => {
      const lab = labOf(bench, scope);
      const before = lab.current;
      return lab.sideEffects(before, await lab.read(), {});
    },
    offered: (bench) => labOf(bench, scope).settable(),
    repeatable: true,
    hasParameters: true,
  };
}

/** A legal change of one parameter. */
function temptation(lab: SettingsLab): Members {
  for (const subject of lab.changeable()) {
    const [candidate] = lab.applies(subject.top) ? lab.candidates(subject) : [];
    if (candidate !== undefined) return { ...lab.membersFor(subject, candidate.value), ...candidate.companions };
  }
  return {};
}

export function pairChecks(scope: Scope): readonly Check<Bench>[] {
  const { part } = scope;
  if (part.set === undefined) return [];
  return [
    belongsCheck(scope, part.set),
    allAtOnceCheck(scope, part.set),
    otherSectionsCheck(scope, part.set),
    otherInstancesCheck(scope, part.set),
    unknownParameterCheck(scope, part.set),
    refusalCodesCheck(scope, part.set),
    ...part.rows.filter(isNecessary).flatMap((row) => necessaryChecks(scope, part.set ?? '', row)),
  ].filter((check) => check !== null);
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
      if (!isGetOffered && !isNotOffered(get)) throw new Skipped('blocked', `${part.get} is answered with ${describe(get)}`);
      const answer = isGetOffered ? (await labOf(bench, scope).asItIs()).outcome : await bench.camera.call(set, { ...instance.select });
      if (isGetOffered !== !isNotOffered(answer)) {
        fail(
          `${part.get} and ${set} are both offered or both not`,
          `${part.get}: ${describe(get)}; ${set}: ${describe(answer)}`,
          answer.answer.exchange,
        );
      }
      if (!isGetOffered) throw new Skipped('not-offered', `neither ${part.get} nor ${set} is offered`);
    },
  };
}

/** Everything that works alone, in one set with other values than now; and what the other sections showed before it. */
const allAtOnce = (bench: Bench, scope: Scope) => {
  const lab = labOf(bench, scope);
  return lab.once('all at once', async () => {
    await lab.opening();
    await lab.settable();
    const values: (readonly [Subject, unknown])[] = [];
    const companions: Record<string, unknown> = {};
    for (const subject of lab.changeable()) {
      if (subject.kind === 'leaf' || subject.kind === 'list' || subject.name in companions) continue;
      if (lab.isGovernor(subject.top) || !lab.applies(subject.top)) continue;
      const trip = await lab.goodRoundTrip(subject);
      if (trip === null || lab.tripEffects(subject, trip).length > 0) continue;
      const candidate = otherValue(lab, subject, trip);
      if (candidate === undefined) continue;
      values.push([subject, candidate.value]);
      Object.assign(companions, candidate.companions);
    }
    if (values.length === 0) throw new Skipped('blocked', 'no parameter could be set alone');
    const others = await otherReplies(bench, scope);
    const before = lab.current;
    const batch = await lab.attempt({ ...lab.membersForAll(values), ...companions });
    return { before, others, values, batch };
  });
};

/** A value other than now: the one that was stored before if that is another, so that nothing is tried for the first time here. */
function otherValue(lab: SettingsLab, subject: Subject, { value, members }: Trip): Pick<Candidate, 'value' | 'companions'> | undefined {
  const before = lab.current;
  if (isSameValue(shownValue(subject, before), expected(subject, { value, before }))) return lab.candidates(subject)[0];
  const companions = Object.entries(members).filter(([name]) => name !== subject.top.name && name !== subject.top.alias);
  return { value, companions: Object.fromEntries(companions) };
}

/** What the parts of other sections show; those of the own section are read afresh, since this section is changing them. */
async function otherReplies(bench: Bench, { section, part }: Scope): Promise<ReadonlyMap<Settings, Members>> {
  const replies = new Map<Settings, Members>();
  for (const other of otherParts(bench, part)) {
    const isOwn = section.parts.some((own) => own.kind === 'settings' && own.get === other.get);
    const reply = isOwn ? await bench.lookAt(other) : await bench.known(other);
    if (reply !== null) replies.set(other, reply);
  }
  return replies;
}

function allAtOnceCheck(scope: Scope, set: string): Check<Bench> {
  return {
    ...ofAction(scope, set, hazardsOfSet(scope.part), {
      property: 'all-at-once',
      title: `${set} stores all parameters that one request names`,
      covers: ['all-at-once'],
    }),
    run: async (bench) => {
      const { before, values, batch } = await allAtOnce(bench, scope);
      if (batch.outcome.kind !== 'done') fail('code 0, and every parameter of the request is stored', describe(batch.outcome), batch.exchange);
      const findings = values.flatMap(([subject, value]): Finding[] => {
        const wanted = expected(subject, { value, before });
        const found = shownValue(subject, batch.reply);
        const row = subject.kind === 'element' ? subject.top : subject.row;
        return isSameValue(found, wanted) ? [] : [finding(`${subject.name} is ${quote(row, wanted)} after a set that names it`, quote(row, found))];
      });
      verify(findings, batch.exchange);
    },
  };
}

function otherSectionsCheck(scope: Scope, set: string): Check<Bench> {
  return {
    ...ofAction(scope, set, hazardsOfSet(scope.part), {
      property: 'other-sections',
      title: `${set} changes nothing in other sections`,
      covers: ['isolation'],
    }),
    run: async (bench) => {
      const { others, batch } = await allAtOnce(bench, scope);
      const findings: Finding[] = [];
      for (const [part, before] of others) {
        const after = await bench.lookAt(part);
        if (after !== null) findings.push(...changes(part, before, after, scope.part));
      }
      verify(findings, batch.exchange);
    },
  };
}

const otherParts = (bench: Bench, own: Settings): readonly Settings[] => settableParts(bench.sections).filter(({ get }) => get !== own.get);

function changes(part: Settings, before: Members, after: Members, cause: Settings): Finding[] {
  return part.rows
    .filter((row) => !row.volatile && row.sameAs !== cause.get && !cause.rows.some((other) => other.sameAs === part.get && other.name === row.name))
    .filter((row) => !isSameValue(valueIn(row, before), valueIn(row, after)))
    .map((row) =>
      finding(
        `a set of ${cause.set} changes nothing in ${part.get}`,
        `${row.name} changed from ${quote(row, valueIn(row, before))} to ${quote(row, valueIn(row, after))}`,
      ),
    );
}

function otherInstancesCheck(scope: Scope, set: string): Check<Bench> | null {
  const { part, instance } = scope;
  if (part.instances === undefined) return null;
  return {
    ...ofAction(scope, instance.label === '' ? set : `${instance.label}.${set}`, hazardsOfSet(part), {
      property: 'other-instances',
      title: `${set} of ${JSON.stringify(instance.select)} leaves the others alone`,
      covers: [`${set}/isolation`],
    }),
    action: set,
    id: `${scope.section.slug}/${instance.label === '' ? '' : `${instance.label}.`}${set}/other-instances`,
    run: async (bench) => {
      const others = instancesOf(part).filter((other) => other !== instance);
      const read = () => Promise.all(others.map((other) => bench.camera.get(part, other)));
      await labOf(bench, scope).opening();
      await labOf(bench, scope).settable();
      const before = await read();
      const subject = temptation(labOf(bench, scope));
      const batch = await labOf(bench, scope).attempt(subject);
      const after = await read();
      const findings = others.flatMap((other, index) => {
        const [then, now] = [before[index], after[index]];
        if (then?.kind !== 'done' || now?.kind !== 'done') return [];
        return part.rows
          .filter((row) => !row.volatile && !isSameValue(valueIn(row, then.reply), valueIn(row, now.reply)))
          .map((row) =>
            finding(
              `${row.name} of ${JSON.stringify(other.select)} stays ${quote(row, valueIn(row, then.reply))}`,
              quote(row, valueIn(row, now.reply)),
            ),
          );
      });
      if (!before.some((outcome) => outcome.kind === 'done')) throw new Skipped('not-offered', 'this camera offers no other instance');
      verify(findings, batch.exchange);
    },
  };
}

const UNKNOWN = 'conformance_unknown';

function unknownParameterCheck(scope: Scope, set: string): Check<Bench> {
  return {
    ...ofAction(scope, set, hazardsOfSet(scope.part), {
      property: 'unknown-parameter',
      title: `${set} refuses or ignores a parameter that the document does not know`,
      covers: ['unknown-parameter'],
    }),
    run: async (bench) => {
      const lab = labOf(bench, scope);
      await lab.opening();
      await lab.settable();
      const before = await lab.read();
      const { outcome, reply, exchange } = await lab.attempt({ [UNKNOWN]: 1 });
      const documented = `${UNKNOWN} is refused or ignored, and nothing changes`;
      const findings = lab.sideEffects(before, reply, {}).map((change) => finding(documented, change));
      if (UNKNOWN in reply && !(UNKNOWN in before)) findings.push(finding(documented, `${scope.part.get} then returns ${UNKNOWN}`));
      if (outcome.kind !== 'done' && !isRefusal(outcome)) findings.push(finding(documented, describe(outcome)));
      verify(findings, exchange);
    },
  };
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
        if (!isDocumentedCode(code)) fail('a code of the table in 1.3', `code ${code}`, exchange);
      }
    },
  };
}

/** What happens to a set that lacks a necessary parameter; it names another one with the value that it has. */
const without = (lab: SettingsLab, row: Row) =>
  lab.once(`without ${row.name}`, async () => {
    await lab.opening();
    await lab.settable();
    const before = await lab.read();
    const { part, instance } = lab;
    const select = Object.fromEntries(Object.entries(instance.select).filter(([name]) => name !== row.name));
    const same = part.rows.find(
      (other) =>
        other !== row &&
        isSettable(other) &&
        !other.volatile &&
        other.hazard === undefined &&
        lab.applies(other) &&
        spellingIn(other, before) !== undefined,
    );
    if (same === undefined && part.rows.length > 1) throw new Skipped('not-offered', `${part.get} returns no other parameter to set`);
    const members = { ...select, ...lab.necessary(row), ...(same === undefined ? {} : { [same.name]: valueIn(same, before) }) };
    await lab.camera.aboutToChange(part, instance);
    const outcome = await lab.camera.call(part.set ?? '', members);
    return { before, outcome, after: await lab.read() };
  });

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
        const { outcome } = await without(labOf(bench, scope), row);
        if (!isRefusal(outcome))
          fail(`a request without ${row.name}, which is marked necessary, is refused`, describe(outcome), outcome.answer.exchange);
      },
    },
    {
      ...identity('missing-is-harmless', `${set} without ${row.name} changes nothing`, 'must'),
      run: async (bench) => {
        const lab = labOf(bench, scope);
        const { before, outcome, after } = await without(lab, row);
        verify(
          lab.sideEffects(before, after, {}).map((change) => finding(`a request without ${row.name} changes nothing that it does not name`, change)),
          outcome.answer.exchange,
        );
      },
    },
  ];
}

/**
 * Checks of sets on a larger scale: that one request may name everything, and that whatever it changes, it changes nothing in
 * other sections, and nothing of other instances such as the other video streams.
 */
import { instancesOf, WHOLE } from '../../camera/camera.ts';
import { describe } from '../../camera/outcome.ts';
import { mayChange } from '../../document/dependencies.ts';
import type { Instance, Settings } from '../../document/notation.ts';
import { isSameValue, isSettable, type Members, valueIn } from '../../document/row-value.ts';
import { type Subject, shownValue } from '../../document/subject.ts';
import { type Finding, fail, finding, Skipped, together, verify } from '../../results/finding.ts';
import { type Bench, settableParts } from '../bench.ts';
import type { Check } from '../check.ts';
import { hazardsOfSet, ofAction, type Scope } from '../identify.ts';
import { counted } from '../quantities.ts';
import { expected, type Trip } from '../sets/round-trip.ts';
import { labOf, type SettingsLab } from '../sets/settings-lab.ts';
import { allFindings, quote } from '../values/row-judgement.ts';
import type { Candidate } from '../values/row-values.ts';
import { crossTalkCheck } from './cross-talk.ts';

export function isolationChecks(scope: Scope): readonly Check<Bench>[] {
  const { set } = scope.part;
  if (set === undefined) return [];
  const ofInstances = otherInstancesCheck(scope, set);
  return [
    ...crossTalkCheck(scope, set),
    allAtOnceCheck(scope, set),
    otherSectionsCheck(scope, set),
    ...(ofInstances === null ? [] : [ofInstances]),
    holdsCheck(scope, set),
  ];
}

/** Everything that works alone, in one set with other values than now; and what the other sections showed before it. */
const allAtOnce = (bench: Bench, scope: Scope) => {
  const lab = labOf(bench, scope);
  return lab.once('all at once', async () => {
    await lab.opening();
    await lab.settable();
    const { values, companions } = await otherValues(lab);
    if (values.length === 0) lab.demandAnyFree();
    if (values.length === 0) throw new Skipped('blocked', 'no parameter could be set alone');
    const others = await otherReplies(bench, scope);
    // What single sets stored elsewhere as well may be stored over by the next one.
    const early = await changesInOthers(
      bench,
      scope,
      others.filter(({ part }) => sharesNames(part, scope.part)),
      namesOf(scope.part),
    );
    const before = lab.current;
    const batch = await lab.attempt({ ...lab.membersForAll(values), ...companions });
    return { before, others, early, values, batch, changing: bench.camera.changing };
  });
};

export interface OtherValues {
  readonly values: readonly (readonly [Subject, unknown])[];
  readonly companions: Members;
}

/** Everything that works alone, with other values than now; nothing is sent for what was tried before. */
export async function otherValues(lab: SettingsLab): Promise<OtherValues> {
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
  return { values: lab.admissible(values, companions), companions };
}

/** A value other than now: the one that was stored, or the one that it took the place of, so that nothing is tried for the first time here. */
function otherValue(lab: SettingsLab, subject: Subject, trip: Trip): Pick<Candidate, 'value' | 'companions'> | undefined {
  const before = lab.current;
  const isSet = isSameValue(shownValue(subject, before), expected(subject, { value: trip.value, before }));
  const earlier = shownValue(subject, trip.before);
  // What the camera came with may be outside the document.
  const isAgain = isSet && subject.kind === 'plain' && allFindings(subject.top, earlier, lab.profile).length === 0;
  if (isSet && !isAgain) return lab.candidates(subject)[0];
  const names = Object.keys(trip.members).filter((name) => name !== subject.top.name && name !== subject.top.alias);
  return {
    value: isAgain ? earlier : trip.value,
    companions: Object.fromEntries(names.map((name) => [name, (isAgain ? trip.before : trip.members)[name]])),
  };
}

/** Something that a set of this part must leave alone, and what it showed before the set. */
interface Other {
  readonly part: Settings;
  readonly instance: Instance;
  readonly before: Members;
}

/** The other sections and the other instances. What this section itself is changing is read afresh. */
async function otherReplies(bench: Bench, { section, part, instance }: Scope): Promise<readonly Other[]> {
  const others: Other[] = [];
  const add = (other: Settings, of: Instance, before: Members | null): void => {
    if (before !== null) others.push({ part: other, instance: of, before });
  };
  for (const other of settableParts(bench.sections)) {
    if (other.get === part.get) continue;
    const isOwn = section.parts.some((own) => own.kind === 'settings' && own.get === other.get);
    add(other, instancesOf(other)[0] ?? WHOLE, isOwn ? await bench.lookAt(other) : await bench.known(other));
  }
  for (const sibling of instancesOf(part)) if (sibling !== instance) add(part, sibling, await bench.lookAt(part, sibling));
  return others;
}

const namesOf = ({ rows }: Settings): readonly string[] => rows.filter(isSettable).map(({ name }) => name);

/** Whether two parts have parameters of the same name: what is meant for the one may be stored in the other. */
const sharesNames = (one: Settings, other: Settings): boolean =>
  one.get !== other.get && namesOf(one).some((name) => !(one.instances ?? []).some(({ select }) => name in select) && namesOf(other).includes(name));

/** What changed in others by the set of everything at once; it is kept, so that it is put back with the rest. */
async function changesInOthers(bench: Bench, scope: Scope, others: readonly Other[], named: readonly string[]): Promise<readonly Finding[]> {
  // Sections that share an action pair show the same change.
  const findings = new Map<string, Finding>();
  for (const { part, instance, before } of others) {
    const after = await bench.lookAt(part, instance);
    if (after === null) continue;
    const own = changes({ part, instance, before }, after, scope.part, named);
    // Also what may change by nature has to be put back.
    if (part.rows.some((row) => !row.volatile && row.sameAs === undefined && !isSameValue(valueIn(row, before), valueIn(row, after))))
      bench.camera.foundChanged(part, instance, before);
    for (const each of own) findings.set(`${each.documented} ${each.received}`, each);
  }
  return [...findings.values()];
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
      if (batch.outcome.kind !== 'done')
        fail(
          `code 0 to a request with ${counted(values.length, 'parameter')}, each of which can be set alone`,
          describe(batch.outcome),
          batch.exchange,
        );
      const wrong = values.flatMap(([subject, value]): string[] => {
        const wanted = expected(subject, { value, before });
        const [found, was] = [shownValue(subject, batch.reply), shownValue(subject, before)];
        const row = subject.kind === 'element' ? subject.top : subject.row;
        if (isSameValue(found, wanted)) return [];
        return [`${subject.name} reads ${quote(row, found)} in place of ${quote(row, wanted)} (before: ${quote(row, was)})`];
      });
      const documented = `code 0, and each of the ${counted(values.length, 'parameter')} that one request names reads back as it was sent, as when it is set alone`;
      verify(together(documented, wrong), batch.exchange);
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
      const { others, early, batch } = await allAtOnce(bench, scope);
      const elsewhere = others.filter(({ part }) => part.get !== scope.part.get);
      verify([...early, ...(await changesInOthers(bench, scope, elsewhere, Object.keys(batch.members)))], batch.exchange);
    },
  };
}

/** What was set last is read once more; the same is set and read much later at the end of the run, once for all sections. */
function holdsCheck(scope: Scope, set: string): Check<Bench> {
  const { part, instance } = scope;
  const identity = {
    ...ofAction(scope, instance.label === '' ? set : `${instance.label}.${set}`, hazardsOfSet(part), {
      property: 'holds',
      title: `what ${set} stored stays`,
      covers: [`${set}/all-at-once`],
    }),
    action: set,
    id: `${scope.section.slug}/${instance.label === '' ? '' : `${instance.label}.`}${set}/holds`,
  };
  return {
    ...identity,
    run: async (bench) => {
      const { values, batch, changing } = await allAtOnce(bench, scope);
      const lab = labOf(bench, scope);
      // A second look at the checks before this one may have put everything back meanwhile.
      const last = changing === bench.camera.changing ? batch : await lab.attempt(batch.members);
      if (last.outcome.kind !== 'done') throw new Skipped('blocked', `${set} did not take what it was sent`);
      verify(
        goneFrom(
          values.map(([subject]) => subject),
          last.reply,
          await lab.read(),
        ),
        last.exchange,
      );
      bench.held.set(identity.id, { identity, lab });
    },
  };
}

/** What reads otherwise than it did, although nothing was set since. */
export const goneFrom = (subjects: readonly Subject[], then: Members, now: Members): readonly Finding[] =>
  subjects
    .filter((subject) => !isSameValue(shownValue(subject, then), shownValue(subject, now)))
    .map((subject) => {
      const row = subject.kind === 'element' ? subject.top : subject.row;
      const [was, is] = [quote(row, shownValue(subject, then)), quote(row, shownValue(subject, now))];
      return finding(`${subject.name} stays ${was}, as it was set and read`, `${subject.name} reads ${is}: it does not last`);
    });

function changes({ part, instance, before }: Other, after: Members, cause: Settings, named: readonly string[]): readonly Finding[] {
  const which = Object.keys(instance.select).length === 0 ? part.get : `${part.get} ${JSON.stringify(instance.select)}`;
  return together(
    `${cause.set} changes nothing in ${which}`,
    part.rows
      .filter((row) => !row.volatile && row.sameAs !== cause.get && !cause.rows.some((other) => other.sameAs === part.get && other.name === row.name))
      .filter((row) => !isSameValue(valueIn(row, before), valueIn(row, after)))
      .filter((row) => !mayChange(row.name, part.get, cause.get, named))
      .map((row) => `${row.name} changed from ${quote(row, valueIn(row, before))} to ${quote(row, valueIn(row, after))}`),
    { action: part.get, instance: instance.select },
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
      const { others, batch } = await allAtOnce(bench, scope);
      const siblings = others.filter((other) => other.part.get === part.get);
      if (siblings.length === 0) throw new Skipped('not-offered', 'this camera offers no other instance');
      verify(await changesInOthers(bench, scope, siblings, Object.keys(batch.members)), batch.exchange);
    },
  };
}

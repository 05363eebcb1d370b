/**
 * That parameters which may have the same values are stored apart. A switch that is stored in another one as well does not show as long
 * as both have the same value: they are set in a few rounds, some named and some not, until each could be told from each.
 */
import type { Settings } from '../../document/notation.ts';
import { isSameValue, isSettable, isShown, type Members } from '../../document/row-value.ts';
import { type Subject, shownValue } from '../../document/subject.ts';
import { fail, Skipped } from '../../results/finding.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { hazardsOfSet, ofAction, type Scope } from '../identify.ts';
import { labOf, type SettingsLab } from '../sets/settings-lab.ts';
import { quote } from '../values/row-judgement.ts';
import { members } from '../values/row-values.ts';

type Plain = Subject & { kind: 'plain' };

/** One parameter in a round: what it has, and what it is given, if anything. */
export interface Given {
  readonly name: string;
  /** those with the same may be mixed up */
  readonly kind: string;
  readonly now: number;
  readonly given?: number;
}

/** `one` could have been stored in `other`: beside it where both are named, in its place where it is not. */
const pairName = (one: string, other: string, isNamed: boolean): string => `${one} ${isNamed ? 'beside' : 'without'} ${other}`;

/** Which mix-ups would show in a round. */
export function shownBy(round: readonly Given[]): readonly string[] {
  return round.flatMap((one) =>
    one.given === undefined || one.given === one.now
      ? []
      : round
          .filter((other) => other !== one && other.kind === one.kind && (other.given ?? other.now) !== one.given)
          .map((other) => pairName(one.name, other.name, other.given !== undefined)),
  );
}

/** All that can be mixed up. */
export const allPairs = (all: readonly Pick<Given, 'name' | 'kind'>[]): readonly string[] =>
  all.flatMap((one) =>
    all
      .filter((other) => other !== one && other.kind === one.kind)
      .flatMap((other) => [pairName(one.name, other.name, true), pairName(one.name, other.name, false)]),
  );

/** The parameters by the n-th bit of their place: named or not, or given the one value or the other. */
const SPLITS = 4;

/** Rounds worth trying: half of the parameters named, or all of them with values by halves. */
function roundsFor(all: readonly Choosable[]): readonly (readonly Given[])[] {
  const other = (each: (typeof all)[number], step: number): number => {
    const { values, now } = each;
    return values[(Math.max(0, values.indexOf(now)) + step) % values.length] ?? now;
  };
  const halves = Array.from({ length: SPLITS }, (_, bit) => all.map((__, at) => ((at >> bit) & 1) === 1));
  return halves.flatMap((half) =>
    [half, half.map((isIn) => !isIn)].flatMap((isIn) => [
      all.map((each, at) => (isIn[at] ? { ...each, given: other(each, 1) } : each)),
      all.map((each, at) => ({ ...each, given: other(each, isIn[at] ? 1 : 0) })),
    ]),
  );
}

type Choosable = Given & { readonly values: readonly number[] };

/** The round that shows most of what is still open, or that the next one can show most behind; null where none does either. */
export function bestRound(all: readonly Choosable[], open: ReadonlySet<string>): readonly Given[] | null {
  if (open.size === 0) return null;
  const shows = (round: readonly Given[]): number => shownBy(round).filter((pair) => open.has(pair)).length;
  const best = (states: readonly Choosable[], worth: (round: readonly Given[]) => number) =>
    roundsFor(states)
      .map((round) => ({ round, worth: worth(round) }))
      .reduce((one, other) => (other.worth > one.worth ? other : one), { round: [] as readonly Given[], worth: 0 });
  const first = best(all, shows);
  if (first.worth > 0) return first.round;
  const behind = (round: readonly Given[]): readonly Choosable[] => all.map((each, at) => ({ ...each, now: round[at]?.given ?? each.now }));
  const second = best(all, (round) => best(behind(round), shows).worth);
  return second.worth > 0 ? second.round : null;
}

const MOST_ROUNDS = 10;

export function crossTalkCheck(scope: Scope, set: string): readonly Check<Bench>[] {
  const { part, instance, section } = scope;
  if (kindsIn(part).length === 0) return [];
  const label = instance.label === '' ? '' : `${instance.label}.`;
  return [
    {
      ...ofAction(scope, set, hazardsOfSet(part), {
        property: 'cross-talk',
        title: `${set} stores parameters of the same kind apart from each other`,
        covers: [`${set}/isolation`],
      }),
      id: `${section.slug}/${label}${set}/cross-talk`,
      run: async (bench) => {
        const lab = labOf(bench, scope);
        await lab.opening();
        await lab.settable();
        const subjects = await mixable(lab);
        if (subjects.length < 2) throw new Skipped('not-testable', 'no two parameters of the same kind can be set alone');
        await rounds(lab, subjects);
      },
    },
  ];
}

const kindOf = ({ row }: Plain): string => members(row.type).join();

/** Kinds that more than one parameter has. */
function kindsIn(part: Settings): readonly string[] {
  const isCondition = (name: string): boolean => part.rows.some(({ when }) => when !== undefined && name in when);
  const kinds = part.rows
    .filter((row) => isSettable(row) && isShown(row, part) && row.type.kind === 'choice' && row.when === undefined && !row.held)
    .filter(({ name }) => !isCondition(name) && !(part.instances ?? []).some(({ select }) => name in select))
    .map(({ type }) => members(type).join());
  return kinds.filter((kind, index) => kinds.indexOf(kind) !== index);
}

/** Enumerations that stand under no condition and are none, and whose own set works and changes nothing else. */
async function mixable(lab: SettingsLab): Promise<readonly Plain[]> {
  const found: Plain[] = [];
  for (const subject of lab.changeable()) {
    if (subject.kind !== 'plain' || subject.row.type.kind !== 'choice' || subject.row.when !== undefined || lab.isGovernor(subject.row)) continue;
    const trip = await lab.goodRoundTrip(subject);
    if (trip !== null && lab.tripEffects(subject, trip).length === 0) found.push(subject);
  }
  return found.filter((one) => found.some((other) => other !== one && kindOf(other) === kindOf(one)));
}

async function rounds(lab: SettingsLab, subjects: readonly Plain[]): Promise<void> {
  const given = (current: Members) =>
    subjects.map((each) => ({ name: each.name, kind: kindOf(each), now: Number(shownValue(each, current)), values: members(each.row.type) }));
  await lab.fresh();
  const open = new Set(allPairs(given(lab.current)));
  // The single sets showed some of it.
  for (const subject of subjects) {
    const trip = await lab.goodRoundTrip(subject);
    if (trip === null || Object.keys(trip.members).length > 1) continue;
    const round = given(trip.before).map((each) => (each.name === subject.name ? { ...each, given: Number(trip.value) } : each));
    for (const pair of shownBy(round)) open.delete(pair);
  }
  for (let count = 0; count < MOST_ROUNDS; count += 1) {
    const round = bestRound(given(await lab.fresh()), open);
    if (round === null) return;
    const before = lab.current;
    const named = subjects.flatMap((subject): (readonly [Plain, number])[] => {
      const value = round.find(({ name }) => name === subject.name)?.given;
      return value === undefined ? [] : [[subject, value]];
    });
    const batch = await lab.attempt(lab.membersForAll(named));
    // Not every combination has to be taken.
    for (const pair of shownBy(round)) open.delete(pair);
    if (batch.outcome.kind === 'done') judge(lab, subjects, named, before, batch.reply, batch.exchange);
  }
}

type Exchange = Awaited<ReturnType<SettingsLab['attempt']>>['exchange'];

/** What shows something else than it must, and just what another of its kind was given. */
function judge(
  { part }: SettingsLab,
  subjects: readonly Plain[],
  named: readonly (readonly [Plain, number])[],
  before: Members,
  reply: Members,
  exchange: Exchange,
): void {
  for (const subject of subjects) {
    const own = named.find(([each]) => each === subject);
    const wanted = own === undefined ? shownValue(subject, before) : own[1];
    const found = shownValue(subject, reply);
    if (isSameValue(found, wanted)) continue;
    const others = named
      .filter(([each, value]) => each !== subject && kindOf(each) === kindOf(subject) && value === found)
      .map(([each]) => each.name);
    if (others.length === 0) continue;
    fail(
      `${subject.name} stays apart from others of its kind: ${part.get} then returns ${quote(subject.row, wanted)}, as ${own === undefined ? 'before' : 'it was sent'}`,
      `${subject.name} reads ${quote(subject.row, found)}, which ${others.slice(0, 3).join(' and ')} ${others.length === 1 ? 'was' : 'were'} set to`,
      exchange,
    );
  }
}

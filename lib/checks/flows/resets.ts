/**
 * What the two switches of a reset (6) do, by settings that are changed before it: each switch alone, then both, from two different
 * states. What they reset to is not documented; that it is the same from wherever they start is.
 */
import { instancesOf } from '../../camera/camera.ts';
import type { Outcome } from '../../camera/outcome.ts';
import type { Section } from '../../document/notation.ts';
import { isSameValue, isSettable, type Members, spellingIn, valueIn } from '../../document/row-value.ts';
import { systemConfiguration } from '../../document/sections/05-system-configuration.ts';
import { basicNetworkInformation } from '../../document/sections/11-basic-network-information.ts';
import { fourG } from '../../document/sections/13-4g.ts';
import { wifi } from '../../document/sections/14-wifi.ts';
import { video } from '../../document/sections/21-video.ts';
import { display } from '../../document/sections/23-display.ts';
import { osd } from '../../document/sections/24-osd.ts';
import { type Subject, shownValue } from '../../document/subject.ts';
import { NoReply } from '../../http/client.ts';
import { type Finding, finding, NonConformance, Skipped, together } from '../../results/finding.ts';
import type { Bench } from '../bench.ts';
import type { SettingsLab } from '../sets/settings-lab.ts';
import { changesSince, type Survey, survey } from '../sets/settings-survey.ts';
import { quote } from '../values/row-judgement.ts';

export type Switch = 'netReset' | 'userReset';

export const otherSwitch = (name: Switch): Switch => (name === 'netReset' ? 'userReset' : 'netReset');

/** What each of them resets. */
export const RESET_BY = { netReset: 'network configuration', userReset: 'user configuration' } as const satisfies Record<Switch, string>;

/** What belongs to the one configuration and never to the other; mail, platforms and the like may be counted among either. */
const BELONGS: Readonly<Record<Switch, readonly Section[]>> = {
  netReset: [basicNetworkInformation, fourG, wifi],
  userReset: [systemConfiguration, video, display, osd],
};

/** An action pair, or one instance of it, in which something was changed. */
interface Probe {
  readonly of: Switch;
  readonly lab: SettingsLab;
}

/** What the probes showed; one that did not answer is left out. */
type Shown = ReadonlyMap<Probe, Members>;

/** A reset, what was shown before it and behind it. */
export interface Reset {
  readonly outcome: Outcome;
  readonly before: Shown;
  readonly after: Shown;
}

/** Requests that should be refused, those that were, and what was shown before and behind them. */
export interface Refusals {
  readonly refused: readonly string[];
  readonly last: Outcome;
  readonly before: Shown;
  readonly after: Shown;
}

export interface Resets extends Readonly<Record<Switch | 'both' | 'neither', Reset>> {
  readonly illegal: Readonly<Record<IllegalReset, Outcome>>;
  readonly refusals: Refusals | null;
  /** what shows otherwise behind a reset of nothing, in all that could not be changed before it */
  readonly besides: readonly Finding[];
}

/** What is sent where it should be refused, while there is something to reset. */
const ILLEGAL = {
  'without netReset': { userReset: 1 },
  'without userReset': { netReset: 1 },
  'outside the enumeration': { netReset: 2, userReset: 2 },
} as const satisfies Readonly<Record<string, Members>>;
export type IllegalReset = keyof typeof ILLEGAL;

/** What a reset needs of whoever knows the way back into the camera. */
export interface Around {
  readonly bench: Bench;
  /** waits until the camera, which may have restarted, lets the tester in again */
  readonly awaitReturn: () => Promise<void>;
}

/** Made once, and once more where a check is repeated. */
export function resetsOf(around: Around): Promise<Resets> {
  const { bench } = around;
  const [first] = labsOf(bench, 'userReset');
  if (first === undefined) throw new Error('Could not make a reset: the document has no user configuration.');
  return first.once('resets', () => make(around));
}

async function make(around: Around): Promise<Resets> {
  const { bench } = around;
  const probes = await openProbes(bench);
  const first = await change(probes, null);
  const others = await othersThan(probes, bench);
  const neither = await reset(around, 'neither', probes, first);
  const besides = await changesSince(bench, others, ({ name }, { get }) => `a reset of nothing leaves ${name} of ${get} as it is`);
  const { illegal, refusals } = await sendIllegal(around, probes, neither.after);
  // What one of these has reset all the same is changed again.
  const start = refusals !== null && isSame(refusals.after, first) ? first : await change(probes, null);
  const netReset = await reset(around, 'netReset', probes, start);
  const again = await change(
    probes.filter(({ of }) => of === 'netReset'),
    null,
  );
  const userReset = await reset(around, 'userReset', probes, new Map([...netReset.after, ...again]));
  const second = await change(probes, first);
  const both = await reset(around, 'both', probes, second);
  bench.forgetReadings();
  return { neither, netReset, userReset, both, illegal, refusals, besides };
}

const labsOf = (bench: Bench, of: Switch): readonly SettingsLab[] =>
  BELONGS[of].flatMap(({ parts }) =>
    parts.flatMap((part) =>
      part.kind === 'settings' && part.set !== undefined ? instancesOf(part).map((instance) => bench.lab(part, instance)) : [],
    ),
  );

/** Those that the camera offers, and that take what they show. */
async function openProbes(bench: Bench): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  for (const name of ['netReset', 'userReset'] as const) {
    for (const lab of labsOf(bench, name)) {
      const { part } = lab;
      const isOpen = bench.camera.allows(part.hazards ?? []) && (await orNull(() => lab.opening().then(() => lab.settable()))) !== null;
      if (isOpen) probes.push({ of: name, lab });
    }
  }
  return probes;
}

/** What all those show that no probe looks at. */
async function othersThan(probes: readonly Probe[], bench: Bench): Promise<Survey> {
  const looked = new Set(probes.map(({ lab }) => lab.part.get));
  return survey(bench, ({ get }) => !looked.has(get));
}

/** What is no answer, or none that can be used, says nothing of a reset. */
async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Skipped || error instanceof NonConformance || error instanceof NoReply) return null;
    throw error;
  }
}

/**
 * Gives texts and numbers another value than they have and had in `besides`, one set for each probe; what is shown then. What has no
 * third value stays.
 */
function change(probes: readonly Probe[], besides: Shown | null): Promise<Shown> {
  return shownBy(probes, async (probe) => {
    const { lab } = probe;
    const now = await lab.fresh();
    // What the document promises to be taken, or where it promises nothing, what may be.
    const values = [true, false].map((isPromised) =>
      lab.changeable().flatMap((subject) => otherValue(lab, subject, besides?.get(probe), isPromised)),
    );
    const some = lab.admissible(values.find(({ length }) => length > 0) ?? []);
    return some.length === 0 ? now : (await lab.attempt(lab.membersForAll(some))).reply;
  });
}

async function shownBy(probes: readonly Probe[], ask: (probe: Probe) => Promise<Members>): Promise<Shown> {
  const shown = new Map<Probe, Members>();
  for (const probe of probes) {
    const reply = await orNull(() => ask(probe));
    if (reply !== null) shown.set(probe, reply);
  }
  return shown;
}

/** A switch might set something going; a secret is nobody's to compare. */
function otherValue(lab: SettingsLab, subject: Subject, besides: Members | undefined, isPromised: boolean): readonly (readonly [Subject, unknown])[] {
  const { kind, top } = subject;
  const isMeant = kind === 'plain' && (top.type.kind === 'text' || top.type.kind === 'number') && !top.secret;
  if (!isMeant || !lab.applies(top) || lab.isGovernor(top)) return [];
  const found = lab
    .candidates(subject)
    .filter(({ companions, certain }) => certain === isPromised && Object.keys(companions).length === 0)
    .find(({ value }) => besides === undefined || !isSameValue(value, shownValue(subject, besides)));
  return found === undefined ? [] : [[subject, found.value]];
}

/** One reset, and what the probes show behind it. */
async function reset(around: Around, which: Switch | 'both' | 'neither', probes: readonly Probe[], before: Shown): Promise<Reset> {
  const { camera } = around.bench;
  const is = (name: Switch): number => (which === 'both' || which === name ? 1 : 0);
  const since = performance.now();
  const outcome = await camera.call('reset', { netReset: is('netReset'), userReset: is('userReset') }, { repeatable: false });
  await around.awaitReturn();
  const isReset = ({ of }: Probe): boolean => outcome.kind === 'done' && is(of) === 1;
  const after = await shownBy(probes, (probe) => (isReset(probe) ? untilReset(probe, since, before.get(probe)) : read(around, probe)));
  return { outcome, before, after };
}

/** A camera that restarts for a reset may go only now. */
async function read(around: Around, { lab }: Probe): Promise<Members> {
  try {
    return await lab.read();
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    await around.awaitReturn();
    return lab.read();
  }
}

/** The first reading that shows any change, or the last one within the time that a change may take. */
const untilReset = ({ lab }: Probe, since: number, before: Members | undefined): Promise<Members> =>
  lab.camera.settling.until(
    'reset',
    since,
    () => lab.read(),
    (reply) => before === undefined || lab.part.rows.some((row) => isSettable(row) && !isSameValue(valueIn(row, before), valueIn(row, reply))),
  );

async function sendIllegal(around: Around, probes: readonly Probe[], first: Shown): Promise<Pick<Resets, 'illegal' | 'refusals'>> {
  const illegal: Partial<Record<IllegalReset, Outcome>> = {};
  let before = first;
  let refused: string[] = [];
  let last: Outcome | null = null;
  for (const [word, json] of Object.entries(ILLEGAL) as [IllegalReset, Members][]) {
    const outcome = await around.bench.camera.call('reset', json, { repeatable: false });
    illegal[word] = outcome;
    await around.awaitReturn();
    if (outcome.kind === 'done') {
      // Who takes it may do it: what was refused before is not told from that any more.
      before = await readAll(around, probes);
      refused = [];
      last = null;
      continue;
    }
    refused.push(word);
    last = outcome;
  }
  const refusals = last === null ? null : { refused, last, before, after: await readAll(around, probes) };
  return { illegal: illegal as Record<IllegalReset, Outcome>, refusals };
}

const readAll = (around: Around, probes: readonly Probe[]): Promise<Shown> => shownBy(probes, (probe) => read(around, probe));

/** What reads otherwise now, in words: `dev_name of getSysConfig was "a" and is "b"`. */
const differencesIn = (before: Shown, after: Shown, isMeant: (probe: Probe) => boolean = () => true): readonly string[] =>
  [...before]
    .filter(([probe]) => isMeant(probe))
    .flatMap(([probe, then]) => {
      const now = after.get(probe);
      if (now === undefined) return [];
      return rowsOf(probe, then, now)
        .filter((row) => !isSameValue(valueIn(row, then), valueIn(row, now)))
        .map((row) => `${nameOf(probe, row.name)} was ${quote(row, valueIn(row, then))} and is ${quote(row, valueIn(row, now))}`);
    });

const isSame = (one: Shown, other: Shown): boolean => differencesIn(one, other).length === 0;

const rowsOf = ({ lab: { part } }: Probe, ...replies: readonly Members[]) =>
  part.rows.filter((row) => isSettable(row) && !row.volatile && replies.every((reply) => spellingIn(row, reply) !== undefined));

const nameOf = ({ lab: { part, instance } }: Probe, parameter: string): string =>
  `${parameter} of ${part.get}${instance.label === '' ? '' : ` ${JSON.stringify(instance.select)}`}`;

/** What a reset of the one switch changed that belongs to the other. Throws `Skipped` where nothing of that could be changed before. */
export function disturbedBy({ before, after }: Reset, name: Switch): readonly Finding[] {
  const other = otherSwitch(name);
  const isOther = ({ of }: Probe): boolean => of === other;
  demandAny([...before.keys()].some(isOther), other);
  return together(`${name} 1 with ${other} 0 leaves the ${RESET_BY[other]} as it is`, differencesIn(before, after, isOther));
}

/** Parameters that had different values before a reset by one switch alone and before one by both. */
interface BehindTwo {
  /** those that were the same behind either */
  readonly same: readonly string[];
  /** the others, with what became of them */
  readonly others: readonly string[];
  /** whether each of the two changed anything at all */
  readonly isAnyChanged: boolean;
}

function behindTwo(alone: Reset, both: Reset, of: Switch): BehindTwo {
  const same: string[] = [];
  const others: string[] = [];
  const changed = new Set<Reset>();
  for (const [probe, first] of alone.before) {
    const [behindFirst, second, behindSecond] = [alone.after.get(probe), both.before.get(probe), both.after.get(probe)];
    if (probe.of !== of || behindFirst === undefined || second === undefined || behindSecond === undefined) continue;
    const replies = [first, behindFirst, second, behindSecond];
    for (const row of rowsOf(probe, ...replies)) {
      const [one, then, other, now] = replies.map((reply) => valueIn(row, reply));
      if (!isSameValue(one, then)) changed.add(alone);
      if (!isSameValue(other, now)) changed.add(both);
      if (isSameValue(one, other)) continue;
      const name = nameOf(probe, row.name);
      if (isSameValue(then, now)) same.push(name);
      else others.push(`${name}: ${quote(row, one)} became ${quote(row, then)}, ${quote(row, other)} became ${quote(row, now)}`);
    }
  }
  return { same, others, isAnyChanged: changed.size === 2 };
}

/** Where a reset changes nothing, or nothing at all is the same behind one from one state and from another. */
export function unresetBy(resets: Resets, name: Switch): readonly Finding[] {
  const { same, others, isAnyChanged } = behindTwo(resets[name], resets.both, name);
  demandAny(same.length + others.length > 0, name);
  if (others.length === 0 || (same.length > 0 && isAnyChanged)) return [];
  return [finding(`${name} 1 brings the ${RESET_BY[name]} to one state, whatever it was, each time`, others.join('; '))];
}

/** What is left as it was, where others of the same configuration are reset. */
export const leftBy = (resets: Resets): readonly Finding[] =>
  (['netReset', 'userReset'] as const).flatMap((name) => {
    const { same, others, isAnyChanged } = behindTwo(resets[name], resets.both, name);
    return same.length > 0 && isAnyChanged ? together(`${name} 1 resets these as it resets others, such as ${same[0]}`, others) : [];
  });

/** What a reset of nothing changed. */
export const changedByNothing = ({ neither: { before, after }, besides }: Resets): readonly Finding[] => [
  ...together('netReset 0 and userReset 0 leave network and user configuration as they are', differencesIn(before, after)),
  ...besides,
];

/** What changed although all that was sent was refused. Throws `Skipped` where nothing was. */
export function changedByRefused({ refusals }: Resets): readonly Finding[] {
  if (refusals === null || refusals.before.size === 0) throw new Skipped('not-testable', 'none of the illegal resets is refused');
  return together(`a reset that is refused (${refusals.refused.join(', ')}) resets nothing`, differencesIn(refusals.before, refusals.after));
}

function demandAny(isAny: boolean, of: Switch): void {
  if (!isAny) throw new Skipped('not-testable', `nothing of the ${RESET_BY[of]} can be given another value here`);
}

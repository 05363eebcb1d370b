/** What speaks against a camera of the emulator: of one with a trait, of a model that may not be failed, of any other. */
import { genericChecks } from '../checks/generic-checks.ts';
import { rtsp } from '../document/sections/19-rtsp.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import type { CameraModel } from '../emulator/models.ts';
import type { Trait } from '../emulator/traits/trait.ts';
import { closeSuite } from '../execution/close-suite.ts';
import { type EmulatedOptions, withEmulatedSession } from '../execution/emulated-session.ts';
import { runChecks } from '../execution/executor.ts';
import type { Judged } from '../execution/judged.ts';
import { loadSuites } from '../execution/load-suites.ts';
import type { Suite } from '../execution/suite.ts';

/** `id` of a check that failed, `warn id` of one that warned, `error id: why` of one that the suite could not judge, and what was not put back. */
export type Complaint = string;

export interface Complained {
  readonly complaint: Complaint;
  /** what the check says; null where there is no check */
  readonly message: string | null;
}

export interface TraitRun {
  readonly expected: readonly Complaint[];
  readonly found: readonly Complaint[];
}

/** How much time a camera is given; by default that of one which shows everything at once, and what is slept is skipped. */
export type Pace = Pick<EmulatedOptions, 'settlingMs' | 'sleep' | 'environment'>;

/**
 * @param beside traits that make the run shorter and nobody complains about
 * @param isWanted which checks of the trait's sections are run; all when absent. Those that are expected to complain always are.
 */
export async function runTrait(
  trait: Trait,
  isWanted: (id: string) => boolean = () => true,
  { beside = [], pace }: { readonly beside?: readonly string[]; readonly pace?: Pace } = {},
): Promise<TraitRun> {
  const expected = complaintsExpected(trait);
  const own = new Set([...(trait.warns ?? []), ...(trait.fails ?? [])]);
  const isMeant = inSections(trait, isWanted);
  const found = await runOn({ quirks: [...beside, trait.id] }, await suitesOf(trait), (id) => own.has(id) || isMeant(id), pace);
  return { expected, found };
}

export const suitesOf = async ({ sections }: Pick<Trait, 'sections'>): Promise<readonly Suite[]> =>
  (await loadSuites()).filter(({ section }) => sections.includes(section.number));

/** What is about streams alone is watched before their settings are tried: those decide whether anybody has to log in. */
export function inSections({ sections }: Pick<Trait, 'sections'>, isWanted: (id: string) => boolean): (id: string) => boolean {
  const generic = new Set(sections.every((number) => number === rtsp.number) ? genericChecks(rtsp).map(({ id }) => id) : []);
  return (id) => isWanted(id) && !generic.has(id);
}

/** What speaks against a model beside what is listed for it: nothing may. All suites where none are named. */
export async function runModel(
  { options, expectedWarnings, expectedFailures }: CameraModel,
  suites?: readonly Suite[],
): Promise<readonly Complaint[]> {
  const listed = new Set(complaintsExpected({ warns: expectedWarnings, fails: expectedFailures }));
  return (await runOn(options, suites ?? (await loadSuites()))).filter((complaint) => !listed.has(complaint));
}

export const complaintsExpected = ({ warns = [], fails = [] }: Pick<Trait, 'warns' | 'fails'>): readonly Complaint[] =>
  [...fails, ...warns.map((id) => `warn ${id}`)].toSorted();

export const runOn = async (
  options: EmulatorOptions,
  suites: readonly Suite[],
  isWanted: (id: string) => boolean = () => true,
  pace: Pace = {},
): Promise<readonly Complaint[]> => (await complaintsAbout(options, suites, isWanted, pace)).map(({ complaint }) => complaint);

/** What complains about one camera, sorted; and whether it is as it was in the end. */
export const complaintsAbout = (
  options: EmulatorOptions,
  suites: readonly Suite[],
  isWanted: (id: string) => boolean = () => true,
  pace: Pace = {},
): Promise<readonly Complained[]> =>
  withEmulatedSession({ emulator: options, ...pace }, async (session, emulator) => {
    const judged = new Map<string, Judged>();
    const left: Complained[] = [];
    const before = lasting(emulator.state());
    for (const suite of suites) {
      const wanted = suite.checks.map(({ identity }) => identity.id).filter(isWanted);
      for (const each of await runChecks(suite, session, wanted)) judged.set(each.id, each);
      const { restore, repeated, fault } = await closeSuite(session);
      for (const each of repeated) judged.set(each.id, each);
      left.push(...restore.differences.map((difference) => ({ complaint: `left modified: ${difference}`, message: null })));
      if (fault !== null) left.push({ complaint: `broken off: ${fault}`, message: null });
    }
    return [...[...judged.values()].flatMap(complaintOf), ...left, ...changes(before, lasting(emulator.state()))].toSorted((one, other) =>
      one.complaint < other.complaint ? -1 : one.complaint > other.complaint ? 1 : 0,
    );
  });

/** State without what hazards change for good: a formatted card, a preset point, a door that is still open. */
function lasting(state: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const { presets, doorOpen, settings, ...others } = state;
  const { getStorageInfo, ...kept } = settings as Readonly<Record<string, unknown>>;
  return new Map(Object.entries({ ...others, ...kept }).map(([name, value]) => [name, JSON.stringify(value)]));
}

const changes = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly Complained[] =>
  [...before]
    .filter(([name, value]) => after.get(name) !== value)
    .map(([name, value]) => ({ complaint: `${name} was ${value} and is ${after.get(name)}`, message: null }));

function complaintOf({ id, verdict, message }: Judged): Complained[] {
  if (verdict === 'fail') return [{ complaint: id, message }];
  if (verdict === 'warn') return [{ complaint: `warn ${id}`, message }];
  return verdict === 'error' ? [{ complaint: `error ${id}: ${message}`, message }] : [];
}

/** What speaks against a camera of the emulator: of one with a trait, of a model that may not be failed, of any other. */
import { genericChecks } from '../checks/generic-checks.ts';
import { rtsp } from '../document/sections/19-rtsp.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import type { CameraModel } from '../emulator/models.ts';
import type { Trait } from '../emulator/traits/trait.ts';
import { closeSuite } from '../execution/close-suite.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import { runChecks } from '../execution/executor.ts';
import type { Judged } from '../execution/judged.ts';
import { loadSuites } from '../execution/load-suites.ts';
import type { Suite } from '../execution/suite.ts';

/** `id` of a check that failed, `warn id` of one that warned, `error id: why` of one that the suite could not judge, and what was not put back. */
export type Complaint = string;

export interface TraitRun {
  readonly expected: readonly Complaint[];
  readonly found: readonly Complaint[];
}

/**
 * @param beside traits that make the run shorter and nobody complains about
 * @param isWanted which checks of the trait's sections are run; all when absent. Those that are expected to complain always are.
 */
export async function runTrait(trait: Trait, isWanted: (id: string) => boolean = () => true, beside: readonly string[] = []): Promise<TraitRun> {
  const expected = complaintsExpected(trait);
  const own = new Set([...(trait.warns ?? []), ...(trait.fails ?? [])]);
  const suites = (await loadSuites()).filter(({ section }) => trait.sections.includes(section.number));
  // What is about streams alone is watched before their settings are tried: those decide whether anybody has to log in.
  const generic = new Set(trait.sections.every((number) => number === rtsp.number) ? genericChecks(rtsp).map(({ id }) => id) : []);
  const found = await runOn({ quirks: [...beside, trait.id] }, suites, (id) => own.has(id) || (isWanted(id) && !generic.has(id)));
  return { expected, found };
}

/** What speaks against a model beside the warnings that are listed for it: nothing may. All suites where none are named. */
export async function runModel({ options, expectedWarnings }: CameraModel, suites?: readonly Suite[]): Promise<readonly Complaint[]> {
  const listed = new Set(expectedWarnings.map((id) => `warn ${id}`));
  return (await runOn(options, suites ?? (await loadSuites()))).filter((complaint) => !listed.has(complaint));
}

export const complaintsExpected = ({ warns = [], fails = [] }: Pick<Trait, 'warns' | 'fails'>): readonly Complaint[] =>
  [...fails, ...warns.map((id) => `warn ${id}`)].toSorted();

/** What complains about one camera, sorted; and whether it is as it was behind each suite. */
export const runOn = (
  options: EmulatorOptions,
  suites: readonly Suite[],
  isWanted: (id: string) => boolean = () => true,
): Promise<readonly Complaint[]> =>
  withEmulatedSession({ emulator: options }, async (session, emulator) => {
    const complaints: Complaint[] = [];
    const before = lasting(emulator.state());
    for (const suite of suites) {
      const wanted = suite.checks.map(({ identity }) => identity.id).filter(isWanted);
      complaints.push(...(await runChecks(suite, session, wanted)).flatMap(complaintOf));
      const { restore } = await closeSuite(session);
      complaints.push(...restore.differences.map((difference) => `left modified: ${difference}`));
    }
    return [...complaints, ...changes(before, lasting(emulator.state()))].toSorted();
  });

/** State without what hazards change for good: a formatted card, a preset point, a door that is still open. */
function lasting(state: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const { presets, doorOpen, settings, ...others } = state;
  const { getStorageInfo, ...kept } = settings as Readonly<Record<string, unknown>>;
  return new Map(Object.entries({ ...others, ...kept }).map(([name, value]) => [name, JSON.stringify(value)]));
}

const changes = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly Complaint[] =>
  [...before].filter(([name, value]) => after.get(name) !== value).map(([name, value]) => `${name} was ${value} and is ${after.get(name)}`);

function complaintOf({ id, verdict, message }: Judged): Complaint[] {
  if (verdict === 'fail') return [id];
  if (verdict === 'warn') return [`warn ${id}`];
  return verdict === 'error' ? [`error ${id}: ${message}`] : [];
}

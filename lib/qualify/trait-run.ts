/** Runs the checks that come across a trait against a camera that has it, and says what spoke against that camera. */
import { genericChecks } from '../checks/generic-checks.ts';
import { rtsp } from '../document/sections/19-rtsp.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import type { Trait } from '../emulator/traits/trait.ts';
import { closeSuite } from '../runner/close-suite.ts';
import { loadSuites } from '../runner/load-suites.ts';
import { runChecks } from '../runner/run-checks.ts';
import type { Suite } from '../runner/section.ts';
import type { Judged } from '../runner/verdict.ts';
import { withEmulatedSession } from './emulated-session.ts';

/** `id` of a check that failed, `warn id` of one that warned, `error id: why` of one that the suite could not judge, and what was not put back. */
export type Complaint = string;

export interface TraitRun {
  readonly expected: readonly Complaint[];
  readonly found: readonly Complaint[];
}

/** @param isWanted which checks of the trait's sections are run; all when absent. Those that are expected to complain always are. */
export async function runTrait(trait: Trait, isWanted: (id: string) => boolean = () => true): Promise<TraitRun> {
  const expected = complaintsExpected(trait);
  const own = new Set([...(trait.warns ?? []), ...(trait.fails ?? [])]);
  const suites = (await loadSuites()).filter(({ section }) => trait.sections.includes(section.number));
  // What is about streams alone is watched before their settings are tried: those decide whether anybody has to log in.
  const generic = new Set(trait.sections.every((number) => number === rtsp.number) ? genericChecks(rtsp).map(({ id }) => id) : []);
  const found = await runOn({ quirks: [trait.id] }, suites, (id) => own.has(id) || (isWanted(id) && !generic.has(id)));
  return { expected, found };
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
    const before = JSON.stringify(emulator.state());
    for (const suite of suites) {
      const wanted = suite.checks.map(({ identity }) => identity.id).filter(isWanted);
      complaints.push(...(await runChecks(suite, session, wanted)).flatMap(complaintOf));
      const { restore } = await closeSuite(session);
      complaints.push(...restore.differences.map((difference) => `left modified: ${difference}`));
    }
    const after = JSON.stringify(emulator.state());
    return [...complaints, ...(after === before ? [] : [`state ${before} became ${after}`])].toSorted();
  });

function complaintOf({ id, verdict, message }: Judged): Complaint[] {
  if (verdict === 'fail') return [id];
  if (verdict === 'warn') return [`warn ${id}`];
  return verdict === 'error' ? [`error ${id}: ${message}`] : [];
}

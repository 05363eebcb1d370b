/** Runs everything against a good camera, and looks whether anything is held against it. */
import { isDeepStrictEqual } from 'node:util';
import { SECTIONS } from '../document/index.ts';
import { isMembers } from '../document/row-value.ts';
import { modelOf } from '../emulator/models.ts';
import { closeSuite } from '../execution/close-suite.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import { runChecks } from '../execution/executor.ts';
import type { Judged } from '../execution/judged.ts';
import { loadSuites } from '../execution/load-suites.ts';
import { formatDifference } from '../restore/difference.ts';
import type { Qualification } from './qualification.ts';

export interface ModelResult {
  readonly summary: Qualification['models'][number];
  readonly falseAlarms: Qualification['falseAlarms'];
}

/** Throws when there is no such model. */
export async function runModel(id: string): Promise<ModelResult> {
  const { description, options, expectedWarnings, expectedFailures } = modelOf(id);
  const isExpected = ({ id: check, verdict }: Judged): boolean =>
    verdict === 'pass' ||
    verdict === 'skip' ||
    (verdict === 'warn' && expectedWarnings.includes(check)) ||
    (verdict === 'fail' && expectedFailures.includes(check));
  return withEmulatedSession({ emulator: options }, async (session, emulator) => {
    const before = emulator.state();
    const verdicts = new Map<string, Judged>();
    const left: string[] = [];
    for (const suite of await loadSuites()) {
      for (const each of await runChecks(suite, session)) verdicts.set(each.id, each);
      const { restore, repeated } = await closeSuite(session);
      for (const each of repeated) verdicts.set(each.id, each);
      left.push(...restore.differences);
    }
    const judged = [...verdicts.values()];
    left.push(...(await session.keeper.lookOnceMore()).map(formatDifference));
    return {
      summary: { id, does: description, checks: judged.length, ...countOf(judged) },
      falseAlarms: [
        ...judged.flatMap((each) => (isExpected(each) ? [] : [{ model: id, check: each.id, message: each.message }])),
        ...left.map((difference) => ({ model: id, check: 'restore', message: difference })),
        ...(isDeepStrictEqual(comparable(before), comparable(emulator.state())) ? [] : [{ model: id, check: 'state', message: 'not as it was' }]),
      ],
    };
  });
}

/**
 * What a run has to leave as it was. It cannot: preset points, which the document has no way to remove; the door, which closes when
 * its time is over; and what gets report that have no set, such as the room that formatting frees.
 */
function comparable({ presets: _, doorOpen: __, settings, ...state }: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(isMembers(settings) ? settings : {}).filter(([get]) => !MEASUREMENTS.has(get));
  return { ...state, settings: Object.fromEntries(kept) };
}

const MEASUREMENTS: ReadonlySet<string> = new Set(
  SECTIONS.flatMap(({ parts }) => parts).flatMap((part) => (part.kind === 'settings' && part.set === undefined ? [part.get] : [])),
);

const countOf = (judged: readonly Judged[]): Pick<Qualification['models'][number], 'passed' | 'warned' | 'skipped'> => ({
  passed: judged.filter(({ verdict }) => verdict === 'pass').length,
  warned: judged.filter(({ verdict }) => verdict === 'warn').length,
  skipped: judged.filter(({ verdict }) => verdict === 'skip').length,
});

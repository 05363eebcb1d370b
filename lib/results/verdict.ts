/** From the verdicts of single checks to the verdict of a run and the exit code of the process; nothing else decides either. */
import type { Api } from '../cgi/dialects.ts';
import { type CheckResult, isFailure, type Results } from './results.ts';

/** Exit codes and their meaning, in the words of docs/run-contract.md. */
export const EXIT_CODES = {
  0: "conformant: no required check failed and the camera's settings are as they were",
  1: 'not conformant: at least one required check failed',
  2: 'the run could not be done or completed, or proves nothing: bad configuration, camera unreachable, credentials refused, a fault of the suite itself, a selection that matches nothing, no required check that passed or failed, a selected section that the camera offers and of which nothing could be tested (such as RTSP that nothing answers)',
  3: 'the camera could not be put back as it was; what differs is named (this outranks 1)',
} as const;
export type ExitCode = keyof typeof EXIT_CODES;

/** What the exit code of a run means, in which the document's own interface may not have been tested. */
export const exitMeaning = ({ verdict, exitCode }: Pick<Results, 'verdict' | 'exitCode'>): string =>
  verdict === 'same-settings' ? EXIT_CODES[exitCode].replace('conformant', SAME_SETTINGS.toLowerCase()) : EXIT_CODES[exitCode];

/** The headline of a run by another interface, in which no required check failed. */
export const SAME_SETTINGS = 'Same settings as documented, other interface';
/** Said first of every run by another interface. */
export const OTHER_INTERFACE =
  "The document's own interface, cgi_action, was not tested: the camera was asked by the calls of its own page (CAMERA_API=web).";

export interface RunOutcome {
  readonly checks: readonly Pick<CheckResult, 'level' | 'verdict' | 'waiver'>[];
  readonly restore: Pick<Results['restore'], 'verdict'>;
  /** by which the camera was asked: what another interface does is nothing that the document says */
  readonly api: Api;
  /** why the run could not be done or completed; null when it was */
  readonly fault: string | null;
  /** whether the selection matched no check */
  readonly selectionEmpty: boolean;
}

/**
 * 3 outranks 2, which outranks 1: failures of a run that broke off, or in which a check broke, are not the whole truth. With 3 the
 * verdict is what the checks say, except that a camera that was not put back is not called conformant.
 */
export function verdictOf({ checks, restore, api, fault, selectionEmpty }: RunOutcome): { verdict: Results['verdict']; exitCode: ExitCode } {
  const failed = checks.some(isFailure);
  // A failure that is waived was judged all the same.
  const proven = checks.some(({ level, verdict }) => level === 'must' && (verdict === 'pass' || verdict === 'fail'));
  const broken = fault !== null || selectionEmpty || !proven || checks.some(({ verdict }) => verdict === 'error');

  if (restore.verdict === 'left-modified') return { verdict: failed && !broken ? 'non-conformant' : 'incomplete', exitCode: 3 };
  if (broken) return { verdict: 'incomplete', exitCode: 2 };
  if (failed) return { verdict: 'non-conformant', exitCode: 1 };
  return { verdict: api === 'cgi' ? 'conformant' : 'same-settings', exitCode: 0 };
}

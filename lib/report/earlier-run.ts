/**
 * A run of a few checks writes its reports where the run before wrote its own: what a wider run left there is set aside first, in a
 * folder beside them, so that whoever repeats one check still has the report that made them.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseResults, type Results } from '../results/results.ts';
import { REPORT, RESULTS } from './allure/allure-report.ts';

export const EARLIER_RUN = 'earlier-run';

/** Without the history, which the runs share, and the restore journal, which tells what is still to be put back. */
const SET_ASIDE = ['results.json', 'junit.xml', 'statement.html', RESULTS, REPORT] as const;

/** What a run is asked to test; null: it could not begin, and tests nothing. */
export type Scope = { readonly sections: 'all' | readonly number[]; readonly check: readonly string[] } | null;

/** A run that was set aside. */
export interface EarlierRun {
  readonly folder: string;
  readonly startedAt: string;
}

/** Sets the run before aside when it tested what this one will not; returns the run that is there, set aside now or before. */
export async function setAside(folder: string, scope: Scope): Promise<EarlierRun | null> {
  const aside = join(folder, EARLIER_RUN);
  const before = await resultsIn(folder);
  if (before !== null && isWider(before, scope)) {
    await rm(aside, { recursive: true, force: true });
    await mkdir(aside);
    for (const name of SET_ASIDE) if (existsSync(join(folder, name))) await rename(join(folder, name), join(aside, name));
  }
  const kept = await resultsIn(aside);
  return kept === null ? null : { folder: aside, startedAt: kept.startedAt };
}

function isWider({ checks, selection, sections }: Results, scope: Scope): boolean {
  if (checks.length === 0 || selection.length > 0) return false;
  if (scope === null || scope.check.length > 0) return true;
  const own = scope.sections;
  return own !== 'all' && sections.some((number) => !own.includes(Number(number)));
}

/** Null where there are none, or none that can be read: those are no loss. */
async function resultsIn(folder: string): Promise<Results | null> {
  const file = join(folder, 'results.json');
  try {
    return parseResults(await readFile(file, 'utf8'), file);
  } catch {
    return null;
  }
}

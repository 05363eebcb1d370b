/** The files that every run leaves, also one that could not be done: what others make of a run, they make from these. */
import { createHash } from 'node:crypto';
import { formatResults, type Results } from '../results/results.ts';
import { formatJunit } from './junit.ts';
import { formatStatement } from './statement/statement.ts';
import { suiteFacts } from './statement/suite-facts.ts';
import { writeReport } from './write-report.ts';

/** Writes `results.json` first: whatever happens to the others, it is there. `titles`: title of a section by its number. */
export async function writeRunReports(folder: string, results: Results, titles: ReadonlyMap<string, string>): Promise<void> {
  const json = formatResults(results);
  await writeReport(folder, 'results.json', json);
  await writeReport(folder, 'junit.xml', formatJunit(results, titles));
  await writeReport(folder, 'statement.html', formatStatement(results, { ...suiteFacts(folder), resultsSha256: sha256(json) }));
}

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

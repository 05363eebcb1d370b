/** What the suite files say, without vitest and without a camera. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CheckIdentity } from '../checks/check.ts';
import { theRegistry } from './registry.ts';
import type { Suite } from './suite.ts';

const FOLDER = fileURLToPath(new URL('../../suites/', import.meta.url));

/** Whatever has been loaded: a module runs only once. */
const loaded: Suite[] = [];

/** The suites of these sections in the order of the document; of all when none is named. */
export async function loadSuites(numbers: readonly number[] | null = null): Promise<readonly Suite[]> {
  theRegistry.taker((suite) => loaded.push(suite));
  const isWanted = (number: number): boolean => numbers === null || numbers.includes(number);
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.test.ts') && isWanted(Number.parseInt(name, 10)));
  for (const file of files) await import(pathToFileURL(join(FOLDER, file)).href);
  return loaded.filter(({ section }) => isWanted(section.number)).toSorted((one, other) => one.section.number - other.section.number);
}

/** The identity of every check that the suites hold. */
export const collectChecks = async (): Promise<readonly CheckIdentity[]> =>
  (await loadSuites()).flatMap(({ checks }) => checks.map(({ identity }) => identity));

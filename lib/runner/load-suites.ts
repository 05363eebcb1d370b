/** What the suite files say, without vitest and without a camera. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckIdentity } from '../checks/check.ts';
import { theRegistry } from './registry.ts';
import type { Suite } from './section.ts';
import { ROOT } from './suites-config.ts';

let loading: Promise<readonly Suite[]> | null = null;

/** All suites in the order of the document; loaded once, because a module runs only once. */
export function loadSuites(): Promise<readonly Suite[]> {
  loading ??= importSuites();
  return loading;
}

async function importSuites(): Promise<readonly Suite[]> {
  const suites: Suite[] = [];
  theRegistry.taker((suite) => suites.push(suite));
  const folder = join(ROOT, 'suites');
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  for (const file of files) await import(pathToFileURL(join(folder, file)).href);
  return suites.toSorted((one, other) => one.section.number - other.section.number);
}

/** The identity of every check that the suites hold. */
export const collectChecks = async (): Promise<readonly CheckIdentity[]> =>
  (await loadSuites()).flatMap(({ checks }) => checks.map(({ identity }) => identity));

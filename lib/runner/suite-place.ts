/** Where a check is written: the file of its section's suite, and the line that names it, or that stands for all checks from rows. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SECTIONS } from '../document/index.ts';
import { ROOT } from './suites-config.ts';

/** Relative to `base`; null for a check of no suite. */
export function suitePlace(id: string, base: string = ROOT): { readonly file: string; readonly line: number } | null {
  const section = SECTIONS.find(({ slug }) => id.startsWith(`${slug}/`));
  if (section === undefined) return null;
  const path = join(ROOT, 'suites', `${String(section.number).padStart(2, '0')}-${section.slug}.test.ts`);
  const lines = linesOf(path);
  if (lines === null) return null;
  const named = lines.findIndex((line) => line.includes(`'${id}'`));
  const generic = lines.findIndex((line) => line.includes('generic('));
  return { file: relative(base, path), line: Math.max(named >= 0 ? named : generic, 0) + 1 };
}

function linesOf(path: string): readonly string[] | null {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return null;
  }
}

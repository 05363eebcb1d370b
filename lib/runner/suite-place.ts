/**
 * Where a check is written: the file of its section's suite, or one of the parts beside it, and the line that names the check; the line
 * that stands for all checks from rows where none does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SECTIONS } from '../document/index.ts';
import { ROOT } from './suites-config.ts';

/** Relative to `base`; null for a check of no suite. */
export function suitePlace(id: string, base: string = ROOT): { readonly file: string; readonly line: number } | null {
  const section = SECTIONS.find(({ slug }) => id.startsWith(`${slug}/`));
  if (section === undefined) return null;
  const stem = join(ROOT, 'suites', `${String(section.number).padStart(2, '0')}-${section.slug}`);
  const suite = `${stem}.test.ts`;
  const lines = linesOf(suite);
  if (lines === null) return null;
  for (const path of [suite, ...partsOf(stem)]) {
    const named = (linesOf(path) ?? []).findIndex((line) => names(line, id));
    if (named >= 0) return { file: relative(base, path), line: named + 1 };
  }
  const generic = lines.findIndex((line) => line.includes('generic('));
  return { file: relative(base, suite), line: Math.max(generic, 0) + 1 };
}

/** Whether a line has the id as a text, or as a template that it fits. */
function names(line: string, id: string): boolean {
  if (line.includes(`'${id}'`)) return true;
  const template = /`([^` ]*\$\{[^`]*\}\/[\w./-]+)`/.exec(line)?.[1];
  if (template === undefined) return false;
  const fixed = template.split(/\$\{[^}]*\}/).map((text) => text.replaceAll('.', '\\.'));
  return new RegExp(`^${fixed.join('.+')}$`).test(id);
}

function partsOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function linesOf(path: string): readonly string[] | null {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return null;
  }
}

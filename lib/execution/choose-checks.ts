/** What `--check` selects, found out before a camera is touched: the sections of the checks, or why there are none. */

import { SECTIONS } from '../document/index.ts';
import { isMeant, mayConcern } from '../results/check-pattern.ts';
import type { Configuration } from './configuration.ts';
import { loadSuites } from './load-suites.ts';
import { nearest } from './nearest.ts';

export type Chosen =
  | { readonly kind: 'chosen' /** ascending */; readonly sections: readonly number[] }
  /** one sentence for each pattern that selects nothing */
  | { readonly kind: 'problem'; readonly sentences: readonly string[] };

/** Loads the suites of the sections concerned, not the others. */
export async function chooseChecks({ check, sections }: Pick<Configuration, 'check' | 'sections'>): Promise<Chosen> {
  const found = await Promise.all(check.map((text) => choose(text, sections)));
  const sentences = found.filter((each) => typeof each === 'string');
  if (sentences.length > 0) return { kind: 'problem', sentences };
  return { kind: 'chosen', sections: [...new Set(found.flatMap((each) => (typeof each === 'string' ? [] : each)))].sort((a, b) => a - b) };
}

/** Numbers of the sections with checks that match; a sentence where there are none. */
async function choose(pattern: string, selected: Configuration['sections']): Promise<readonly number[] | string> {
  const concerned = SECTIONS.filter((section) => mayConcern(pattern, section));
  const suites = await loadSuites(concerned.map(({ number }) => number));
  const matching = suites.filter(({ checks }) => checks.some(({ identity }) => isMeant(pattern, identity))).map(({ section: { number } }) => number);
  if (matching.length === 0) return `There is no check ${pattern}${await suggestion(pattern)}.`;
  const chosen = matching.filter((number) => selected === 'all' || selected.includes(number));
  if (chosen.length > 0) return chosen;
  return `${pattern} belongs to section ${matching.join(', ')}, which CAMERA_SECTIONS leaves out: add it, or leave CAMERA_SECTIONS away.`;
}

/** `; did you mean a, b or c?` The first word decides where to look, because it names the section. */
async function suggestion(written: string): Promise<string> {
  const [first = '', ...others] = written.split('/');
  const byPlace = SECTIONS.find(({ number }) => String(number) === first.split('.')[0]);
  const slug =
    byPlace?.slug ??
    nearest(
      first,
      SECTIONS.map((section) => section.slug),
    )[0] ??
    '';
  const section = SECTIONS.find((each) => each.slug === slug);
  const suites = section === undefined ? [] : await loadSuites([section.number]);
  const ids = suites.flatMap(({ checks }) => checks.map(({ identity }) => identity.id));
  const near = nearest([slug, ...others].join('/'), ids);
  return near.length === 0 ? '' : `; the nearest are ${near.join(', ')}`;
}

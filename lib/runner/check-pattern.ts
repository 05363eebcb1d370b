/**
 * How a run is told which checks to run: by their ids, where `*` stands for any characters, and by the document's place in the
 * stead of the first word: `video/bitrate/round-trip`, `video/bitrate/*`, `21.2/bitrate/round-trip`.
 */
import type { CheckIdentity } from '../checks/check.ts';
import type { Section } from '../document/notation.ts';

export interface CheckPattern {
  /** as it was written */
  readonly text: string;
  /** whether any check of a section can match */
  mayConcern(section: Pick<Section, 'number' | 'slug'>): boolean;
  matches(check: Pick<CheckIdentity, 'id' | 'place'>): boolean;
}

const PLACE = /^(\d+)(?:\.\d+)*$/;

export function parseCheckPattern(text: string): CheckPattern {
  const [first = '', ...others] = text.split('/');
  const number = PLACE.exec(first)?.[1];
  if (number === undefined) {
    const [whole, start] = [wildcard(text), wildcard(first)];
    // `*` may stand for slashes, too: behind it any section can follow.
    return { text, mayConcern: ({ slug }) => first.includes('*') || start.test(slug), matches: ({ id }) => whole.test(id) };
  }
  const rest = wildcard(others.join('/'));
  const isPlace = (place: string): boolean => place === first || place.startsWith(`${first}.`);
  return {
    text,
    mayConcern: (section) => section.number === Number(number),
    matches: ({ id, place }) => isPlace(place) && rest.test(id.slice(id.indexOf('/') + 1)),
  };
}

const wildcard = (text: string): RegExp => new RegExp(`^${text.split('*').map(escaped).join('.*')}$`, 's');
const escaped = (text: string): string => text.replace(/[\\^$.+?()[\]{}|]/g, '\\$&');

/** The checks that match and those without whose pass they prove nothing, in the order of the suite. No pattern: all. */
export function selectChecks<C extends { readonly identity: CheckIdentity }>(checks: readonly C[], patterns: readonly CheckPattern[]): readonly C[] {
  if (patterns.length === 0) return checks;
  return withPreparation(
    checks,
    checks.map(({ identity }) => identity).filter((identity) => patterns.some((pattern) => pattern.matches(identity))),
  );
}

/** These checks of a suite and those that they come after, and what those come after, in the order of the suite. */
export function withPreparation<C extends { readonly identity: CheckIdentity }>(
  checks: readonly C[],
  wanted: Iterable<Pick<CheckIdentity, 'id'>>,
): readonly C[] {
  const byId = new Map(checks.map((check) => [check.identity.id, check]));
  const chosen = new Set<string>();
  const choose = (id: string): void => {
    if (chosen.has(id)) return;
    chosen.add(id);
    for (const before of byId.get(id)?.identity.after ?? []) choose(before);
  };
  for (const { id } of wanted) choose(id);
  return checks.filter(({ identity }) => chosen.has(identity.id));
}

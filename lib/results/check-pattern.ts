/**
 * How people name checks, to run them or to waive them: by id, where `*` stands for any characters, `/` included, and by the
 * document's place in the stead of the first word: `video/bitrate/round-trip`, `video/bitrate/*`, `21.2/bitrate/round-trip`.
 */
import type { Section } from '../document/notation.ts';

/** What of a check a pattern is about. */
export interface NamedCheck {
  readonly id: string;
  /** place in the document: `21.2` */
  readonly place: string;
}

const PLACE = /^(\d+)(?:\.\d+)*$/;

/** What stands before the first slash, and behind it. */
function cut(text: string): [first: string, rest: string] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
}

export function isMeant(pattern: string, { id, place }: NamedCheck): boolean {
  const [first, rest] = cut(pattern);
  if (!PLACE.test(first)) return matches(pattern, id);
  return (place === first || place.startsWith(`${first}.`)) && matches(rest, cut(id)[1]);
}

/** Whether any check of a section can be meant. */
export function mayConcern(pattern: string, { number, slug }: Pick<Section, 'number' | 'slug'>): boolean {
  const [first] = cut(pattern);
  const section = PLACE.exec(first)?.[1];
  if (section !== undefined) return number === Number(section);
  // A star may stand for slashes, too: behind it any section can follow.
  return first.includes('*') || first === slug;
}

/** Looks for each part once, from left to right: as a regular expression, many stars could take hours. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= text.length - last.length;
}

/**
 * Names that occur twice in one JSON object, at any depth. `JSON.parse` keeps the last of them silently, other parsers the
 * first: two readers of one reply then see two cameras (RFC 8259, 4).
 */

/** The index of the quote that ends the string begun at `start`. The text is known to be JSON. */
const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (end >= 0) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === 0x5c) escapes += 1;
    if (escapes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
};

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** How many members the objects of a JSON text have, duplicates counted. Cheap: it jumps from string to string. */
export const countMembers = (text: string): number => {
  let members = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = endOfString(text, at) + 1;
    while (isBlank(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) === 0x3a) members += 1;
  }
  return members;
};

interface Level {
  /** null in an array */
  readonly names: Set<string> | null;
  readonly path: string;
  name: string;
  index: number;
}

const childPath = (level: Level | undefined): string => {
  if (level === undefined) return '';
  if (level.names === null) return `${level.path}[${level.index}]`;
  return level.path === '' ? level.name : `${level.path}.${level.name}`;
};

/** The paths of duplicate names of a valid JSON text, each once, in order: `code`, `area_list[1].x`. */
export const duplicateKeys = (text: string): readonly string[] => {
  const found = new Set<string>();
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const level = levels.at(-1);
    if (code === 0x7b) levels.push({ names: new Set(), path: childPath(level), name: '', index: 0 });
    else if (code === 0x5b) levels.push({ names: null, path: childPath(level), name: '', index: 0 });
    else if (code === 0x7d || code === 0x5d) levels.pop();
    else if (code === 0x2c && level?.names === null) level.index += 1;
    else if (code === 0x22) {
      const end = endOfString(text, at);
      let next = end + 1;
      while (isBlank(text.charCodeAt(next))) next += 1;
      if (level?.names && text.charCodeAt(next) === 0x3a) {
        level.name = JSON.parse(text.slice(at, end + 1)) as string;
        if (level.names.has(level.name)) found.add(childPath(level));
        level.names.add(level.name);
      }
      at = end;
    }
  }
  return [...found];
};

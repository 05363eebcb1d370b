/** Public (RFC 2326, 12.28): the methods that a server has. */
import { deviation, type Parsed } from './parsed.ts';

/** In the order of the wire, trimmed, spelt as they came. A line end written out (`\r\n`, as 19.1 prints it) is no method. */
export const parsePublic = (text: string): Parsed<readonly string[]> => {
  const names = text
    .replace(/(?:\\r)?\\n$/, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const odd = names.filter((name) => !/^[A-Z_]+$/.test(name));
  return { value: names, deviations: odd.length === 0 ? [] : [deviation('bad-method-name', odd.join(', '))] };
};

export const formatPublic = (methods: readonly string[]): string => methods.join(', ');

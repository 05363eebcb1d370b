/** The header lines of one message (RFC 2326, 4.2 and 15.1), kept in order and spelling; what is odd about them is noted once per kind. */
import type { Deviation } from '../wire/exchange.ts';
import { printable, shorten } from '../wire/printable.ts';
import type { Header } from './messages.ts';

export interface HeaderLines {
  /** Takes the start line, with its end, and what was odd about it. */
  start(line: string, deviations: readonly Deviation[]): void;
  /** Takes a line with its end; false for the blank line that ends the head. */
  add(line: string): boolean;
  /** The length that the head gives its body; null when it gives none that can be read. */
  contentLength(): number | null;
  headers(): readonly Header[];
  /** lines taken, whatever was in them */
  count(): number;
  /** the head as received */
  text(): string;
  deviations(): readonly Deviation[];
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

const quote = (line: string): string => printable(shorten(line, 120));

export const createHeaderLines = (): HeaderLines => {
  const raw: string[] = [];
  const headers: [string, string][] = [];
  const deviations: Deviation[] = [];
  const note = (id: string, detail: string): void => {
    if (!deviations.some((deviation) => deviation.id === id)) deviations.push({ id, detail });
  };

  /** The line without its end. */
  const keep = (line: string): string => {
    raw.push(line);
    if (line.endsWith('\r\n')) return line.slice(0, -2);
    note('bare-lf', `a line of the head ends with a line feed alone: "${quote(line.slice(0, -1))}"`);
    return line.slice(0, -1);
  };

  const valuesOf = (name: string): readonly string[] => headers.filter((header) => header[0].toLowerCase() === name).map((header) => header[1]);

  return {
    start(line, odd) {
      keep(line);
      deviations.push(...odd);
    },
    add(line) {
      const text = keep(line);
      if (text === '') return false;
      const colon = text.indexOf(':');
      const name = colon < 0 ? '' : text.slice(0, colon);
      const last = headers.at(-1);
      if (TOKEN.test(name)) headers.push([name, text.slice(colon + 1).trim()]);
      else if (last !== undefined && /^[ \t]/.test(text)) {
        last[1] = `${last[1]} ${text.trim()}`.trim();
        note('folded-header', quote(text));
      } else if (TOKEN.test(name.trim())) {
        headers.push([name.trim(), text.slice(colon + 1).trim()]);
        note('space-before-colon', quote(text));
      } else note('header-without-name', quote(text));
      return true;
    },
    contentLength() {
      let lengths = valuesOf('content-length');
      if (lengths.length === 0) {
        // 19.2 of the document prints Context-length, and its examples conform.
        lengths = valuesOf('context-length');
        if (lengths.length > 0) note('context-header', `Context-length in place of Content-Length`);
      }
      if (lengths.length > 1) note('two-lengths', quote(lengths.join(', ')));
      const [length] = lengths;
      if (length === undefined) return null;
      if (/^\d{1,12}$/.test(length)) return Number(length);
      note('bad-content-length', quote(length));
      const loose = /^[+"]?(\d{1,12})(?!\d)/.exec(length)?.[1];
      return loose === undefined ? null : Number(loose);
    },
    headers: () => headers,
    count: () => raw.length - 1,
    text: () => raw.join(''),
    deviations: () => deviations,
  };
};

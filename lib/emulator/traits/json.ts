/** JSON as cameras write it: the same values, other text. */
import { type HttpReply, withBody } from '../http-message.ts';
import type { Trait } from './trait.ts';

/** Changes the text of each JSON reply. */
const writing = (change: (text: string) => string) => (): ReturnType<Trait['make']> => ({
  http: {
    reply: (reply: HttpReply) => (reply.body[0] === 0x7b ? withBody(reply, Buffer.from(change(Buffer.from(reply.body).toString('utf8')))) : reply),
  },
});

/** The parts of JSON text outside its strings. */
const outsideStrings = (text: string, change: (part: string) => string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|[^"]+/g, (part) => (part.startsWith('"') ? part : change(part)));

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, each]) => [name, reversed(each)]),
  );
};

/** `100` as `1e2`, `25` as `25.0`: the same numbers to any reader of JSON. */
const oddNumber = (number: string): string => (/^-?\d*[1-9]00$/.test(number) ? `${number.slice(0, -2)}e2` : `${number}.0`);

export const JSON_TRAITS: readonly Trait[] = [
  {
    id: 'json-pretty',
    does: 'indents its JSON, with tabs and line ends of its own, and orders the members the other way round',
    sections: [1, 5, 24],
    make: writing((text) => `\t${JSON.stringify(reversed(JSON.parse(text)), null, '\t').replaceAll('\n', '\r\n')}\r\n\r\n`),
  },
  {
    id: 'json-odd-numbers',
    does: 'writes whole numbers as 25.0 and 1e2',
    sections: [1, 5, 24],
    make: writing((text) => outsideStrings(text, (part) => part.replace(/-?\b\d+\b(?![.eE])/g, oddNumber))),
  },
  {
    id: 'json-escapes',
    does: 'escapes slashes and all characters beyond ASCII',
    sections: [5, 24],
    make: writing((text) =>
      text.replaceAll('/', '\\/').replace(/[^\x20-\x7e\t\r\n]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ),
  },
];

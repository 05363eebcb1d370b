/** Section 39: files that change on their way. */

import { parsed } from '../tampering.ts';
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { afterDone, performs, shows, takes } from './sets-and-gets.ts';

const file = writerFor('txt-file');

const GET_FILE = 'getPlatformConfFile';

const SET_FILE = 'setPlatformConfFile';

const contentStored =
  (change: (content: string) => string, more = {}) =>
  (word: string, does: string) =>
    file(
      'round-trip',
      word,
      does,
      () =>
        tampering(takes(SET_FILE, (json) => (typeof json.file_content === 'string' ? { ...json, file_content: change(json.file_content) } : json))),
      more,
    );

const lengthSaid = (word: string, does: string, change: (length: number, content: string) => unknown): BlindDefect =>
  file('length', word, does, () =>
    tampering({
      reply: (action, json, reply) =>
        action === SET_FILE && reply.code === 0 ? { ...reply, file_length: change(Number(reply.file_length), String(json?.file_content)) } : reply,
    }),
  );

export const TXT_FILE: readonly BlindDefect[] = [
  contentStored((content) => content.slice(0, 64))('file-cut-at-64', 'keeps 64 characters of a file'),
  contentStored((content) => content.slice(0, -1))('file-last-lost', 'loses the last character of a file'),
  contentStored((content) => content.trim())('file-trimmed', 'trims blanks and line ends off a file'),
  contentStored((content) => content.replaceAll('\n', '\r\n'))('file-line-ends', 'changes the line ends of a file'),
  contentStored((content) => content.replaceAll(/[^\n\x20-\x7e]/g, '?'), SHOULD)('file-ascii', 'stores question marks beyond ASCII in a file'),
  contentStored((content) => content.replaceAll('\\', '\\\\'))('file-backslashes', 'doubles the backslashes of a file'),
  contentStored((content) => content.replaceAll('"', '\\"'))('file-quotes', 'puts backslashes before the quotes of a file'),
  contentStored((content) => content.replaceAll('+', ' '), SHOULD)('file-plus', 'stores blanks for plus signs in a file'),
  contentStored((content) => (/^\s*\{/.test(content) ? JSON.stringify({ test: 0 }) : content))(
    'file-of-delivery',
    'stores the file of its delivery where JSON was sent',
  ),
  file('round-trip', 'file-appended', 'appends to a file in place of replacing it', () =>
    tampering(
      performs(SET_FILE, async (camera, json, perform) => {
        const before = camera.memory.files.get(String(json?.file_path)) ?? '';
        const reply = await perform();
        if (reply.code === 0) camera.memory.files.set(String(json?.file_path), before + String(json?.file_content));
        return reply;
      }),
    ),
  ),
  file(
    'round-trip',
    'file-path-ignored',
    'returns the last file that was stored, whatever path is asked for',
    () => {
      let last: unknown;
      return tampering({
        ...afterDone(SET_FILE, (_, json) => {
          last = json.file_content;
        }),
        reply: (action, _, reply) => (action === GET_FILE && last !== undefined ? { ...reply, code: 0, file_content: last } : reply),
      });
    },
    SHOULD,
  ),
  file('round-trip', 'file-one-late', 'returns the content from before the last change', () => {
    let before: string | undefined;
    return tampering({
      performs: async (action, json, camera, perform) => {
        if (action === SET_FILE) before = camera.memory.files.get(String(json?.file_path));
        return perform();
      },
      ...shows(GET_FILE, (reply) => (before === undefined ? reply : { ...reply, file_content: before })),
    });
  }),
  file('round-trip', 'file-goes-back', 'has the old content again 3 s behind a change', (now) => {
    let before: string | undefined;
    let due = Number.POSITIVE_INFINITY;
    return tampering({
      performs: async (action, json, camera, perform) => {
        if (action === SET_FILE) [before, due] = [camera.memory.files.get(String(json?.file_path)), now() + 3000];
        return perform();
      },
      ...shows(GET_FILE, (reply) => (before !== undefined && now() >= due ? { ...reply, file_content: before } : reply)),
    });
  }),
  file('round-trip', 'file-as-object', 'returns JSON in a file as an object', () =>
    tampering(shows(GET_FILE, (reply) => ({ ...reply, file_content: parsed(String(reply.file_content)) ?? reply.file_content }))),
  ),
  lengthSaid('file-length-in-characters', 'says the number of characters, not of bytes', (_, content) => [...content].length),
  lengthSaid('file-length-one-more', 'says one byte more than it stored', (length) => length + 1),
  lengthSaid('file-length-ten', 'says ten bytes, as in the example', () => 10),
  lengthSaid('file-length-as-text', 'says the length as text', (length) => String(length)),
];

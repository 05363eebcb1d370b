import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Journal, JournalError, parseJournal, readJournal } from './journal.ts';
import { JOURNAL_VERSION, type JournalHeader, type JournalItem, keyOf } from './journal-entry.ts';

const HEADER: JournalHeader = {
  kind: 'journal',
  schemaVersion: JOURNAL_VERSION,
  suite: 'camera-conformance',
  run: 'this one',
  startedAt: '2026-01-01T00:00:00.000Z',
  camera: { url: 'http://192.0.2.1/', deviceId: 'CBT000114010100010238', mac: '88-07-cb-00-02-be', api: 'cgi', embedded: false },
};
const OSD: JournalItem = {
  kind: 'original',
  get: 'getOsdConf',
  select: {},
  reply: { font_size: 1, title_list: [{ title: 'Halle ä "2"\n' }] },
  at: { wallMs: 5, monotonicMs: 7 },
};
const PASSWORD: JournalItem = { kind: 'password', from: '123456', to: 'ab"cd' };
const FILE: JournalItem = { kind: 'file', path: '/a', content: '{"test":0}' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (): string => join(folder, 'restore-journal.jsonl');

function write(...items: readonly JournalItem[]): Journal {
  const journal = new Journal(folder, () => HEADER);
  for (const item of items) journal.append(item);
  return journal;
}

describe('a journal', () => {
  test('is there once there is something to put back, for its owner alone, and gone when nothing is left', () => {
    const journal = write();
    expect(readJournal(folder)).toBeNull();
    journal.append(PASSWORD);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readJournal(folder)).toMatchObject({ header: HEADER, items: [PASSWORD] });
    journal.remove();
    expect(readJournal(folder)).toBeNull();
    journal.append(FILE);
    expect(readJournal(folder)?.items).toEqual([FILE]);
  });

  test('says what is not back yet, in the order of the first time, as the last line has it', () => {
    const journal = write(OSD, PASSWORD, FILE, { kind: 'movement', preset: null, took: false }, { kind: 'movement', preset: 100, took: true });
    journal.append({ kind: 'restored', key: keyOf(PASSWORD) });
    expect(readJournal(folder)?.items).toEqual([OSD, FILE, { kind: 'movement', preset: 100, took: true }]);
    journal.append(PASSWORD);
    expect(readJournal(folder)?.items).toEqual([OSD, FILE, { kind: 'movement', preset: 100, took: true }, PASSWORD]);
  });

  test('that is there already is not written over', () => {
    write(OSD);
    expect(() => write(FILE)).toThrow(JournalError);
    expect(readJournal(folder)?.items).toEqual([OSD]);
  });

  test('cut at any byte of its last entry still reads, and is gone on with', () => {
    write(OSD, FILE);
    const before = readFileSync(path()).length;
    const whole = Buffer.concat([readFileSync(path()), Buffer.from(`${JSON.stringify(PASSWORD)}\n`)]);
    for (let length = before; length <= whole.length; length += 1) {
      writeFileSync(path(), whole.subarray(0, length));
      const contents = readJournal(folder);
      const isWhole = length >= whole.length - 1;
      expect(contents?.items, `${length} bytes`).toEqual(isWhole ? [OSD, FILE, PASSWORD] : [OSD, FILE]);
      if (contents === null) continue;
      Journal.reopen(folder, contents).append({ kind: 'telnet', wasOpen: false, took: true });
      expect(readJournal(folder)?.items).toEqual([...contents.items, { kind: 'telnet', wasOpen: false, took: true }]);
    }
  });

  test('cut at any byte of its first lines says that nothing was changed, or what was', () => {
    write(OSD);
    const whole = readFileSync(path());
    const first = whole.indexOf('\n');
    for (let length = 0; length < whole.length - 1; length += 1) {
      const { header, items } = parseJournal(whole.subarray(0, length), path());
      expect({ header, items }).toEqual({ header: length < first ? null : HEADER, items: [] });
    }
  });

  test.each([
    ['a last line that is no JSON', '{"kind":"original"\n', true],
    ['a last line of zeros', '\0\0\0\0', true],
    ['a last line that is no entry', '{"kind":"other"}\n', true],
    ['such a line before others', `{"kind":"other"}\n${JSON.stringify(FILE)}\n`, false],
  ])('with %s', (_, tail, isReadable) => {
    write(OSD);
    const bytes = Buffer.concat([readFileSync(path()), Buffer.from(tail)]);
    if (isReadable) expect(parseJournal(bytes, path()).items).toEqual([OSD]);
    else expect(() => parseJournal(bytes, path())).toThrow(/^Could not read .*is no entry of a restore journal\.$/);
  });

  test('of another version is not read', () => {
    const other = `${JSON.stringify({ ...HEADER, schemaVersion: 3 })}\n${JSON.stringify(OSD)}\n`;
    expect(() => parseJournal(Buffer.from(other), path())).toThrow(/line 1 is no entry/);
  });
});

describe('a disk that is full', () => {
  const full = (): never => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };

  test.each(['write', 'flush'] as const)('at %s leaves no half journal, and says so', (step) => {
    const disk = { write: writeSync, flush: () => undefined, [step]: full };
    const journal = new Journal(folder, () => HEADER, disk);
    expect(() => journal.append(OSD)).toThrow(/^Could not write .*restore-journal\.jsonl, and without it nothing is changed: ENOSPC; make room/);
    expect(readJournal(folder)).toBeNull();
  });

  test('in the middle of a line leaves the lines before it', () => {
    let room = Number.POSITIVE_INFINITY;
    const write = (file: number, bytes: Uint8Array): number => {
      if (room === 0) full();
      const written = writeSync(file, bytes.subarray(0, Math.min(room, 10)));
      room -= written;
      return written;
    };
    const journal = new Journal(folder, () => HEADER, { write, flush: () => undefined });
    journal.append(OSD);
    room = 15;
    expect(() => journal.append(FILE)).toThrow(JournalError);
    room = Number.POSITIVE_INFINITY;
    journal.append(PASSWORD);
    expect(readJournal(folder)?.items).toEqual([OSD, PASSWORD]);
  });
});

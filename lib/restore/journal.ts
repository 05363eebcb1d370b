/**
 * The restore journal: what a run is about to change, on disk before the first change of it. JSON lines, only ever appended to,
 * readable for its owner alone, because it can hold passwords. A power cut may leave half a line at its end: that line was never
 * flushed, so that what it names was never changed.
 */
import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { headerSchema, type JournalHeader, type JournalItem, type JournalLine, keyOf, lineSchema } from './journal-entry.ts';

export const JOURNAL_NAME = 'restore-journal.jsonl';
export const journalPath = (folder: string): string => join(folder, JOURNAL_NAME);

/** Does away with a journal, whatever it holds. */
export const discardJournal = (folder: string): void => rmSync(journalPath(folder), { force: true });

/** The journal cannot be written: nothing must be changed that it does not cover. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

export interface JournalContents {
  /** null where not even the first line was flushed, so that nothing was ever changed */
  readonly header: JournalHeader | null;
  /** what is not yet back, in the order in which it was remembered */
  readonly items: readonly JournalItem[];
  /** length of what could be read, in bytes */
  readonly length: number;
}

/** Does away with the journal of an embedded camera, which ended with its run; returns whether none is left. */
export function discardEmbedded(folder: string): boolean {
  const journal = readJournal(folder);
  if (journal !== null && journal.header?.camera.embedded !== true) return false;
  discardJournal(folder);
  return true;
}

/** The calls to the disk that can fail; tests let them. */
export interface Disk {
  write(file: number, bytes: Uint8Array): number;
  flush(file: number): void;
}
const DISK: Disk = { write: writeSync, flush: fsyncSync };

/** Reads the journal in a folder; null when there is none. Throws an `Error` of one sentence when it cannot be read. */
export function readJournal(folder: string): JournalContents | null {
  const path = journalPath(folder);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new Error(`Could not read ${path} (${code ?? String(error)}): make it a readable file, or remove it.`, { cause: error });
  }
  return parseJournal(bytes, path);
}

/** An incomplete or garbled last line is left out; one before it makes the journal unreadable. */
export function parseJournal(bytes: Buffer, path: string): JournalContents {
  let header: JournalHeader | null = null;
  const items = new Map<string, JournalItem>();
  let length = 0;
  while (length < bytes.length) {
    const newline = bytes.indexOf('\n', length);
    const end = newline === -1 ? bytes.length : newline;
    const next = newline === -1 ? bytes.length : newline + 1;
    const value = parsed(bytes.toString('utf8', length, end));
    const line = header === null ? headerSchema.safeParse(value) : lineSchema.safeParse(value);
    if (!line.success) {
      if (next === bytes.length) break;
      throw new Error(`Could not read ${path}: line ${header === null ? 1 : 'after byte '.concat(String(length))} is no entry of a restore journal.`);
    }
    if (header === null) header = line.data as JournalHeader;
    else keep(items, line.data as JournalLine);
    length = next;
  }
  return { header, items: [...items.values()], length };
}

function keep(items: Map<string, JournalItem>, line: JournalLine): void {
  if (line.kind === 'restored') items.delete(line.key);
  else items.set(keyOf(line), line);
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A journal that is written. The file is made when there is something to write, and removed when nothing is left to put back. */
export class Journal {
  readonly path: string;
  readonly #header: () => JournalHeader;
  readonly #disk: Disk;
  #file: number | null = null;
  /** what was flushed, in bytes */
  #length = 0;

  constructor(folder: string, header: () => JournalHeader, disk: Disk = DISK) {
    this.path = journalPath(folder);
    this.#header = header;
    this.#disk = disk;
  }

  /** Goes on with a journal that was read; half a line at its end is cut off. */
  static reopen(folder: string, { header, length }: JournalContents): Journal {
    const journal = new Journal(folder, () => {
      if (header === null) throw new Error('Could not write the journal: it has no first line.');
      return header;
    });
    journal.#file = openSync(journal.path, 'a');
    ftruncateSync(journal.#file, length);
    journal.#length = length;
    if (length > 0 && readFileSync(journal.path).at(-1) !== NEWLINE) journal.#write('\n');
    return journal;
  }

  /** Returns when the line is on the disk. Throws `JournalError` when it cannot be; the journal is then as it was before. */
  append(line: JournalLine): void {
    const own = `${JSON.stringify(line)}\n`;
    this.#write(this.#file === null ? `${JSON.stringify(this.#header())}\n${own}` : own);
  }

  /** Everything is back. Makes room for another journal. */
  remove(): void {
    if (this.#file === null) return;
    closeSync(this.#file);
    this.#file = null;
    this.#length = 0;
    unlinkSync(this.path);
  }

  #write(text: string): void {
    const isNew = this.#file === null;
    try {
      this.#file ??= this.#create();
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length; ) written += this.#disk.write(this.#file, bytes.subarray(written));
      this.#disk.flush(this.#file);
      if (isNew) flushFolder(dirname(this.path));
      this.#length += bytes.length;
    } catch (error) {
      this.#undo(isNew);
      const { code } = error as NodeJS.ErrnoException;
      const why =
        code === 'EEXIST'
          ? 'an earlier run left one; `npm run restore` puts the camera back from it'
          : `${code ?? String(error)}; make room for it, or set REPORTS_DIR to another folder`;
      throw new JournalError(`Could not write ${this.path}, and without it nothing is changed: ${why}.`, { cause: error });
    }
  }

  #create(): number {
    mkdirSync(dirname(this.path), { recursive: true });
    return openSync(this.path, 'ax', OWNER_ONLY);
  }

  /** Half a line must not stand before a whole one. */
  #undo(isNew: boolean): void {
    if (this.#file === null) return;
    if (isNew) this.remove();
    else ftruncateSync(this.#file, this.#length);
  }
}

const OWNER_ONLY = 0o600;
const NEWLINE = 0x0a;

/** The name of a new file is on the disk when its folder is. Not every system lets a folder be opened. */
function flushFolder(folder: string): void {
  let file: number;
  try {
    file = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(file);
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    closeSync(file);
  }
}

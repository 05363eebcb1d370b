/**
 * The restore journal: what a run is about to change, on disk before the first change of it. JSON lines, only ever appended to,
 * readable for its owner alone, because it can hold passwords. A power cut may leave half a line at its end: that line was never
 * flushed, so that what it names was never changed.
 */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatExact, parseExact } from '../wire/exact-json.ts';
import { headerSchema, type JournalHeader, type JournalItem, type JournalLine, keyOf, keyOfOriginal, lineSchema } from './journal-entry.ts';

export const JOURNAL_NAME = 'restore-journal.jsonl';
export const journalPath = (folder: string): string => join(folder, JOURNAL_NAME);

/** Does away with a journal, whatever it holds: for whoever holds the folder, and was told to. */
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
  /** whose doing it may be that an original is not as it was, by the name of the original */
  readonly traces: ReadonlyMap<string, Trace>;
  /** length of what could be read, in bytes */
  readonly length: number;
}

export interface Trace {
  /** what requests may have changed since it was last seen as it was: names of parameters, or `*` */
  readonly names: ReadonlySet<string>;
  /** why the original is not known; null: it is */
  readonly doubt: string | null;
  /** what another hand changed */
  readonly adopted: readonly (readonly [string, { readonly from?: unknown; readonly to?: unknown }])[];
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
  const traces = new Map<string, Trace>();
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
    else keep({ items, traces }, line.data as JournalLine);
    length = next;
  }
  return { header, items: [...items.values()], traces, length };
}

function keep({ items, traces }: { items: Map<string, JournalItem>; traces: Map<string, Trace> }, line: JournalLine): void {
  switch (line.kind) {
    case 'restored':
      items.delete(line.key);
      break;
    case 'named':
    case 'back':
    case 'adopted':
    case 'doubt': {
      const key = keyOfOriginal(line.get, line.select);
      traces.set(key, traceBehind(traces.get(key) ?? NO_TRACE, line));
      break;
    }
    default:
      items.set(keyOf(line), line);
  }
}

const NO_TRACE: Trace = { names: new Set(), doubt: null, adopted: [] };

function traceBehind(trace: Trace, line: JournalLine & { kind: 'named' | 'back' | 'adopted' | 'doubt' }): Trace {
  switch (line.kind) {
    case 'back':
      return { ...trace, names: new Set() };
    case 'doubt':
      return { ...trace, doubt: line.why };
    case 'adopted':
      return { ...trace, adopted: [...trace.adopted, [line.name, { from: line.from, to: line.to }]] };
    case 'named':
      return { ...trace, names: new Set([...trace.names, ...line.names]) };
  }
}

const parsed = (text: string): unknown => {
  try {
    return parseExact(text);
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
  /** all of it as it is on the disk */
  #bytes: Buffer = NOTHING;

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
    journal.#bytes = readFileSync(journal.path);
    if (length > 0 && journal.#bytes.at(-1) !== NEWLINE) journal.#write('\n');
    return journal;
  }

  /** Returns when the lines are on the disk. Throws `JournalError` when they cannot be; the journal is then as it was before. */
  append(...lines: readonly JournalLine[]): void {
    this.#add(lines, true);
  }

  /** Notes what helps to tell whose a change is. It outlives this process, and a power cut only perhaps. */
  note(line: JournalLine): void {
    this.#add([line], false);
  }

  /** Sees that the journal is still where it will be looked for, and writes it anew where somebody removed it. Throws `JournalError`. */
  ensure(): void {
    if (this.#bytes.length === 0 || this.#isInPlace()) return;
    const whole = this.#bytes;
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    this.#bytes = NOTHING;
    try {
      this.#write(whole.toString('utf8'));
    } catch (error) {
      this.#bytes = whole;
      throw error;
    }
  }

  /** Everything is back. Makes room for another journal; one that is not this one's stays. */
  remove(): void {
    if (this.#file === null) return;
    const isInPlace = this.#isInPlace();
    closeSync(this.#file);
    this.#file = null;
    this.#bytes = NOTHING;
    if (isInPlace) unlinkSync(this.path);
  }

  #add(lines: readonly JournalLine[], isFlushed: boolean): void {
    if (lines.length === 0) return;
    this.ensure();
    const own = lines.map((line) => `${formatExact(line)}\n`).join('');
    this.#write(this.#file === null ? `${JSON.stringify(this.#header())}\n${own}` : own, isFlushed);
  }

  #write(text: string, isFlushed = true): void {
    const isNew = this.#file === null;
    try {
      this.#file ??= this.#create();
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length; ) written += this.#disk.write(this.#file, bytes.subarray(written));
      if (isFlushed || isNew) this.#disk.flush(this.#file);
      if (isNew) flushFolder(dirname(this.path));
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
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

  #isInPlace(): boolean {
    if (this.#file === null) return false;
    try {
      const [own, found] = [fstatSync(this.#file), statSync(this.path)];
      return own.ino === found.ino && own.dev === found.dev;
    } catch {
      return false;
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
    else ftruncateSync(this.#file, this.#bytes.length);
  }
}

const NOTHING = Buffer.alloc(0);
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

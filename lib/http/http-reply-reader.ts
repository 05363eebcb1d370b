/**
 * An incremental, tolerant reader of one HTTP reply. It reads what a lenient client could make sense of and notes each rule
 * that the reply breaks; it never throws. Limits: the head 64 KiB, the whole with all its framing what the caller says.
 */
import type { Deviation } from '../wire/exchange.ts';
import { headerValue } from '../wire/header-value.ts';
import { printable, shorten } from '../wire/printable.ts';
import { ByteStore } from './byte-store.ts';
import { endOfHead, parseHead, type ReplyHead } from './reply-head.ts';

/** One reply as the wire had it, before anything is interpreted or masked. */
export interface RawReply {
  readonly head: ReplyHead;
  /** without the framing of chunks */
  readonly body: Buffer;
  readonly deviations: readonly Deviation[];
}

export type ReadState = 'reading' | 'complete' | 'cut' | 'too-large' | 'not-http';

export interface ReplyReader {
  /** Takes bytes until the state is no longer `reading`. */
  push(chunk: Buffer): ReadState;
  /** The connection ended: `complete` where the close ends the body, else `cut` (head there, body not whole) or `not-http`. */
  end(): ReadState;
  /** The reply so far, null before its head was read. */
  reply(): RawReply | null;
  /** Every byte taken, at most 64 KiB of them. */
  seen(): Buffer;
}

export const MAX_HEAD_BYTES = 64 * 1024;
const MAX_SEEN_BYTES = 64 * 1024;
const MAX_SIZE_LINE = 1024;
const SIZE_LINE = /^[ \t]*([0-9a-fA-F]{1,13})[ \t]*(?:;.*)?$/;
const LOOSE_SIZE_LINE = /^\s*(?:0x)?([0-9a-fA-F]{1,13})\b/i;

type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

const valuesOf = (head: ReplyHead, name: string): readonly string[] =>
  head.headers.filter((header) => header[0].toLowerCase() === name).map((header) => header[1]);

/** How the body ends (RFC 9112, 6.3), with what is odd about it. */
const framingOf = (head: ReplyHead, note: (id: string, detail: string) => void): Framing => {
  if (head.status < 200 || head.status === 204 || head.status === 304) return { kind: 'none' };
  const codings = valuesOf(head, 'transfer-encoding').join(',').toLowerCase();
  const lengths = valuesOf(head, 'content-length').flatMap((value) => value.split(',').map((part) => part.trim()));
  if (lengths.length > 1) note('two-lengths', `Content-Length: ${printable(shorten(lengths.join(', '), 120))}`);
  if (/(?:^|[\s,])chunked\s*$/.test(codings)) {
    if (lengths.length > 0) note('two-framings', 'both Content-Length and Transfer-Encoding: chunked');
    return { kind: 'chunked' };
  }
  const [length] = lengths;
  if (length === undefined) return { kind: 'close' };
  if (/^\d{1,15}$/.test(length)) return { kind: 'length', length: Number(length) };
  note('bad-length', `Content-Length: ${printable(shorten(length, 120))}`);
  return { kind: 'close' };
};

const isInterim = ({ status }: ReplyHead): boolean => status >= 100 && status < 200 && status !== 101;

/** @param maxBytes of the reply as it is on the wire */
export const createReplyReader = (maxBytes: number): ReplyReader => {
  const deviations: Deviation[] = [];
  const note = (id: string, detail: string): void => {
    if (!deviations.some((deviation) => deviation.id === id)) deviations.push({ id, detail });
  };
  const seen: Buffer[] = [];
  let seenBytes = 0;
  let takenBytes = 0;
  const body = new ByteStore();
  let rest: Buffer = Buffer.alloc(0);
  let scanned = 0;
  let head: ReplyHead | null = null;
  let framing: Framing = { kind: 'close' };
  let state: ReadState = 'reading';
  /** bytes left of the present chunk; -1 before a size line, -2 in the trailer, -3 before the line end that follows a chunk */
  let chunkLeft = -1;

  const readHead = (): void => {
    let start = 0;
    while (rest[start] === 13 || rest[start] === 10) start += 1;
    if (start > 0) note('leading-blank-line', `${start} bytes of line ends before the status line`);
    rest = rest.subarray(start);
    const end = endOfHead(rest, Math.max(0, scanned - 3));
    scanned = rest.length;
    if (end < 0) {
      if (rest.length > MAX_HEAD_BYTES) state = 'too-large';
      return;
    }
    const read = parseHead(rest, 0, end);
    rest = rest.subarray(end);
    scanned = 0;
    if (read === null) state = 'not-http';
    else if (isInterim(read)) note('interim-reply', printable(shorten(read.statusLine, 120)));
    else {
      head = read;
      framing = framingOf(read, note);
      if (framing.kind === 'none') state = 'complete';
      if (framing.kind === 'length' && framing.length > maxBytes) state = 'too-large';
    }
  };

  /** The next one, and those that only announce it. */
  const readHeads = (): void => {
    let before = -1;
    while (head === null && state === 'reading' && rest.length !== before) {
      before = rest.length;
      readHead();
    }
  };

  const readLength = (length: number): void => {
    const missing = length - body.length;
    body.push(rest.subarray(0, missing));
    const surplus = rest.length - missing;
    rest = rest.subarray(Math.max(0, missing));
    if (surplus > 0) note('length-mismatch', `${surplus} bytes more than Content-Length: ${length}`);
    if (surplus >= 0 && state === 'reading') state = 'complete';
  };

  /** The next line without its end, or null when it is not there yet. */
  const line = (): string | null => {
    const lf = rest.indexOf(10);
    if (lf < 0) return null;
    const withCr = lf > 0 && rest[lf - 1] === 13;
    if (!withCr) note('bare-lf', 'a line of the chunked framing ends with a line feed alone');
    const text = rest.toString('latin1', 0, withCr ? lf - 1 : lf);
    rest = rest.subarray(lf + 1);
    return text;
  };

  const giveUpChunks = (detail: string): void => {
    note('bad-chunk', detail);
    framing = { kind: 'close' };
    body.push(rest);
    rest = Buffer.alloc(0);
  };

  const readSize = (): boolean => {
    if (rest.indexOf(10) < 0) {
      if (rest.length > MAX_SIZE_LINE) giveUpChunks('no size line where one is due');
      return false;
    }
    const before = rest;
    const text = line() as string;
    const strict = SIZE_LINE.exec(text);
    const size = strict ?? LOOSE_SIZE_LINE.exec(text);
    if (size === null) {
      rest = before;
      giveUpChunks(`size line "${printable(shorten(text, 60))}"`);
      return false;
    }
    if (strict === null) note('bad-chunk', `size line "${printable(shorten(text, 60))}"`);
    chunkLeft = Number.parseInt(size[1] as string, 16);
    if (body.length + chunkLeft > maxBytes) state = 'too-large';
    if (chunkLeft === 0) chunkLeft = -2;
    return true;
  };

  const readLineEnd = (): boolean => {
    if (rest.length === 0 || (rest.length === 1 && rest[0] === 13)) return false;
    if (rest[0] === 10 || (rest[0] === 13 && rest[1] === 10)) line();
    else note('bad-chunk', 'no line end after the data of a chunk');
    chunkLeft = -1;
    return true;
  };

  const readTrailer = (): boolean => {
    const text = line();
    if (text === null) {
      if (rest.length > MAX_HEAD_BYTES) state = 'too-large';
      return false;
    }
    if (text === '') state = 'complete';
    return true;
  };

  const readChunks = (): void => {
    while (state === 'reading' && framing.kind === 'chunked') {
      if (chunkLeft === -1) {
        if (!readSize()) return;
      } else if (chunkLeft === -2) {
        if (!readTrailer()) return;
      } else if (chunkLeft === -3) {
        if (!readLineEnd()) return;
      } else {
        const part = rest.subarray(0, chunkLeft);
        if (part.length === 0) return;
        rest = rest.subarray(part.length);
        chunkLeft -= part.length;
        body.push(part);
        if (chunkLeft === 0) chunkLeft = -3;
      }
    }
  };

  const readBody = (): void => {
    if (framing.kind === 'length') readLength(framing.length);
    else if (framing.kind === 'chunked') readChunks();
    else if (framing.kind === 'close') {
      body.push(rest);
      rest = Buffer.alloc(0);
    }
  };

  return {
    push(chunk) {
      if (seenBytes < MAX_SEEN_BYTES) {
        seen.push(chunk.subarray(0, MAX_SEEN_BYTES - seenBytes));
        seenBytes += chunk.length;
      }
      if (state !== 'reading') return state;
      const within = chunk.subarray(0, maxBytes - takenBytes);
      takenBytes += chunk.length;
      rest = rest.length === 0 ? within : Buffer.concat([rest, within]);
      readHeads();
      if (head !== null && state === 'reading') readBody();
      if (takenBytes > maxBytes && state === 'reading') state = 'too-large';
      return state;
    },
    end() {
      if (state !== 'reading') return state;
      if (head === null) state = 'not-http';
      else if (framing.kind === 'close') state = 'complete';
      else if (framing.kind === 'chunked' && chunkLeft === -2) {
        note('bad-chunk', 'the connection ended before the blank line after the last chunk');
        state = 'complete';
      } else {
        if (framing.kind === 'length') note('length-mismatch', `${body.length} bytes came of Content-Length: ${framing.length}`);
        else note('bad-chunk', `the connection ended before the last chunk, after ${body.length} bytes`);
        state = 'cut';
      }
      return state;
    },
    reply: () => (head === null ? null : { head, body: body.bytes(), deviations: [...head.deviations, ...deviations] }),
    seen: () => Buffer.concat(seen),
  };
};

/** Whether the head promises that the connection outlives this reply (RFC 9112, 9.3): not announced to close, and a body that ends without it. */
export const mayBeKept = (head: ReplyHead): boolean => {
  const connection = headerValue(head.headers, 'connection')?.toLowerCase() ?? '';
  if (head.statusLine.startsWith('HTTP/1.1') ? connection.includes('close') : !connection.includes('keep-alive')) return false;
  return headerValue(head.headers, 'content-length') !== undefined || headerValue(head.headers, 'transfer-encoding') !== undefined;
};

/**
 * The incremental reader of an RTSP connection: bytes in whatever segmentation become requests, responses and interleaved
 * frames. It is tolerant and a judge's ear at once: what breaks a rule is noted, with the dialogue going on where a patient
 * client could go on. Every length has a limit with a name. It never throws.
 */

import type { Deviation } from '../wire/exchange.ts';
import { headerValue } from '../wire/header-value.ts';
import { quotedLine } from '../wire/printable.ts';
import { createHeaderLines, type HeaderLines } from './header-lines.ts';
import type { InterleavedFrame, Received, RtspMessage, RtspRequest, RtspResponse } from './messages.ts';
import { parseStartLine, type StartLine } from './start-line.ts';

/** Bytes, but for `headerLines`, which counts lines. A frame's length has 16 bits and needs no smaller limit. */
export const LIMITS = { startLine: 4096, headerLine: 8192, headerLines: 200, body: 1024 * 1024, frame: 65_535, stray: 64 * 1024 } as const;
export type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

export type ReaderEvent =
  | { readonly kind: 'request'; readonly received: Received<RtspRequest> }
  | { readonly kind: 'response'; readonly received: Received<RtspResponse> }
  | InterleavedFrame
  /** bytes between messages that belong to none */
  | { readonly kind: 'stray'; readonly deviation: Deviation }
  /** nothing after this can be understood; all further bytes are ignored */
  | { readonly kind: 'fault'; readonly reason: 'too-large' | 'not-rtsp'; readonly detail: string };

export interface MessageReader {
  push(chunk: Buffer): readonly ReaderEvent[];
  /**
   * Ends a body that is not whole, for when no more bytes come: the message with `length-mismatch` or `missing-length`.
   * The reader then stands before the next message. No events when no body is open.
   */
  giveUpBody(): readonly ReaderEvent[];
  /** Whether it reads a body of which no header gives the length: only silence or the next message ends that. */
  isMeasureless(): boolean;
  /** Whether it waits for the rest of a body whose length is known. */
  isInBody(): boolean;
}

type State = 'between' | 'headers' | 'body' | 'measureless' | 'failed';

const LF = 10;
const CR = 13;
const DOLLAR = 0x24;
const NOTHING = Buffer.alloc(0);
/** How a start line may begin; behind it a `$` belongs to the line. */
const MAY_BE_START_LINE = /^(?:RTSP\/|[A-Z_]{3,40} )/;

export const createReader = (limits: Limits = LIMITS): MessageReader => {
  let state: State = 'between';
  let rest: Buffer = NOTHING;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  /** bytes that must be there before reading can go on: spares joining buffers again and again */
  let needed = 1;
  let events: ReaderEvent[] = [];
  let understood = false;
  let strayBytes = 0;
  let hadBody = false;

  let startLine: StartLine | null = null;
  let lines: HeaderLines = createHeaderLines();
  let bodyBytes = 0;
  let measureless: Buffer[] = [];

  const consume = (bytes: number): Buffer => {
    const taken = rest.subarray(0, bytes);
    rest = rest.subarray(bytes);
    return taken;
  };
  const wait = (bytes: number): false => {
    needed = bytes;
    return false;
  };
  const fail = (reason: 'too-large' | 'not-rtsp', detail: string): false => {
    state = 'failed';
    rest = NOTHING;
    events.push({ kind: 'fault', reason, detail });
    return false;
  };
  /** The next line with its end; null when it is not there yet or breaks its limit. */
  const takeLine = (limit: 'startLine' | 'headerLine' | 'body'): Buffer | null => {
    const end = rest.indexOf(LF);
    if ((end < 0 ? rest.length : end) > limits[limit]) {
      fail('too-large', `a line of more than ${limits[limit]} bytes, beginning "${quotedLine(rest.toString('latin1', 0, 60))}"`);
      return null;
    }
    if (end < 0) wait(rest.length + 1);
    return end < 0 ? null : consume(end + 1);
  };

  const stray = (bytes: Buffer): true => {
    const text = bytes.toString('latin1');
    strayBytes += bytes.length;
    const blank = text.trim() === '';
    const id = blank ? 'blank-line' : hadBody ? 'length-mismatch' : 'stray-bytes';
    const what = hadBody ? 'behind the body that Content-Length counts' : 'between messages';
    events.push({ kind: 'stray', deviation: { id, detail: `${bytes.length} bytes ${what}${blank ? '' : `: "${quotedLine(text)}"`}` } });
    if (strayBytes > limits.stray) fail('not-rtsp', `more than ${limits.stray} bytes that belong to no message`);
    return true;
  };

  const emit = (body: Buffer, more: readonly Deviation[]): void => {
    if (startLine === null) return;
    const message = { ...startLine, headers: lines.headers(), body } as RtspMessage;
    const received = { message, head: lines.text(), deviations: [...lines.deviations(), ...more] };
    events.push({ kind: message.kind, received } as ReaderEvent);
    hadBody = body.length > 0;
    startLine = null;
    state = 'between';
  };

  const readFrame = (): boolean => {
    if (rest.length < 4) return wait(4);
    const length = rest.readUInt16BE(2);
    if (length > limits.frame) return fail('too-large', `an interleaved frame of ${length} bytes`);
    if (rest.length < 4 + length) return wait(4 + length);
    const frame = consume(4 + length);
    events.push({ kind: 'frame', channel: frame[1] as number, payload: frame.subarray(4) });
    hadBody = false;
    understood = true;
    return true;
  };

  const readStartLine = (): boolean => {
    if (rest[0] === DOLLAR) return readFrame();
    if (rest[0] === LF) return stray(consume(1));
    if (rest[0] === CR && rest.length === 1) return wait(2);
    if (rest[0] === CR && rest[1] === LF) return stray(consume(2));
    const dollar = rest.indexOf(DOLLAR);
    const end = rest.indexOf(LF);
    if (dollar > 0 && (end < 0 || dollar < end) && understood && !MAY_BE_START_LINE.test(rest.toString('latin1', 0, dollar)))
      return stray(consume(dollar));
    const bytes = takeLine('startLine');
    if (bytes === null) return false;
    const text = bytes.toString('latin1').replace(/\r?\n$/, '');
    const parsed = parseStartLine(text);
    if (parsed === null) {
      if (!understood || text.startsWith('HTTP/')) return fail('not-rtsp', `it sent "${quotedLine(text)}"`);
      const inside = text.indexOf('RTSP/1.', 1);
      // A server's own request has its version at the end; what follows a body that is too long for its length has it in front.
      if (inside < 0 || !/^RTSP\/1\.\d \d{3}/.test(text.slice(inside))) return stray(bytes);
      rest = Buffer.concat([bytes.subarray(inside), rest]);
      return stray(bytes.subarray(0, inside));
    }
    understood = true;
    startLine = parsed.line;
    lines = createHeaderLines();
    lines.start(bytes.toString('latin1'), parsed.deviations);
    state = 'headers';
    return true;
  };

  const readHeaderLine = (): boolean => {
    const bytes = takeLine('headerLine');
    if (bytes === null) return false;
    if (lines.add(bytes.toString('latin1'))) {
      if (lines.count() > limits.headerLines) return fail('too-large', `a head of more than ${limits.headerLines} lines`);
      return true;
    }
    const length = lines.contentLength();
    const type = headerValue(lines.headers(), 'content-type') ?? headerValue(lines.headers(), 'context-type') ?? '';
    if (length !== null && length > limits.body) return fail('too-large', `a body of ${length} bytes`);
    if (length === null && startLine?.kind === 'response' && /sdp/i.test(type)) {
      state = 'measureless';
      measureless = [];
      bodyBytes = 0;
    } else if (length === null || length === 0) emit(NOTHING, []);
    else {
      state = 'body';
      bodyBytes = length;
    }
    return true;
  };

  const readBody = (): boolean => {
    if (rest.length < bodyBytes) return wait(bodyBytes);
    // A copy: what is kept as evidence must not hold the whole chunk.
    emit(Buffer.from(consume(bodyBytes)), []);
    return true;
  };

  const endMeasureless = (): true => {
    const body = Buffer.concat(measureless);
    emit(body, body.length === 0 ? [] : [{ id: 'missing-length', detail: `${body.length} bytes of body that no Content-Length counts` }]);
    return true;
  };
  const readMeasureless = (): boolean => {
    if (rest[0] === DOLLAR) return endMeasureless();
    const line = takeLine('body');
    if (line === null) return false;
    if (parseStartLine(line.toString('latin1').replace(/\r?\n$/, '')) !== null) {
      rest = Buffer.concat([line, rest]);
      return endMeasureless();
    }
    measureless.push(Buffer.from(line));
    bodyBytes += line.length;
    return bodyBytes <= limits.body || fail('too-large', `a body of more than ${limits.body} bytes`);
  };

  const step = (): boolean => {
    switch (state) {
      case 'between':
        return readStartLine();
      case 'headers':
        return readHeaderLine();
      case 'body':
        return readBody();
      case 'measureless':
        return readMeasureless();
      case 'failed':
        return false;
    }
  };

  const gather = (): void => {
    rest = waiting.length === 1 && rest.length === 0 ? (waiting[0] as Buffer) : Buffer.concat([rest, ...waiting]);
    waiting = [];
    waitingBytes = 0;
  };
  const taken = (): readonly ReaderEvent[] => {
    const result = events;
    events = [];
    return result;
  };

  return {
    push(chunk) {
      if (state === 'failed' || chunk.length === 0) return [];
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (rest.length + waitingBytes < needed) return [];
      gather();
      needed = 1;
      while (rest.length > 0 && step());
      return taken();
    },
    giveUpBody() {
      gather();
      needed = 1;
      if (state === 'measureless') {
        if (rest.length > 0) measureless.push(Buffer.from(consume(rest.length)));
        endMeasureless();
      } else if (state === 'body') {
        const missing = bodyBytes - rest.length;
        emit(Buffer.from(consume(rest.length)), [
          { id: 'length-mismatch', detail: `${bodyBytes - missing} bytes came of Content-Length: ${bodyBytes}` },
        ]);
      }
      return taken();
    },
    isMeasureless: () => state === 'measureless',
    isInBody: () => state === 'body',
  };
};

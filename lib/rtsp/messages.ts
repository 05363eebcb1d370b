/** What goes over an RTSP connection (RFC 2326, 4, 6, 7 and 10.12): requests, responses and interleaved frames. The layer below all others. */
import type { Deviation } from '../wire/exchange.ts';

export const RTSP_VERSION = 'RTSP/1.0';
const DOLLAR = 0x24;

/** Order and spelling are those of the wire. */
export type Header = readonly [name: string, value: string];

export interface RtspRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly url: string;
  readonly version: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export interface RtspResponse {
  readonly kind: 'response';
  readonly version: string;
  readonly status: number;
  /** empty when the line has none */
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export type RtspMessage = RtspRequest | RtspResponse;

export interface InterleavedFrame {
  readonly kind: 'frame';
  /** 0 to 255 */
  readonly channel: number;
  /** 0 to 65535 bytes */
  readonly payload: Buffer;
}

/** A message as the reader took it off the wire. */
export interface Received<M extends RtspMessage> {
  readonly message: M;
  /** start line and header lines with their ends as received, latin1 */
  readonly head: string;
  readonly deviations: readonly Deviation[];
}

/** What a camera put into a URL, a nonce or a session id must not end our line. */
const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, ' ');

export const formatStartLine = (message: RtspMessage): string =>
  oneLine(
    message.kind === 'request'
      ? `${message.method} ${message.url} ${message.version}`
      : `${message.version} ${String(message.status).padStart(3, '0')} ${message.reason}`,
  );

/** Start line, header lines and the blank line. Content-Length is the caller's. */
export const formatHead = (message: RtspMessage): string =>
  [formatStartLine(message), ...message.headers.map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`), '', ''].join('\r\n');

/** The bytes of a message; the head is latin1. */
export const formatMessage = (message: RtspMessage): Buffer => Buffer.concat([Buffer.from(formatHead(message), 'latin1'), message.body]);

/** @throws RangeError for a channel beyond 255 or a payload beyond 65535 bytes */
export const formatFrame = ({ channel, payload }: Omit<InterleavedFrame, 'kind'>): Buffer => {
  const bytes = Buffer.allocUnsafe(4 + payload.length);
  bytes[0] = DOLLAR;
  bytes.writeUInt8(channel, 1);
  bytes.writeUInt16BE(payload.length, 2);
  payload.copy(bytes, 4);
  return bytes;
};

/** A body as text, or null when its bytes are no UTF-8 text. */
export const textOfBody = (body: Buffer): string | null => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text
    return /[\x00-\x08\x0e-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
};

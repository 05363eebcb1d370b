/** HTTP requests and replies as the camera sees them, whatever server carries them. */
import type { IncomingMessage } from 'node:http';

/** Pictures and files go another way. */
export const MAX_BODY_BYTES = 262_144;

export interface HttpRequest extends Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'httpVersionMinor'> {
  /** what follows its head; of POST alone */
  readonly body?: string;
  /** where it comes from */
  readonly address?: string | undefined;
}

export interface HttpReply {
  readonly version: '1.0' | '1.1';
  readonly status: number;
  /** in the order of sending, as spelt */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** whether the connection ends with it */
  readonly ends: boolean;
  /** sizes of its chunks in turn, where the head says that it has any; one chunk when absent */
  readonly chunks?: readonly number[];
}

/** Where the one reply to a request goes. */
export interface HttpResponse {
  /** `sent` runs when the last byte was handed over */
  send(reply: HttpReply, sent?: () => void): void;
  /** bytes in place of a reply, and the end of the connection */
  raw(bytes: string): void;
}

export type Listener = (request: HttpRequest, response: HttpResponse) => void;

export const headerOf = ({ headers }: HttpReply, name: string): string | undefined => headers.find(([each]) => each.toLowerCase() === name)?.[1];

/** A reply without the headers of these names, in small letters. */
export const withoutHeaders = (reply: HttpReply, ...names: readonly string[]): HttpReply => ({
  ...reply,
  headers: reply.headers.filter(([name]) => !names.includes(name.toLowerCase())),
});

/** A reply with one header of this name; null: with none. */
export const withHeader = (reply: HttpReply, name: string, value: string | null): HttpReply => {
  const { headers } = withoutHeaders(reply, name.toLowerCase());
  return { ...reply, headers: value === null ? headers : [...headers, [name, value]] };
};

/** The same as the last one of its connection, which says so. */
export const closing = (reply: HttpReply): HttpReply => ({ ...withHeader(reply, 'Connection', 'close'), ends: true });

/** Another body, its length with it where one is told. */
export const withBody = (reply: HttpReply, body: Uint8Array): HttpReply => ({
  ...reply,
  body,
  headers: reply.headers.map(([name, value]) => (name.toLowerCase() === 'content-length' ? [name, String(body.length)] : [name, value])),
});

const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 400: 'Bad Request', 401: 'Unauthorized', 404: 'Not Found', 405: 'Method Not Allowed' };

export function formatHead({ version, status, headers }: HttpReply): string {
  const lines = [`HTTP/${version} ${status} ${REASONS[status] ?? 'Internal Server Error'}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The body as it follows the head: in chunks where the head says so. */
export function formatBody(reply: HttpReply): Uint8Array {
  if (headerOf(reply, 'transfer-encoding')?.toLowerCase() !== 'chunked') return reply.body;
  if (reply.chunks !== undefined && reply.chunks.length > 0) return inChunks(reply.body, reply.chunks);
  const size = reply.body.length === 0 ? '' : `${reply.body.length.toString(16)}\r\n`;
  return Buffer.concat([Buffer.from(size), reply.body, Buffer.from(size === '' ? '0\r\n\r\n' : '\r\n0\r\n\r\n')]);
}

function inChunks(body: Uint8Array, sizes: readonly number[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < body.length; turn += 1) {
    const chunk = body.subarray(at, at + Math.max(1, sizes[turn % sizes.length] ?? 1));
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
    at += chunk.length;
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

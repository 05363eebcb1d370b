/**
 * HTTP as the document's examples show it: the endpoints, the query, the framing of replies. Listens on one port, for a
 * moment on two while the port moves, and on none while the camera restarts.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { HttpHabits } from './http-habits.ts';
import { formatHead, type HttpReply, type HttpRequest, type HttpResponse, type Listener, MAX_BODY_BYTES } from './http-message.ts';
import { createRawServer, type RawServer } from './raw-server.ts';
import { createTime, type Time } from './time.ts';

export const CGI_PATH = '/action/cgi_action';

/** What listens on one port. */
type Listening = RawServer;

/** Long queries: a week's schedule, percent-encoded, has 6 kB. */
const MAX_HEADER_BYTES = 65_536;
/** for how long a restart takes the camera away, unless it has habits of its own */
export const DOWNTIME_MS = 300;
const RETRY_MS = 100;

export class HttpFront {
  readonly #host: string;
  readonly #listener: Listener;
  readonly #log: (line: string) => void;
  readonly #habits: HttpHabits | undefined;
  readonly #time: Time;
  #servers: Listening[] = [];
  #port = 0;
  #bootedAt = Date.now();
  #boots = 0;
  #cancelReturn: (() => void) | undefined;
  #closed = false;

  /**
   * @param habits of a camera that writes its replies itself; without any an ordinary server writes them
   * @param time in which it is away
   */
  constructor(host: string, listener: Listener, log: (line: string) => void, habits?: HttpHabits, time: Time = createTime()) {
    this.#host = host;
    this.#listener = listener;
    this.#log = log;
    this.#habits = habits;
    this.#time = time;
  }

  /** the port opened last */
  get port(): number {
    return this.#port;
  }

  /** how often the camera has started again */
  get boots(): number {
    return this.#boots;
  }

  get uptimeMs(): number {
    return Date.now() - this.#bootedAt;
  }

  /** Listens on one port more; rejects with the system's error where it cannot be had. */
  async open(port: number): Promise<void> {
    const listening = this.#create();
    const { server } = listening;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.#host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    if (this.#closed) {
      server.close();
      return;
    }
    server.on('error', (error) => this.#log(`Server: ${error.message}`));
    this.#servers.push(listening);
    this.#port = (server.address() as AddressInfo).port;
  }

  #create(): Listening {
    if (this.#habits) return createRawServer(this.#listener, this.#habits, MAX_HEADER_BYTES, this.#time);
    const options = { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 60_000, noDelay: true };
    const server = createServer(options, (request, response) => {
      const { method, url, headers, httpVersionMinor, socket } = request;
      const known: HttpRequest = { method, url, headers, httpVersionMinor, address: socket.remoteAddress };
      if (method !== 'POST') return this.#listener(known, ordinaryResponse(response));
      readBody(request, (body) => this.#listener({ ...known, body }, ordinaryResponse(response)));
    });
    return { server, closeAllConnections: () => server.closeAllConnections() };
  }

  /** Ends all servers but the newest, with their connections. */
  closeOld(): void {
    for (const server of this.#servers.splice(0, this.#servers.length - 1)) end(server);
  }

  /** Gone for a moment, then back: on the same port, or on another one where it can be had. */
  restart(port = this.#port, awayMs = DOWNTIME_MS): void {
    if (this.#closed || this.#cancelReturn) return;
    for (const server of this.#servers.splice(0)) end(server);
    this.#comeBack(awayMs, port);
  }

  /** Not to be reached for so long; back on its port, and as it was. */
  goAway(ms: number): void {
    if (this.#closed || this.#cancelReturn) return;
    for (const server of this.#servers.splice(0)) end(server);
    this.#comeBack(ms, this.#port, this.#bootedAt);
  }

  #comeBack(delayMs: number, port: number, bootedAt?: number): void {
    this.#cancelReturn = this.#time.after(delayMs, async () => {
      try {
        await this.open(port);
        this.#bootedAt = bootedAt ?? Date.now();
        if (bootedAt === undefined) this.#boots += 1;
        this.#cancelReturn = undefined;
      } catch (error) {
        this.#log(`Restart: port ${port} is taken (${error instanceof Error ? error.message : error}), trying ${this.#port}.`);
        if (!this.#closed) this.#comeBack(RETRY_MS, this.#port, bootedAt);
      }
    });
  }

  /** Resolves when nothing listens and no connection is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelReturn?.();
    await Promise.all(this.#servers.splice(0).map(end));
  }
}

/** Nothing is made of a request that ends before its body, or whose body is too long for a camera. */
function readBody(request: IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on('error', () => undefined);
  request.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
}

function end({ server, closeAllConnections }: { readonly server: Server; closeAllConnections(): void }): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    closeAllConnections();
  });
}

/** Over node's own server; what HTTP/1.1 does not say, such as HTTP/1.0, goes straight to the socket. */
function ordinaryResponse(response: ServerResponse): HttpResponse {
  const straight = (...parts: readonly (string | Uint8Array)[]): void => {
    const socket: Socket | null = response.socket;
    if (!socket) return;
    response.detachSocket(socket);
    for (const part of parts) socket.write(part);
    socket.end();
  };
  return {
    raw: (bytes) => straight(bytes),
    send: (reply, sent) => {
      if (reply.version === '1.0') return straight(formatHead(reply), reply.body);
      response.sendDate = false;
      response.writeHead(reply.status, reply.headers.flat());
      response.end(reply.body, sent);
    },
  };
}

/** Parameters of a query by name, the last of each; `+` is a blank, and what is no percent encoding stays as it is. */
export function parseQuery(url: string): { path: string; query: ReadonlyMap<string, string> } {
  const mark = url.indexOf('?');
  const query = new Map<string, string>();
  if (mark === -1) return { path: url, query };
  for (const pair of url.slice(mark + 1).split('&')) {
    const equals = pair.indexOf('=');
    if (equals === -1) query.set(decode(pair), '');
    else query.set(decode(pair.slice(0, equals)), decode(pair.slice(equals + 1)));
  }
  return { path: url.slice(0, mark), query };
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
  }
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun Dec  2 02:39:43 2001`, the form of the document's examples, which HTTP still lets a receiver meet (RFC 9110, 5.6.7). */
export function formatDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = String(date.getUTCDate()).padStart(2, ' ');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${time} ${date.getUTCFullYear()}`;
}

let shownSecond = -1;
let shownDate = '';

function dateNow(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== shownSecond) {
    shownSecond = second;
    shownDate = formatDate(second);
  }
  return shownDate;
}

/** A reply of `cgi_action` and `telnet`: headers and their order as in 1.1. `sent` runs when the last byte was handed over. */
export function sendText(
  request: HttpRequest,
  response: HttpResponse,
  status: number,
  body: string,
  sent?: () => void,
  more: HttpReply['headers'] = [],
): void {
  const chunked = request.httpVersionMinor > 0;
  const keepAlive = chunked && request.headers.connection?.toLowerCase() !== 'close';
  const bytes = Buffer.from(body);
  const headers: HttpReply['headers'] = [
    ['Date', dateNow()],
    chunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(bytes.length)],
    ['Connection', keepAlive ? 'keep-alive' : 'close'],
    ['X-Frame-Options', 'SAMEORIGIN'],
    ...more,
  ];
  response.send({ version: '1.1', status, headers, body: bytes, ends: !keepAlive }, sent);
}

/** A picture as in 3: HTTP/1.0, its length and type, and the end of the connection. */
export function sendPicture(response: HttpResponse, type: string, bytes: Uint8Array): void {
  const headers: HttpReply['headers'] = [
    ['Content-Length', String(bytes.length)],
    ['Content-Type', type],
  ];
  response.send({ version: '1.0', status: 200, headers, body: bytes, ends: true });
}

/** Bytes in place of a reply, and the end of the connection: where a test plants a fault that no HTTP server would send. */
export const sendRaw = (response: HttpResponse, bytes: string): void => response.raw(bytes);

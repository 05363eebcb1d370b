/**
 * HTTP as the document's examples show it: the endpoints, the query, the framing of replies. Listens on one port, for a
 * moment on two while the port moves, and on none while the camera restarts.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Long queries: a week's schedule, percent-encoded, has 6 kB. */
const MAX_HEADER_BYTES = 65_536;
const DOWNTIME_MS = 300;
const RETRY_MS = 100;

export class HttpFront {
  readonly #host: string;
  readonly #listener: Listener;
  readonly #log: (line: string) => void;
  #servers: Server[] = [];
  #port = 0;
  #bootedAt = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(host: string, listener: Listener, log: (line: string) => void) {
    this.#host = host;
    this.#listener = listener;
    this.#log = log;
  }

  /** the port opened last */
  get port(): number {
    return this.#port;
  }

  get uptimeMs(): number {
    return Date.now() - this.#bootedAt;
  }

  /** Listens on one port more; rejects with the system's error where it cannot be had. */
  async open(port: number): Promise<void> {
    const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 60_000, noDelay: true }, this.#listener);
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
    this.#servers.push(server);
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Ends all servers but the newest, with their connections. */
  closeOld(): void {
    for (const server of this.#servers.splice(0, this.#servers.length - 1)) end(server);
  }

  /** Gone for about 300 ms, then back on the same port. */
  restart(): void {
    if (this.#closed || this.#timer) return;
    for (const server of this.#servers.splice(0)) end(server);
    this.#comeBack(DOWNTIME_MS);
  }

  #comeBack(delayMs: number): void {
    this.#timer = setTimeout(async () => {
      try {
        await this.open(this.#port);
        this.#bootedAt = Date.now();
        this.#timer = undefined;
      } catch (error) {
        this.#log(`Restart: port ${this.#port} is taken (${error instanceof Error ? error.message : error}), trying again.`);
        if (!this.#closed) this.#comeBack(RETRY_MS);
      }
    }, delayMs);
  }

  /** Resolves when nothing listens and no connection is left. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#servers.splice(0).map(end));
  }
}

function end(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
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
export function sendText(request: IncomingMessage, response: ServerResponse, status: number, body: string, sent?: () => void): void {
  const chunked = request.httpVersionMinor > 0;
  const keepAlive = chunked && request.headers.connection?.toLowerCase() !== 'close';
  response.sendDate = false;
  const framing = chunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(Buffer.byteLength(body))];
  const connection = keepAlive ? 'keep-alive' : 'close';
  response.writeHead(status, ['Date', dateNow(), ...framing, 'Connection', connection, 'X-Frame-Options', 'SAMEORIGIN']);
  response.end(body, sent);
}

/** A picture as in 3: HTTP/1.0, its length and type, and the end of the connection. */
export function sendPicture(response: ServerResponse, type: string, bytes: Uint8Array): void {
  const socket: Socket | null = response.socket;
  if (!socket) return;
  response.detachSocket(socket);
  socket.write(`HTTP/1.0 200 OK\r\nContent-Length: ${bytes.length}\r\nContent-Type: ${type}\r\n\r\n`);
  socket.end(bytes);
}

/** Bytes in place of a reply, and the end of the connection: where a test plants a fault that no HTTP server would send. */
export function sendRaw(response: ServerResponse, bytes: string): void {
  const socket: Socket | null = response.socket;
  if (!socket) return;
  response.detachSocket(socket);
  socket.end(bytes);
}

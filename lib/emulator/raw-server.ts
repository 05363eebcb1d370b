/**
 * An HTTP server by hand, for cameras whose replies no library would send: it writes each byte itself, and serves its connections
 * as its habits say. One request after the other on each connection; a body is as long as its head says.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { HttpHabits } from './http-habits.ts';
import { formatBody, formatHead, type HttpReply, type HttpRequest, type Listener, MAX_BODY_BYTES } from './http-message.ts';
import { inPieces } from './pieces.ts';
import { createTime, type Time } from './time.ts';

export interface RawServer {
  readonly server: Server;
  /** ends the connections, those in the middle of a reply, too */
  closeAllConnections(): void;
}

const REQUEST_LINE = /^([A-Z]+) (\S.*) HTTP\/1\.(\d)$/;

/** @param time in which its habits take their time */
export function createRawServer(listener: Listener, habits: HttpHabits, maxHeaderBytes: number, time: Time = createTime()): RawServer {
  const sockets = new Set<Socket>();
  /** connections in the order of their coming, with whether they are being answered */
  const answering = new Set<Socket>();
  let turn: Promise<void> = Promise.resolve();

  /** `left` is given what has to happen when the client leaves before its reply has gone out */
  const answer = (socket: Socket, out: NodeJS.WritableStream, request: HttpRequest, left: (forget: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      if (socket.destroyed) return resolve();
      const raw = (bytes: string): void => {
        out.end(bytes, 'latin1');
        resolve();
      };
      const send = (plain: HttpReply, sent?: () => void): void => {
        const reply = habits.reply?.(plain, request) ?? plain;
        const head = formatHead(reply);
        const bytes = Buffer.concat([Buffer.from(habits.head?.(head, request) ?? head, 'latin1'), formatBody(reply)]);
        const done = (): void => {
          sent?.();
          resolve();
        };
        if (reply.ends) out.end(bytes, done);
        else out.write(bytes, done);
      };
      const act = (): void => {
        const instead = habits.request?.(request);
        if (instead === 'drop') socket.destroy();
        else if (instead !== undefined) send(instead);
        else listener(request, { send, raw });
      };
      const delayMs = habits.delayMs?.(request) ?? 0;
      const callOff = delayMs > 0 ? time.after(delayMs, act) : undefined;
      left(() => {
        callOff?.();
        resolve();
      });
      if (delayMs <= 0) act();
    });

  const serve = (socket: Socket): void => {
    const out = habits.inPieces ? inPieces(socket) : socket;
    let held = Buffer.alloc(0);
    let leave = (): void => undefined;
    const left = (forget: () => void): void => {
      leave = forget;
    };
    socket.on('close', () => leave());
    const next = (): void => {
      if (answering.has(socket) || socket.destroyed) return;
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) {
        if (held.length > maxHeaderBytes) socket.destroy();
        return;
      }
      const head = parseRequest(held.toString('utf8', 0, end));
      const length = Math.min(MAX_BODY_BYTES, Number(head?.headers['content-length'] ?? 0) || 0);
      if (held.length < end + 4 + length) return;
      const body = length === 0 ? {} : { body: held.toString('utf8', end + 4, end + 4 + length) };
      const request = head && { ...head, ...body, address: socket.remoteAddress };
      held = held.subarray(end + 4 + length);
      if (request === null) {
        out.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
        return;
      }
      if (habits.oneAtATime === 'close' && answering.size > 0) {
        socket.destroy();
        return;
      }
      answering.add(socket);
      const answered = habits.oneAtATime === 'wait' ? turn.then(() => answer(socket, out, request, left)) : answer(socket, out, request, left);
      turn = answered;
      void answered.then(() => {
        answering.delete(socket);
        next();
      });
    };
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      next();
    });
  };

  const server = createServer({ noDelay: true }, (socket) => {
    // Who serves one at a time has no place for idle connections beside it.
    if (habits.oneAtATime) for (const other of sockets) if (!answering.has(other)) other.end();
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    serve(socket);
  });
  return {
    server,
    closeAllConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function parseRequest(head: string): HttpRequest | null {
  const [first = '', ...lines] = head.split('\r\n');
  const parts = REQUEST_LINE.exec(first);
  if (parts === null) return null;
  const headers = Object.fromEntries(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
  return { method: parts[1], url: parts[2], httpVersionMinor: Number(parts[3]), headers };
}

/** The RTSP server of the camera: listens, keeps its connections, and ends without leaving a descriptor or timer. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Account } from '../account.ts';
import { inPieces } from '../pieces.ts';
import type { Store } from '../store.ts';
import { createTime, type Time } from '../time.ts';
import type { View } from '../view.ts';
import { MOST_WAITING, type UdpPair } from './carrier.ts';
import { createDialogue, type StreamHost } from './dialogue.ts';
import { createRequestReader } from './request-reader.ts';
import { formatResponse, type RtspResponse } from './response.ts';
import { createSessions, type Sessions } from './session.ts';
import { createSources } from './source.ts';
import { type Channel, programsOf, streamSettings } from './stream-settings.ts';
import type { StreamTamper } from './stream-tamper.ts';
import { closeUdpPair, openUdpPair } from './udp-pair.ts';

export interface RtspServerParts {
  readonly host: string;
  readonly account: Account;
  readonly store: Store;
  /** one line for each request */
  readonly log: (line: string) => void;
  readonly tamper?: StreamTamper | undefined;
  /** where the camera looks when a stream is asked for; it looks there as long as that stream plays */
  readonly view?: () => View;
  /** in ms */
  readonly now?: () => number;
  /** for how long it stays away */
  readonly time?: Time;
}

const CHANNELS: Readonly<Record<string, Channel>> = { '/stream_0': 0, '/stream_1': 1 };
const SWEEP_MS = 1000;
const RETRY_MS = 100;

export class RtspServer {
  readonly #parts: RtspServerParts;
  readonly #now: () => number;
  readonly #sessions: Sessions;
  /** connections, with when each was heard of last */
  readonly #sockets = new Map<Socket, number>();
  #servers: Server[] = [];
  #udp: UdpPair | undefined;
  #timer: NodeJS.Timeout | undefined;
  #port = 0;
  #isClosed = false;
  #cancelReturn: (() => void) | undefined;

  constructor(parts: RtspServerParts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => performance.now());
    this.#sessions = createSessions(createSources(), this.#now, parts.tamper?.sessions);
  }

  /** the port opened last */
  get port(): number {
    return this.#port;
  }

  get sessions(): number {
    return this.#sessions.count;
  }

  /** Listens on one port more (0: any); rejects with the system's error where it cannot be had. */
  async open(port: number): Promise<void> {
    this.#udp ??= await openUdpPair(this.#parts.host, (_, address, from) => this.#sessions.heard(address, from));
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.#parts.host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    if (this.#isClosed) {
      server.close();
      return;
    }
    server.on('error', (error) => this.#parts.log(`RTSP: ${error.message}`));
    this.#servers.push(server);
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Stops listening on all ports but the newest; who is connected stays. */
  closeOld(): void {
    for (const server of this.#servers.splice(0, this.#servers.length - 1)) server.close();
  }

  /** Ends all connections and with them all sessions, as a restart of the camera does. */
  disconnectAll(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  /** Ends all connections and stops listening for so long, as an encoder that restarts does; again while it is away: from then on. */
  goAway(ms: number): void {
    if (this.#isClosed) return;
    for (const server of this.#servers.splice(0)) server.close();
    this.disconnectAll();
    this.#comeBack(ms);
  }

  #comeBack(ms: number): void {
    this.#cancelReturn?.();
    this.#cancelReturn = (this.#parts.time ?? createTime()).after(ms, async () => {
      this.#cancelReturn = undefined;
      // Where its port was changed meanwhile, it is back already.
      if (this.#isClosed || this.#servers.length > 0) return;
      try {
        await this.open(this.#port);
      } catch (error) {
        this.#parts.log(`RTSP: port ${this.#port} is taken (${error instanceof Error ? error.message : error}), trying again.`);
        if (!this.#isClosed) this.#comeBack(RETRY_MS);
      }
    });
  }

  /** Ends what was silent for too long: sessions, and connections without any. */
  sweep(): void {
    this.#sessions.expire();
    for (const [socket, heardAt] of this.#sockets) {
      if (this.#now() - heardAt > this.#sessions.seconds * 1000 && !this.#sessions.isUsed(socket)) socket.destroy();
    }
  }

  /** Resolves when nothing listens and no connection is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelReturn?.();
    const closed = this.#servers.splice(0).map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    this.disconnectAll();
    // Sockets tell late that they have ended, and what still plays would go to a closed port.
    this.#sessions.endAll();
    await Promise.all(closed);
    if (this.#udp) await closeUdpPair(this.#udp);
    this.#udp = undefined;
  }

  #accept(socket: Socket): void {
    const { account, store, log, tamper } = this.#parts;
    const udp = this.#udp;
    if (!udp) {
      socket.destroy();
      return;
    }
    const host: StreamHost = {
      account,
      udp,
      tamper,
      sessions: this.#sessions,
      isGuarded: () => store.values('getRtspConf').enable === 1,
      programs: (path) => {
        const channel = CHANNELS[tamper?.path?.(path) ?? path];
        if (channel === undefined) return null;
        const settings = streamSettings(store, channel, tamper?.scene, this.#parts.view?.());
        const programs = programsOf(tamper?.settings?.(channel, settings) ?? settings);
        return tamper?.program ? programs.map((program) => tamper.program?.(program) ?? program) : programs;
      },
    };
    const cuts = new Set<NodeJS.Timeout>();
    const out = tamper?.inPieces ? inPieces(socket) : socket;
    const answer = createDialogue(host, socket, out);
    const write = (method: string, cseq: string | undefined, response: RtspResponse): void => {
      if (method === 'PLAY' && tamper?.endsAfterMs !== undefined) cuts.add(setTimeout(() => socket.destroy(), tamper.endsAfterMs));
      const text = formatResponse(cseq, response);
      const sent = tamper?.response ? tamper.response(method, text) : text;
      if (tamper?.hangsUp?.(method)) socket.destroy();
      // Who asks without reading what it gets is not to fill the memory.
      else if (out.writableLength > 2 * MOST_WAITING) socket.destroy();
      else if (sent !== null && out.writable) out.write(sent + (tamper?.afterwards?.(method) ?? ''));
    };
    const time = this.#parts.time ?? createTime();
    const holds = new Set<() => void>();
    const send: typeof write = (method, cseq, response) => {
      const held = tamper?.held?.(method) ?? 0;
      if (held <= 0) return write(method, cseq, response);
      const callOff = time.after(held, () => {
        holds.delete(callOff);
        write(method, cseq, response);
      });
      holds.add(callOff);
    };
    const read = createRequestReader({
      request: (request) => {
        const response = answer(request);
        log(`RTSP ${request.method} ${request.uri.replace(/\/\/[^/@]*@/, '//')} ${response.status}`);
        send(request.method, request.headers.get('cseq'), response);
      },
      frame: () => this.#sessions.heardOn(socket),
      fault: (cseq) => {
        send('', cseq, { status: 400 });
        out.end();
      },
    });
    const heard = (): void => {
      this.#sockets.set(socket, this.#now());
    };
    heard();
    this.#timer ??= setInterval(() => this.sweep(), SWEEP_MS);
    socket.on('data', (chunk: Buffer) => {
      heard();
      read(chunk);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const timer of cuts) clearTimeout(timer);
      this.#sessions.endAllOf(socket);
      for (const callOff of holds) callOff();
      this.#sockets.delete(socket);
      if (this.#sockets.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    });
  }
}

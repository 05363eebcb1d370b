/** An RTSP server for tests that answers each request with exactly the bytes it is told to. It shares no code with the client. */
import * as net from 'node:net';

export interface SeenRequest {
  /** from 0, over all connections */
  readonly index: number;
  readonly method: string;
  readonly url: string;
  readonly head: string;
  readonly cseq: string;
  readonly socket: net.Socket;
  /** The value of a header by its exact spelling. */
  header(name: string): string | undefined;
  /** Writes a response: status, headers, body with its length. */
  reply(status: string, headers?: readonly string[], body?: string): void;
}

export interface RtspServer {
  readonly port: number;
  readonly url: string;
  /** heads of requests and of responses to us, latin1 */
  readonly heads: string[];
  /** methods in order */
  readonly methods: string[];
  /** interleaved frames that the client sent */
  readonly frames: { readonly channel: number; readonly payload: Buffer }[];
  readonly openSockets: () => number;
  /** Resolves when all clients are gone. */
  idle(): Promise<void>;
  /** Resolves when that holds; asked whenever something came. */
  until(holds: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export type RtspScript = (request: SeenRequest) => void;

export const startRtspServer = async (script: RtspScript): Promise<RtspServer> => {
  const sockets = new Set<net.Socket>();
  const heads: string[] = [];
  const requests: SeenRequest[] = [];
  const frames: { channel: number; payload: Buffer }[] = [];
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const check of waiting) check();
  };
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });

  const take = (head: string, socket: net.Socket): void => {
    heads.push(head);
    const [startLine = '', ...lines] = head.split('\r\n');
    if (startLine.startsWith('RTSP/')) return;
    const [method = '', url = ''] = startLine.split(' ');
    const header = (name: string): string | undefined => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const cseq = header('CSeq') ?? '';
    const request: SeenRequest = {
      index: requests.length,
      method,
      url,
      head,
      cseq,
      socket,
      header,
      reply: (status, headers = [], body = '') => {
        const all = [`CSeq: ${cseq}`, ...headers, ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`])];
        socket.write(`RTSP/1.0 ${status}\r\n${all.map((line) => `${line}\r\n`).join('')}\r\n${body}`, 'latin1');
      },
    };
    requests.push(request);
    script(request);
  };

  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      changed();
    });
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (;;) {
        if (pending[0] === 0x24) {
          if (pending.length < 4 || pending.length < 4 + pending.readUInt16BE(2)) break;
          const end = 4 + pending.readUInt16BE(2);
          frames.push({ channel: pending[1] as number, payload: pending.subarray(4, end) });
          pending = pending.subarray(end);
        } else {
          const end = pending.indexOf('\r\n\r\n');
          if (end < 0) break;
          const head = pending.toString('latin1', 0, end);
          pending = pending.subarray(end + 4);
          take(head, socket);
        }
      }
      changed();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    port,
    url: `rtsp://127.0.0.1:${port}/stream_0`,
    heads,
    get methods() {
      return requests.map(({ method }) => method);
    },
    frames,
    openSockets: () => sockets.size,
    idle: () => until(() => sockets.size === 0),
    until,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

/** An interleaved frame. */
export const frameOf = (channel: number, payload: Buffer | string): Buffer => {
  const bytes = Buffer.from(payload as string);
  return Buffer.concat([Buffer.from([0x24, channel, bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

/** An RTP packet with an empty payload. */
export const rtpOf = (sequence: number, timestamp = sequence * 3600, ssrc = 0x1234_5678): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes[0] = 0x80;
  bytes[1] = 96;
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  bytes.writeUInt32BE(timestamp >>> 0, 4);
  bytes.writeUInt32BE(ssrc, 8);
  return bytes;
};

export const SDP = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=stream',
  't=0 0',
  'a=control:*',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'a=control:trackID=1',
  'm=audio 0 RTP/AVP 8',
  'a=rtpmap:8 PCMA/8000',
  'a=control:trackID=2',
  '',
].join('\r\n');

/** What a good camera answers to one request; frames for TCP are the test's. */
export const goodCamera = ({ method, url, header, reply }: SeenRequest): void => {
  const session = 'Session: 8962035351000806693;timeout=60';
  if (method === 'OPTIONS') reply('200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, GET_PARAMETER']);
  else if (method === 'DESCRIBE') reply('200 OK', ['Content-Type: application/sdp', `Content-Base: ${url}/`], SDP);
  else if (method === 'SETUP') reply('200 OK', [session, `Transport: ${header('Transport')};ssrc=12345678`]);
  else if (['PLAY', 'TEARDOWN', 'GET_PARAMETER'].includes(method)) reply('200 OK', [session]);
  else reply('501 Not Implemented');
};

/** How the tests of this folder talk to the RTSP server: over one connection, one request at a time. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface TestResponse {
  readonly status: number;
  /** by lower-case name; the values of a repeated one in one string */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TestRtspClient {
  readonly socket: Socket;
  /** frames that came between the responses, in order */
  readonly frames: { readonly channel: number; readonly packet: Buffer }[];
  ask(method: string, uri: string, headers?: Readonly<Record<string, string>>): Promise<TestResponse>;
  /** the response to bytes as they are */
  raw(text: string): Promise<TestResponse>;
  /** resolves as soon as so many frames are there */
  framesUpTo(count: number): Promise<void>;
  close(): Promise<void>;
}

export const BASIC = { Authorization: `Basic ${Buffer.from('admin:123456').toString('base64')}` };

export async function connectRtsp(port: number): Promise<TestRtspClient> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const frames: { channel: number; packet: Buffer }[] = [];
  const waiting: { resolve: (response: TestResponse) => void; reject: (error: Error) => void }[] = [];
  const watchers = new Set<() => void>();
  let held = Buffer.alloc(0);
  let cseq = 0;
  const take = (): number => {
    if (held.length < 4) return 0;
    if (held[0] === 0x24) {
      const end = 4 + held.readUInt16BE(2);
      if (held.length < end) return 0;
      frames.push({ channel: held[1] as number, packet: Buffer.from(held.subarray(4, end)) });
      return end;
    }
    const blank = held.indexOf('\r\n\r\n');
    if (blank === -1) return 0;
    const [line = '', ...lines] = held.toString('latin1', 0, blank).split('\r\n');
    const headers: Record<string, string> = {};
    for (const each of lines) {
      const [name = '', value = ''] = each.split(/: (.*)/s);
      headers[name.toLowerCase()] = [headers[name.toLowerCase()] ?? [], value].flat().join(', ');
    }
    const end = blank + 4 + Number(headers['content-length'] ?? 0);
    if (held.length < end) return 0;
    waiting.shift()?.resolve({ status: Number(line.split(' ')[1]), headers, body: held.toString('latin1', blank + 4, end) });
    return end;
  };
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (let taken = take(); taken > 0; taken = take()) held = held.subarray(taken);
    for (const watcher of watchers) watcher();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('The connection ended before the response.'));
  });
  const raw = (text: string): Promise<TestResponse> => {
    const response = new Promise<TestResponse>((resolve, reject) => waiting.push({ resolve, reject }));
    socket.write(text);
    return response;
  };
  return {
    socket,
    frames,
    raw,
    ask: (method, uri, headers = {}) => {
      const lines = Object.entries({ CSeq: String(++cseq), ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
      return raw(`${method} ${uri} RTSP/1.0\r\n${lines.join('')}\r\n`);
    },
    framesUpTo: (count) =>
      new Promise((resolve) => {
        const watcher = (): void => {
          if (frames.length < count) return;
          watchers.delete(watcher);
          resolve();
        };
        watchers.add(watcher);
        watcher();
      }),
    close: async () => {
      if (socket.destroyed) return;
      socket.destroy();
      await once(socket, 'close');
    },
  };
}

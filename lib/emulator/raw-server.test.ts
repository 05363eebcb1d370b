import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { HttpHabits } from './http-habits.ts';
import type { HttpReply } from './http-message.ts';
import { createRawServer, type RawServer } from './raw-server.ts';

const REPLY: HttpReply = { version: '1.1', status: 200, headers: [['Transfer-Encoding', 'chunked']], body: Buffer.from('{"code":0}'), ends: false };
const opened: RawServer[] = [];
afterEach(async () => {
  for (const { server, closeAllConnections } of opened.splice(0)) {
    const closed = once(server, 'close');
    server.close();
    closeAllConnections();
    await closed;
  }
});

async function setUp(habits: HttpHabits): Promise<{ port: number; connected: () => Promise<Socket> }> {
  const raw = createRawServer((_, response) => response.send(REPLY), habits, 1000);
  opened.push(raw);
  raw.server.listen(0, '127.0.0.1');
  await once(raw.server, 'listening');
  const { port } = raw.server.address() as AddressInfo;
  const connected = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  };
  return { port, connected };
}

/** All that comes until the end of the connection, or until there is as much as is waited for. */
async function read(socket: Socket, until = Number.POSITIVE_INFINITY): Promise<string> {
  let text = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.length >= until) break;
  }
  return text;
}

const GET = 'GET /a?b=%7B HTTP/1.1\r\nHost: c\r\n\r\n';
const WHOLE = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n{"code":0}\r\n0\r\n\r\n';

it('answers requests in a row on one connection, in pieces or not', async () => {
  for (const inPieces of [true, false]) {
    const { connected } = await setUp({ inPieces });
    const socket = await connected();
    socket.write(GET + GET);
    expect(await read(socket, 2 * WHOLE.length)).toBe(WHOLE + WHOLE);
    socket.destroy();
  }
});

it('writes what its habits make of a reply, and ends the connection where they say so', async () => {
  const { connected } = await setUp({
    reply: (reply, { url }) => ({ ...reply, version: '1.0', headers: [['x', String(url)]], ends: true }),
    head: (text) => text.replaceAll('\r\n', '\n'),
  });
  const socket = await connected();
  socket.write(GET);
  expect(await read(socket)).toBe('HTTP/1.0 200 OK\nx: /a?b=%7B\n\n{"code":0}');
});

it('can answer in place of the camera, or not at all', async () => {
  const instead: HttpReply = { version: '1.1', status: 400, headers: [], body: new Uint8Array(), ends: true };
  const { connected } = await setUp({ request: ({ url }) => (url === '/drop' ? 'drop' : instead) });
  const [first, second] = [await connected(), await connected()];
  first.write(GET);
  second.write('GET /drop HTTP/1.1\r\n\r\n');
  expect([await read(first), await read(second)]).toEqual(['HTTP/1.1 400 Bad Request\r\n\r\n', '']);
});

it('one at a time ends what is idle beside it', async () => {
  const { connected } = await setUp({ oneAtATime: 'wait' });
  const idle = await connected();
  const ended = read(idle);
  const other = await connected();
  expect(await ended).toBe('');
  other.write(GET);
  expect(await read(other, WHOLE.length)).toBe(WHOLE);
  other.destroy();
});

it('ends a connection that sends no HTTP', async () => {
  const { connected } = await setUp({});
  const socket = await connected();
  socket.write(`hello\r\n\r\n`);
  expect(await read(socket)).toMatch(/^HTTP\/1\.1 400 /);
});

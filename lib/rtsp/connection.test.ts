import type * as net from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { type ConnectionOptions, RtspConnection } from './connection.ts';
import { RtspFault } from './fault.ts';
import { frameOf, type RtspScript, type RtspServer, startRtspServer } from './rtsp-server.fixture.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const each of open.splice(0).reverse()) await each.close();
});

const serve = async (script: RtspScript): Promise<RtspServer> => {
  const server = await startRtspServer(script);
  open.push(server);
  return server;
};
const connect = async (server: { readonly port: number }, options: Partial<ConnectionOptions> = {}): Promise<RtspConnection> => {
  const connection = await RtspConnection.connect({ host: '127.0.0.1', port: server.port, ...options });
  open.push(connection);
  return connection;
};
const OPTIONS = { method: 'OPTIONS', url: 'rtsp://h/stream_0' };
const ids = (deviations: readonly { readonly id: string }[]): string[] => deviations.map(({ id }) => id);
const faultOf = async (promise: Promise<unknown>): Promise<RtspFault> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RtspFault);
  return error as RtspFault;
};

it('sends what the pickiest camera wants, in that order', async () => {
  const server = await serve(({ reply }) => reply('200 OK'));
  const connection = await connect(server);
  await connection.send({ ...OPTIONS, headers: [['Session', 'x']] });
  await connection.send({ ...OPTIONS, body: Buffer.from('ab') });
  expect(server.heads[0]).toBe('OPTIONS rtsp://h/stream_0 RTSP/1.0\r\nUser-Agent: camera-conformance\r\nCSeq: 1\r\nSession: x');
  expect(server.heads[1]).toContain('\r\nCSeq: 2\r\nContent-Length: 2');
});

it('sends deviations of its own where a check wants them', async () => {
  const server = await serve(({ socket }) => socket.write('RTSP/1.0 400 Bad Request\r\n\r\n'));
  const connection = await connect(server);
  const reply = await connection.send({ ...OPTIONS, version: 'RTSP/7.0', cseq: null, spelling: (name) => name.toLowerCase() });
  expect(server.heads[0]).toBe('OPTIONS rtsp://h/stream_0 RTSP/7.0\r\nuser-agent: camera-conformance');
  expect(reply.exchange.deviations).toEqual([]);
});

it('cannot be made to send lines of the camera', async () => {
  const server = await serve(({ reply }) => reply('200 OK'));
  const connection = await connect(server);
  await connection.send({ method: 'PLAY', url: 'rtsp://h/a\r\nX: y', headers: [['Session', 'a\r\n\r\nTEARDOWN b']] });
  expect(server.methods).toEqual(['PLAY']);
  expect(server.heads[0]).not.toContain('\nX: y');
});

it('records the exchange', async () => {
  const server = await serve(({ reply }) => reply('200 OK', ['Server: myipc'], 'a\u0000b'));
  const connection = await connect(server);
  const { exchange, status } = await connection.send(OPTIONS);
  expect(status).toBe(200);
  expect(exchange).toMatchObject({
    kind: 'rtsp',
    remote: `127.0.0.1:${server.port}`,
    method: 'OPTIONS',
    request: 'OPTIONS rtsp://h/stream_0 RTSP/1.0\r\nUser-Agent: camera-conformance\r\nCSeq: 1\r\n\r\n',
    reply: {
      statusLine: 'RTSP/1.0 200 OK',
      status: 200,
      text: 'RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: myipc\r\nContent-Length: 3\r\n\r\n[3 bytes that are no text]',
    },
    failure: null,
    deviations: [],
  });
  expect(exchange.durationMs).toBeGreaterThanOrEqual(0);
});

it.each([
  ['no CSeq', 'RTSP/1.0 200 OK\r\n\r\n', ['missing-cseq']],
  ['Cseq', 'RTSP/1.0 200 OK\r\nCseq: 1\r\n\r\n', []],
  ['a blank behind CSeq', 'RTSP/1.0 200 OK\r\nCSeq: 1 \r\n\r\n', []],
  ['another CSeq', 'RTSP/1.0 200 OK\r\nCSeq: 9\r\n\r\n', ['wrong-cseq']],
  ['a CSeq that is no number', 'RTSP/1.0 200 OK\r\nCSeq: x\r\n\r\n', ['bad-cseq', 'wrong-cseq']],
  ['no reason', 'RTSP/1.0 200\r\nCSeq: 1\r\n\r\n', ['missing-reason']],
  ['bare line feeds', 'RTSP/1.0 200 OK\nCSeq: 1\n\n', ['bare-lf']],
  ['an interim response', 'RTSP/1.0 100 Continue\r\nCSeq: 1\r\n\r\nRTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n', []],
])('takes a response with %s', async (_, wire, deviations) => {
  const server = await serve(({ socket }) => socket.write(wire));
  const reply = await (await connect(server)).send(OPTIONS);
  expect(reply.status).toBe(200);
  expect(ids(reply.exchange.deviations)).toEqual(deviations);
});

it('notes bytes behind a body at its exchange, and goes on', async () => {
  const server = await serve(({ socket, cseq }) => {
    socket.write(`RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\nContent-Length: 2\r\n\r\nabcdef\r\n`);
  });
  const connection = await connect(server);
  const first = await connection.send(OPTIONS);
  await connection.send(OPTIONS);
  expect(ids(first.exchange.deviations)).toEqual(['length-mismatch']);
});

it('matches responses that come in another order', async () => {
  const server = await serve(({ index, socket }) => {
    if (index === 1) socket.write('RTSP/1.0 202 B\r\nCSeq: 2\r\n\r\nRTSP/1.0 201 A\r\nCSeq: 1\r\n\r\n');
  });
  const connection = await connect(server);
  const replies = await Promise.all([connection.send(OPTIONS), connection.send(OPTIONS)]);
  expect(replies.map(({ status }) => status)).toEqual([201, 202]);
});

it('refuses a CSeq that is in use', async () => {
  const server = await serve(() => {});
  const connection = await connect(server);
  const first = connection.send(OPTIONS);
  await expect(connection.send({ ...OPTIONS, cseq: 1 })).rejects.toThrow(RangeError);
  await connection.close();
  expect((await faultOf(first)).reason).toBe('closed');
  expect((await faultOf(connection.send(OPTIONS))).reason).toBe('closed');
});

it('notes a response that nobody asked for', async () => {
  const server = await serve(({ socket }) => socket.write('RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\nRTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n'));
  const connection = await connect(server);
  await connection.send(OPTIONS);
  await connection.send(OPTIONS);
  expect(ids(connection.notes)).toContain('unsolicited-response');
});

it('answers requests of the server in mid-session', async () => {
  const server = await serve(({ method, socket, reply }) => {
    if (method !== 'OPTIONS') return;
    socket.write(
      'OPTIONS rtsp://h/ RTSP/1.0\r\nCSeq: 77\r\nSession: s\r\n\r\nANNOUNCE rtsp://h/ RTSP/1.0\r\nCSeq: 78\r\nContent-Length: 2\r\n\r\nab',
    );
    socket.write('GET_PARAMETER rtsp://h/ RTSP/1.0\r\n\r\n');
    reply('200 OK');
  });
  const seen: string[] = [];
  const connection = await connect(server, { onServerRequest: ({ method }) => seen.push(method) });
  await connection.send(OPTIONS);
  expect(seen).toEqual(['OPTIONS', 'ANNOUNCE', 'GET_PARAMETER']);
  await server.until(() => server.heads.length === 4);
  expect(server.heads.filter((head) => head.startsWith('RTSP/'))).toEqual([
    'RTSP/1.0 200 OK\r\nCSeq: 77\r\nSession: s\r\nPublic: OPTIONS, GET_PARAMETER, SET_PARAMETER',
    'RTSP/1.0 501 Not Implemented\r\nCSeq: 78',
    'RTSP/1.0 200 OK',
  ]);
  expect(connection.serverRequests.map(({ answered, deviations }) => [answered, ids(deviations)])).toEqual([
    [200, []],
    [501, []],
    [200, ['missing-cseq']],
  ]);
});

it('hands frames on by channel, and discards those of channels that were never set up', async () => {
  const server = await serve(({ socket, reply }) => {
    socket.write(Buffer.concat([frameOf(0, 'a'), frameOf(9, 'x')]));
    reply('200 OK');
    socket.write(frameOf(1, 'b'));
  });
  const connection = await connect(server);
  const seen: string[] = [];
  connection.openChannel(0, (payload) => {
    seen.push(`0 ${payload}`);
    throw new Error('the handler of a channel failed');
  });
  connection.openChannel(1, (payload, arrivedAt) => seen.push(`1 ${payload} ${arrivedAt > 0}`));
  await connection.send(OPTIONS);
  connection.sendFrame(1, Buffer.from('rr'));
  await connection.send(OPTIONS);
  expect(seen.slice(0, 3)).toEqual(['0 a', '1 b true', '0 a']);
  expect(connection.discardedFrames).toBe(2);
  expect(ids(connection.notes)).toEqual(['handler-failed', 'handler-failed']);
  expect(server.frames).toEqual([{ channel: 1, payload: Buffer.from('rr') }]);
});

it('waits for silence where a description has no length', async () => {
  const server = await serve(({ socket, cseq }) => {
    socket.write(`RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=video 0 RTP/AVP 96\r\n`);
  });
  const connection = await connect(server);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const reply = connection.send(OPTIONS);
  while (vi.getTimerCount() < 2) await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(300);
  const { response, exchange } = await reply;
  expect(response.body.toString()).toBe('v=0\r\nm=video 0 RTP/AVP 96\r\n');
  expect(ids(exchange.deviations)).toEqual(['missing-length']);
});

it('takes a body that is shorter than its length when the time is up', async () => {
  const server = await serve(({ socket, cseq }) => socket.write(`RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\nContent-Length: 9\r\n\r\nabc`));
  const { response, exchange } = await (await connect(server, { timeoutMs: 400 })).send(OPTIONS);
  expect(response.body.toString()).toBe('abc');
  expect(ids(exchange.deviations)).toEqual(['length-mismatch']);
});

it('gives up in time, and passes over the response that comes late', async () => {
  let late = (): void => {};
  const server = await serve(({ index, reply }) => {
    if (index === 0) late = () => reply('404 Late');
    else {
      late();
      reply('200 OK');
    }
  });
  const connection = await connect(server);
  const fault = await faultOf(connection.send({ ...OPTIONS, timeoutMs: 5 }));
  expect(fault).toMatchObject({ reason: 'timeout', exchange: { method: 'OPTIONS', reply: null, failure: fault.message } });
  expect(fault.message).toMatch(/^Could not get a response to OPTIONS from 127\.0\.0\.1:\d+: no complete response came in time \(5 ms\)\. Check/);
  expect((await connection.send(OPTIONS)).status).toBe(200);
  expect(connection.notes).toEqual([]);
});

it.each([
  ['closes', (socket: net.Socket) => socket.end(), 'dropped'],
  ['closes in the middle', (socket: net.Socket) => socket.end('RTSP/1.0 200 OK\r\nCS'), 'dropped'],
  ['resets', (socket: net.Socket) => socket.resetAndDestroy(), 'dropped'],
  ['is a web server', (socket: net.Socket) => socket.write('HTTP/1.0 400 Bad Request\r\n\r\n'), 'not-rtsp'],
  ['sends too much', (socket: net.Socket) => socket.write('RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n'), 'too-large'],
] as const)('says so when the camera %s', async (_, act, reason) => {
  const server = await serve(({ socket }) => act(socket));
  const ended = vi.fn();
  const connection = await connect(server, { onEnd: ended });
  expect((await faultOf(connection.send(OPTIONS))).reason).toBe(reason);
  expect(connection.isOpen).toBe(false);
  expect(connection.fault?.reason).toBe(reason);
  expect(ended).toHaveBeenCalledOnce();
  expect((await faultOf(connection.send(OPTIONS))).reason).toBe(reason);
});

it('takes a body that the end of the connection cuts short', async () => {
  const server = await serve(({ socket, cseq }) => socket.end(`RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\nContent-Length: 9\r\n\r\nabc`));
  const { exchange } = await (await connect(server)).send(OPTIONS);
  expect(ids(exchange.deviations)).toEqual(['length-mismatch']);
});

it('says when nothing listens', async () => {
  const server = await startRtspServer(() => {});
  await server.close();
  const fault = await faultOf(connect(server));
  expect(fault.reason).toBe('refused');
  expect(fault.message).toContain(`Could not reach 127.0.0.1:${server.port}: nothing listens on that port.`);
});

it('leaves nothing open', async () => {
  const server = await serve(({ reply }) => reply('200 OK'));
  const connection = await connect(server);
  await connection.send(OPTIONS);
  await Promise.all([connection.close(), connection.close()]);
  await connection.close();
  await server.idle();
  expect(connection.fault).toBeNull();
});

import * as dgram from 'node:dgram';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ReceivedPacket } from './collecting.ts';
import { frameOf, goodCamera, type RtspScript, type RtspServer, rtpOf, SDP, type SeenRequest, startRtspServer } from './rtsp-server.fixture.ts';
import { RtspSession, type SessionOptions, withSession } from './session.ts';
import { openUdpTransport } from './transport-udp.ts';

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
const sessionOf = async (server: RtspServer, options: Partial<SessionOptions> = {}): Promise<RtspSession> => {
  const session = await RtspSession.open({ url: server.url, transport: 'tcp', ...options });
  open.push(session);
  return session;
};
const idsOf = (session: RtspSession): string[] => session.dialogue.exchanges.flatMap(({ deviations }) => deviations.map(({ id }) => id));

/** A good camera, but for one method. */
const but =
  (method: string, act: (request: SeenRequest) => void): RtspScript =>
  (request) =>
    request.method === method ? act(request) : goodCamera(request);
/** Answers PLAY and sends packets over TCP behind it. */
const playing = (...packets: Buffer[]): RtspScript =>
  but('PLAY', (request) => {
    goodCamera(request);
    request.socket.write(Buffer.concat(packets));
  });

describe('over TCP', () => {
  it('goes from OPTIONS to TEARDOWN', async () => {
    const packets: ReceivedPacket[] = [];
    const server = await serve(playing(frameOf(0, rtpOf(1)), frameOf(1, 'sr'), frameOf(2, rtpOf(7)), frameOf(9, 'x'), frameOf(0, rtpOf(2))));
    const result = await withSession({ url: server.url, transport: 'tcp', onPacket: (packet) => packets.push(packet) }, async (session) => {
      const collected = session.collect({ packets: 3 });
      await session.start();
      expect(session.id).toBe('8962035351000806693');
      expect(session.methods).toContain('GET_PARAMETER');
      expect(session.description).toBe(SDP);
      expect(session.tracks.map(({ url, answered }) => [url, answered?.interleaved, answered?.ssrc])).toEqual([
        [`${server.url}/trackID=1`, { first: 0, second: 1 }, 0x1234_5678],
        [`${server.url}/trackID=2`, { first: 2, second: 3 }, 0x1234_5678],
      ]);
      return collected;
    });
    expect(result).toMatchObject({ reason: 'packets', packets: 3, fault: null });
    expect(packets.map(({ track, kind, phase, arrivedAt }) => [track, kind, phase, arrivedAt > 0])).toEqual([
      [0, 'rtp', 'playing', true],
      [0, 'rtcp', 'playing', true],
      [1, 'rtp', 'playing', true],
      [0, 'rtp', 'playing', true],
    ]);
    await server.idle();
    expect(server.methods).toEqual(['OPTIONS', 'DESCRIBE', 'SETUP', 'SETUP', 'PLAY', 'TEARDOWN']);
    expect(server.heads.map((head) => head.split('\r\n').filter((line) => !/^(?:User-Agent|CSeq)/.test(line)))).toEqual([
      [`OPTIONS ${server.url} RTSP/1.0`],
      [`DESCRIBE ${server.url} RTSP/1.0`, 'Accept: application/sdp'],
      [`SETUP ${server.url}/trackID=1 RTSP/1.0`, 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1'],
      [`SETUP ${server.url}/trackID=2 RTSP/1.0`, 'Transport: RTP/AVP/TCP;unicast;interleaved=2-3', 'Session: 8962035351000806693'],
      [`PLAY ${server.url}/ RTSP/1.0`, 'Session: 8962035351000806693', 'Range: npt=0.000-'],
      [`TEARDOWN ${server.url}/ RTSP/1.0`, 'Session: 8962035351000806693'],
    ]);
  });

  it('takes packets before the PLAY reply, and those in the segment of the SETUP reply', async () => {
    const packets: ReceivedPacket[] = [];
    const server = await serve(
      but('SETUP', ({ socket, cseq, header }) => {
        const head = `RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\nSession: 12345678\r\nTransport: ${header('Transport')}\r\n\r\n`;
        socket.write(Buffer.concat([Buffer.from(head), frameOf(0, rtpOf(1))]));
      }),
    );
    const session = await sessionOf(server, { media: ({ kind }) => kind === 'video', onPacket: (packet) => packets.push(packet) });
    await session.start();
    expect(packets.map(({ phase, bytes }) => [phase, bytes])).toEqual([['before-play', rtpOf(1)]]);
  });

  it('obeys the channels of the response', async () => {
    const server = await serve((request) => {
      if (request.method === 'SETUP') request.reply('200 OK', ['Session: 12345678', 'Transport: RTP/AVP/TCP;unicast;interleaved=10']);
      else playing(frameOf(0, rtpOf(1)), frameOf(11, 'sr'), frameOf(10, rtpOf(2)))(request);
    });
    const seen: string[] = [];
    const session = await sessionOf(server, {
      media: ({ index }) => index === 0,
      onPacket: ({ kind, bytes }) => seen.push(`${kind} ${bytes.length}`),
    });
    const collected = session.collect({ packets: 1 });
    await session.start();
    await collected;
    expect(seen).toEqual(['rtcp 2', 'rtp 12']);
    expect(session.dialogue.connection.discardedFrames).toBe(1);
  });

  it('assumes what it asked for where the response has no Transport', async () => {
    const server = await serve((request) => {
      if (request.method === 'SETUP') request.reply('200 OK', ['Session: 12345678']);
      else playing(frameOf(0, rtpOf(1)))(request);
    });
    const session = await sessionOf(server);
    const collected = session.collect({ packets: 1 });
    await session.start();
    expect((await collected).reason).toBe('packets');
    expect(idsOf(session)).toContain('missing-transport');
  });

  it('sees what comes after TEARDOWN', async () => {
    const packets: ReceivedPacket[] = [];
    const server = await serve(
      but('TEARDOWN', (request) => {
        goodCamera(request);
        request.socket.write(frameOf(0, rtpOf(1)));
      }),
    );
    const session = await sessionOf(server, { onPacket: (packet) => packets.push(packet) });
    await session.start();
    const after = session.collect({ packets: 1 });
    expect((await session.teardown()).status).toBe(200);
    await after;
    await session.close();
    expect(packets.map(({ phase }) => phase)).toEqual(['after-teardown']);
    expect(server.methods.filter((method) => method === 'TEARDOWN')).toHaveLength(1);
  });
});

describe('over UDP', () => {
  it('receives on an even and an odd port, from the camera alone, and opens the way', async () => {
    const camera = dgram.createSocket('udp4');
    const cameraRtcp = dgram.createSocket('udp4');
    for (const socket of [camera, cameraRtcp]) {
      await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', () => resolve()));
      open.push({ close: () => new Promise((resolve) => socket.close(() => resolve())) });
    }
    const punched = Promise.all([camera, cameraRtcp].map((socket) => new Promise<Buffer>((resolve) => socket.once('message', resolve))));
    const ports = `${camera.address().port}-${cameraRtcp.address().port}`;
    let client = [0, 0];
    const server = await serve((request) => {
      const { method, header, reply } = request;
      if (method === 'SETUP') {
        client = (/client_port=(\d+)-(\d+)$/.exec(header('Transport') ?? '') ?? []).slice(1).map(Number);
        reply('200 OK', ['Session: 12345678', `Transport: ${header('Transport')};source=127.0.0.1;server_port=${ports}`]);
      } else goodCamera(request);
      if (method === 'PLAY') {
        camera.send(rtpOf(5), client[0]);
        cameraRtcp.send('sr', client[1]);
      }
    });
    const packets: ReceivedPacket[] = [];
    const session = await sessionOf(server, { transport: 'udp', media: ({ index }) => index === 0, onPacket: (packet) => packets.push(packet) });
    const collected = session.collect({ until: () => packets.length === 2 });
    await session.start();
    await collected;
    expect((client[0] ?? 1) % 2).toBe(0);
    expect(client[1]).toBe((client[0] ?? 0) + 1);
    expect(packets.map(({ kind, bytes }) => [kind, bytes.length]).sort()).toEqual([
      ['rtcp', 2],
      ['rtp', 12],
    ]);
    expect(session.tracks[0]?.asked.protocol).toBe('RTP/AVP');
    const [rtp, rtcp] = await punched;
    expect([rtp?.length, rtcp?.[1]]).toEqual([12, 201]);
  });

  it('sends to the camera alone, whatever address a reply names', async () => {
    const [camera, victim] = [dgram.createSocket('udp4'), dgram.createSocket('udp4')];
    await new Promise<void>((resolve) => camera.bind(0, '127.0.0.1', () => resolve()));
    const { port } = camera.address();
    await new Promise<void>((resolve) => victim.bind(port, '127.0.0.2', () => resolve()));
    for (const socket of [camera, victim]) open.push({ close: () => new Promise((resolve) => socket.close(() => resolve())) });
    victim.on('message', () => expect.unreachable());
    const arrived = new Promise((resolve) => camera.once('message', resolve));
    const server = await serve((request) => {
      const { method, header, reply } = request;
      if (method !== 'SETUP') goodCamera(request);
      else reply('200 OK', ['Session: 12345678', `Transport: ${header('Transport')};source=127.0.0.2;server_port=${port}-${port}`]);
    });
    const session = await sessionOf(server, { transport: 'udp', media: ({ index }) => index === 0 });
    await session.start();
    await arrived;
  });

  it('takes nothing from strangers', async () => {
    const transport = await openUdpTransport('127.0.0.1', '192.0.2.1', () => expect.unreachable());
    open.push(transport);
    const stranger = dgram.createSocket('udp4');
    stranger.send(rtpOf(6), transport.offer.clientPort?.first ?? 0, '127.0.0.1', () => stranger.close());
    while (transport.strangers() === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(transport.strangers()).toBe(1);
  });

  it('notes a camera that chooses TCP all the same', async () => {
    const server = await serve(but('SETUP', ({ reply }) => reply('200 OK', ['Session: 12345678', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1'])));
    const session = await sessionOf(server, { transport: 'udp' });
    await session.start();
    expect(idsOf(session)).toContain('other-transport');
  });

  it('leaves no port open', async () => {
    const ports: number[] = [];
    const server = await serve((request) => {
      const port = /client_port=(\d+)/.exec(request.header('Transport') ?? '')?.[1];
      if (port !== undefined) ports.push(Number(port), Number(port) + 1);
      goodCamera(request);
    });
    const session = await sessionOf(server, { transport: 'udp' });
    await session.start();
    await Promise.all([session.close(), session.close()]);
    expect(ports).toHaveLength(4);
    for (const port of ports) {
      const socket = dgram.createSocket('udp4');
      await new Promise<void>((resolve, reject) => socket.once('error', reject).bind(port, '127.0.0.1', resolve));
      await new Promise<void>((resolve) => socket.close(resolve));
    }
    await server.idle();
  });
});

describe('where tracks are', () => {
  const describing = (headers: readonly string[], sdp: string, found: (url: string) => boolean): RtspScript => {
    return (request) => {
      if (request.method === 'DESCRIBE') request.reply('200 OK', ['Content-Type: application/sdp', ...headers], sdp);
      else if (request.method === 'SETUP' && !found(request.url)) request.reply('404 Not Found');
      else goodCamera(request);
    };
  };
  const ONE = 'm=video 0 RTP/AVP 96\r\na=control:trackID=1\r\n';
  const NONE = 'm=video 0 RTP/AVP 96\r\n';
  const tried = ({ heads }: RtspServer): string[] => heads.filter((head) => head.startsWith('SETUP')).map((head) => head.split(' ')[1] as string);

  it.each([
    ['the query of the base', ['Content-Base: rtsp://h/a?channel=1'], ONE, ['rtsp://h/a?channel=1/trackID=1'], []],
    ['the name that the document prints', ['Context-Base: rtsp://h/av0_0'], ONE, ['rtsp://h/av0_0/trackID=1'], ['context-header']],
    ['a base with the scheme twice', ['Content-Base: rtsp://rtsp://h/a/'], ONE, ['rtsp://h/a/trackID=1'], ['bad-content-base']],
    ['Content-Location', ['Content-Location: rtsp://h/b/'], ONE, ['rtsp://h/b/trackID=1'], []],
    ['no control', ['Content-Base: rtsp://h/a/'], NONE, ['rtsp://h/a/'], []],
  ])('obeys %s', async (_, headers, sdp, urls, deviations) => {
    const server = await serve(describing(headers, sdp, () => true));
    const session = await sessionOf(server);
    await session.start();
    expect(tried(server)).toEqual(urls);
    expect(idsOf(session)).toEqual(deviations);
  });

  it('falls back to the request URL', async () => {
    const server = await serve(describing(['Content-Base: /stream_0/'], ONE, () => true));
    await (await sessionOf(server)).start();
    expect(tried(server)).toEqual([`${server.url}/trackID=1`]);
  });

  it('tries the join of RFC 1808 on 404', async () => {
    const server = await serve(describing(['Content-Base: rtsp://h/a/b?c=1'], ONE, (url) => url === 'rtsp://h/a/trackID=1'));
    const session = await sessionOf(server, { transport: 'udp' });
    await session.start();
    expect(tried(server)).toEqual(['rtsp://h/a/b?c=1/trackID=1', 'rtsp://h/a/trackID=1']);
    expect(session.tracks.map(({ url }) => url)).toEqual(['rtsp://h/a/trackID=1']);
  });

  it('guesses trackID last where several media have no control', async () => {
    const server = await serve(describing(['Content-Base: rtsp://h/a/'], NONE + NONE, (url) => url.includes('trackID')));
    await (await sessionOf(server)).start();
    expect(tried(server)).toEqual(['rtsp://h/a/', 'rtsp://h/a/trackID=1', 'rtsp://h/a/', 'rtsp://h/a/trackID=2']);
  });
});

describe('while it plays', () => {
  const fakeTimers = (): void => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  };

  it.each([
    ['GET_PARAMETER where Public names it', 'Public: OPTIONS, GET_PARAMETER', 60, 'GET_PARAMETER'],
    ['OPTIONS where it does not', 'Public: OPTIONS, PLAY', 60, 'OPTIONS'],
    ['OPTIONS where OPTIONS was refused', '', 15, 'OPTIONS'],
  ])('keeps itself alive by %s', async (_, announced, timeout, method) => {
    fakeTimers();
    const server = await serve((request) => {
      if (request.method === 'OPTIONS') request.reply(announced === '' ? '404 Not Found' : '200 OK', announced === '' ? [] : [announced]);
      else if (request.method === 'SETUP') request.reply('200 OK', ['Session: 12345678;timeout=120', `Transport: ${request.header('Transport')}`]);
      else if (request.method === 'PLAY') request.reply('200 OK', [`Session: 12345678 ; timeout=${timeout}`]);
      else goodCamera(request);
    });
    const session = await sessionOf(server, { receiverReports: false });
    await session.start();
    expect(session.timeoutS).toBe(timeout);
    const before = server.heads.length;
    await vi.advanceTimersByTimeAsync(timeout * 500 - 1);
    expect(server.heads).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1);
    await server.until(() => server.heads.length === before + 1);
    expect(server.heads.at(-1)).toMatch(new RegExp(`^${method} .*\r\nSession: 12345678$`, 's'));
  });

  it('changes to OPTIONS where GET_PARAMETER is refused', async () => {
    fakeTimers();
    const server = await serve(but('GET_PARAMETER', ({ reply }) => reply('501 Not Implemented')));
    const session = await sessionOf(server, { receiverReports: false });
    await session.start();
    await vi.advanceTimersByTimeAsync(30_000);
    while (session.dialogue.exchanges.at(-1)?.reply?.status !== 501) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(30_000);
    await server.until(() => server.methods.at(-1) === 'OPTIONS');
  });

  it('sends nothing where it is told not to', async () => {
    fakeTimers();
    const server = await serve(goodCamera);
    const session = await sessionOf(server, { receiverReports: false, keepAlive: 'none' });
    await session.start();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sends receiver reports', async () => {
    fakeTimers();
    const server = await serve(playing(frameOf(0, rtpOf(3))));
    const session = await sessionOf(server, { keepAlive: 'none' });
    const collected = session.collect({ packets: 1 });
    await session.start();
    await collected;
    await vi.advanceTimersByTimeAsync(5000);
    await server.until(() => server.frames.length === 2);
    expect(server.frames.map(({ channel, payload }) => [channel, payload[0], payload[1]])).toEqual([
      [1, 0x81, 201],
      [3, 0x80, 201],
    ]);
    expect(server.frames[0]?.payload.readUInt32BE(8)).toBe(0x1234_5678);
  });

  it('stops after so long, and leaves no timer behind', async () => {
    fakeTimers();
    const server = await serve(goodCamera);
    const session = await sessionOf(server);
    await session.start();
    const collected = session.collect({ durationMs: 2000, packets: 5 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(await collected).toMatchObject({ reason: 'duration', packets: 0 });
    await session.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops when it is told to', async () => {
    const server = await serve(goodCamera);
    const session = await sessionOf(server);
    await session.start();
    const controller = new AbortController();
    const collected = session.collect({ signal: controller.signal });
    controller.abort();
    expect((await collected).reason).toBe('aborted');
    expect((await session.collect({ signal: controller.signal })).reason).toBe('aborted');
  });
});

describe('when something fails', () => {
  it.each([
    ['DESCRIBE', '404 Not Found', /DESCRIBE with 404 Not Found/],
    ['SETUP', '461 Unsupported Transport', /SETUP with 461/],
    ['PLAY', '454 Session Not Found', /PLAY with 454/],
  ])('says that %s was refused', async (method, status, message) => {
    const server = await serve(but(method, ({ reply }) => reply(status)));
    const session = await sessionOf(server);
    await expect(session.start()).rejects.toMatchObject({
      name: 'RtspFault',
      reason: 'status',
      message: expect.stringMatching(message),
      exchange: { method },
    });
  });

  it('says that nothing is described', async () => {
    const server = await serve(but('DESCRIBE', ({ reply }) => reply('200 OK')));
    await expect((await sessionOf(server)).start()).rejects.toMatchObject({ reason: 'status' });
  });

  it('tears down when what uses it throws', async () => {
    const server = await serve(goodCamera);
    const using = withSession({ url: server.url, transport: 'tcp' }, async (session) => {
      await session.start();
      throw new Error('of the user');
    });
    await expect(using).rejects.toThrow('of the user');
    await server.idle();
    expect(server.methods.at(-1)).toBe('TEARDOWN');
  });

  it('tears down when the callback throws, and says what it threw', async () => {
    const server = await serve(playing(frameOf(0, rtpOf(1)), frameOf(0, rtpOf(2))));
    let calls = 0;
    const session = await sessionOf(server, {
      onPacket: () => {
        calls += 1;
        throw new Error('of the callback');
      },
    });
    await session.start();
    await expect(session.collect({ packets: 9 })).rejects.toThrow('of the callback');
    await expect(session.collect({ packets: 9 })).rejects.toThrow('of the callback');
    await server.idle();
    expect(calls).toBe(1);
    expect(server.methods.at(-1)).toBe('TEARDOWN');
  });

  it('tells of a callback that threw while nobody collected', async () => {
    const server = await serve(playing(frameOf(0, rtpOf(1))));
    const onPacket = (): void => {
      throw new Error('of the callback');
    };
    const using = withSession({ url: server.url, transport: 'tcp', onPacket }, async (session) => {
      await session.start();
      await server.idle();
    });
    await expect(using).rejects.toThrow('of the callback');
  });

  it('tells those who collect that the camera ended the connection', async () => {
    const server = await serve(
      but('PLAY', (request) => {
        goodCamera(request);
        request.socket.end();
      }),
    );
    const session = await sessionOf(server);
    await session.start();
    expect(await session.collect({ packets: 1 })).toMatchObject({ reason: 'ended', fault: { reason: 'dropped' } });
    await session.close();
    expect(server.methods).not.toContain('TEARDOWN');
  });

  it('needs no TEARDOWN where nothing was set up', async () => {
    const server = await serve(goodCamera);
    const session = await sessionOf(server);
    await session.options();
    await session.close();
    await server.idle();
    expect(server.methods).toEqual(['OPTIONS']);
  });

  it('closes where TEARDOWN is not answered', async () => {
    const server = await serve(but('TEARDOWN', () => {}));
    const session = await sessionOf(server, { timeoutMs: 200 });
    await session.start();
    await session.close();
    await server.idle();
    expect(session.dialogue.exchanges.at(-1)).toMatchObject({ method: 'TEARDOWN', reply: null });
  });

  it('notes a session id that changes, and goes on with the first', async () => {
    const server = await serve(but('PLAY', ({ reply }) => reply('200 OK', ['Session: 87654321'])));
    const session = await sessionOf(server);
    await session.start();
    expect(session.id).toBe('8962035351000806693');
    expect(idsOf(session)).toEqual(['other-session']);
  });
});

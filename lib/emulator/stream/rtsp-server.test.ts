import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECTIONS } from '../../document/index.ts';
import type { Members } from '../../document/row-value.ts';
import { type Account, createAccount, md5 } from '../account.ts';
import { createTables } from '../model.ts';
import { createStore, type Store } from '../store.ts';
import { RtspServer } from './rtsp-server.ts';
import type { StreamTamper } from './stream-tamper.ts';
import { BASIC, connectRtsp, type TestRtspClient } from './test-rtsp-client.ts';

const SMALL = { pic_width: 352, pic_height: 288 };
const TCP = { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' };

let store: Store;
let account: Account;
let server: RtspServer;
let client: TestRtspClient;
let url: string;
let now: number;
let tamper: StreamTamper;

const set = (action: string, values: Members, instance = 0): void => store.write(action, instance, values);

beforeEach(async () => {
  store = createStore(createTables(SECTIONS, 'full'));
  set('getVencConf', SMALL);
  set('getRtspConf', { enable: 0 });
  account = createAccount('admin', '123456');
  now = 0;
  tamper = {};
  server = new RtspServer({ host: '127.0.0.1', account, store, log: () => undefined, now: () => now, tamper });
  await server.open(0);
  url = `rtsp://127.0.0.1:${server.port}/stream_0`;
  client = await connectRtsp(server.port);
});
afterEach(async () => {
  await client.close();
  await server.close();
});

const sessionIn = (response: { headers: Readonly<Record<string, string>> }) => ({ Session: response.headers.session?.split(';')[0] ?? '' });

describe('the handshake', () => {
  it('answers each request with its number', async () => {
    const options = await client.ask('OPTIONS', url, { CSeq: '17' });
    expect(options).toMatchObject({
      status: 200,
      headers: { cseq: '17', public: 'OPTIONS, DESCRIBE, SET_PARAMETER, GET_PARAMETER, SETUP, TEARDOWN, PLAY, PAUSE' },
    });
    expect(Date.parse(options.headers.date ?? '')).not.toBeNaN();
  });

  it('describes the stream', async () => {
    const { status, headers, body } = await client.ask('DESCRIBE', url, { Accept: 'application/sdp' });
    expect([status, headers['content-type'], headers['content-base']]).toEqual([200, 'application/sdp', `${url}/`]);
    expect(headers['content-length']).toBe(String(body.length));
    expect(body.split('\r\n').filter((line) => /^(v=|m=|a=rtpmap|a=control|a=framerate)/.test(line))).toEqual([
      'v=0',
      'a=control:*',
      'm=video 0 RTP/AVP 96',
      'a=rtpmap:96 H264/90000',
      'a=framerate:25',
      'a=control:trackID=0',
      'm=audio 0 RTP/AVP 0',
      'a=rtpmap:0 PCMU/8000',
      'a=control:trackID=1',
    ]);
  });

  it.each([
    ['audio_main', 'getRtspConf', { audio_main: 0 }, 0, 0],
    ['enable of the audio', 'getAencConf', { enable: 0 }, 0, 0],
    ['audio_sub', 'getRtspConf', { audio_sub: 1 }, 1, 1],
    ['audio_main, which is not about stream 1', 'getRtspConf', { audio_main: 1 }, 1, 0],
  ])('has sound as %s says', async (_, action, values, channel, tracks) => {
    set(action, values);
    const { body } = await client.ask('DESCRIBE', `rtsp://127.0.0.1/stream_${channel}`);
    expect(body.split('m=audio').length - 1).toBe(tracks);
  });

  it('delivers over TCP what it announced, and stops after TEARDOWN', async () => {
    const setup = await client.ask('SETUP', `${url}/trackID=0`, { Transport: 'RTP/AVP/TCP;unicast;interleaved=6-7' });
    expect(setup.headers.session).toMatch(/^\d{19};timeout=60$/);
    const ssrc = /^RTP\/AVP\/TCP;unicast;interleaved=6-7;ssrc=([0-9a-f]{8})$/.exec(setup.headers.transport ?? '')?.[1];
    const play = await client.ask('PLAY', url, { ...sessionIn(setup), Range: 'npt=0.000-' });
    const info = /^url=(\S+)\/trackID=0;seq=(\d+);rtptime=(\d+)$/.exec(play.headers['rtp-info'] ?? '');
    expect([play.status, play.headers.range, info?.[1]]).toEqual([200, 'npt=0.000-', url]);
    await client.framesUpTo(5);
    const rtp = client.frames.filter(({ channel }) => channel === 6).map(({ packet }) => packet);
    const first = rtp[0] as Buffer;
    expect([first.readUInt16BE(2), first.readUInt32BE(4), first.toString('hex', 8, 12)]).toEqual([Number(info?.[2]), Number(info?.[3]), ssrc]);
    expect(client.frames.find(({ channel }) => channel === 7)?.packet.readUInt16BE(0)).toBe(0x80c8);
    expect((await client.ask('TEARDOWN', url, sessionIn(setup))).status).toBe(200);
    const count = client.frames.length;
    await client.ask('OPTIONS', url);
    expect([client.frames.length, server.sessions]).toEqual([count, 0]);
  });

  it('delivers both tracks of several clients at once', async () => {
    const others = await Promise.all([1, 2, 3].map(() => connectRtsp(server.port)));
    for (const each of others) {
      const setup = await each.ask('SETUP', `${url}/trackID=0`, TCP);
      await each.ask('SETUP', `${url}/trackID=1`, { ...sessionIn(setup), Transport: 'RTP/AVP/TCP;unicast;interleaved=2-3' });
      expect((await each.ask('PLAY', url, sessionIn(setup))).headers['rtp-info']?.split(',')).toHaveLength(2);
    }
    await Promise.all(others.map((each) => each.framesUpTo(10)));
    for (const { frames } of others) expect(new Set(frames.map(({ channel }) => channel))).toEqual(new Set([0, 1, 2, 3]));
    expect(server.sessions).toBe(3);
    await Promise.all(others.map((each) => each.close()));
  });

  it('sets up the picture where the document sets up the stream', async () => {
    expect((await client.ask('SETUP', url, TCP)).status).toBe(200);
  });
});

describe('over UDP', () => {
  let sockets: Socket[];
  beforeEach(async () => {
    sockets = [createSocket('udp4'), createSocket('udp4')];
    for (const socket of sockets) {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
    }
  });
  afterEach(() => {
    for (const socket of sockets) socket.close();
  });

  it('delivers to the ports of the client, from those it names', async () => {
    const ports = sockets.map((socket) => (socket.address() as AddressInfo).port);
    const setup = await client.ask('SETUP', `${url}/trackID=0`, { Transport: `RTP/AVP;unicast;client_port=${ports.join('-')}` });
    const transport = setup.headers.transport ?? '';
    const own = /server_port=(\d+)-(\d+)/.exec(transport)?.slice(1).map(Number) as [number, number];
    expect(transport).toMatch(new RegExp(`^RTP/AVP;unicast;client_port=${ports.join('-')};source=127.0.0.1;server_port=\\d+-\\d+;ssrc=[0-9a-f]{8}$`));
    expect([own[0] % 2, own[1] - own[0]]).toEqual([0, 1]);
    const arrivals = Promise.all(sockets.map((socket) => once(socket, 'message')));
    await client.ask('PLAY', url, sessionIn(setup));
    const [[rtp, from], [report, reportFrom]] = (await arrivals) as [[Buffer, AddressInfo], [Buffer, AddressInfo]];
    expect([from.port, reportFrom.port, rtp.toString('hex', 8, 12)]).toEqual([...own, transport.slice(-8)]);
    expect(report[1]).toBe(200);
    now = 50_000;
    (sockets[1] as Socket).send(Buffer.from('80c90001000000aa', 'hex'), own[1], '127.0.0.1');
    await client.ask('OPTIONS', url);
    now = 110_000;
    server.sweep();
    expect(server.sessions).toBe(1);
    now = 110_001;
    server.sweep();
    expect(server.sessions).toBe(0);
  });
});

describe('errors', () => {
  it.each([
    [404, 'DESCRIBE', '/stream_2', {}],
    [404, 'SETUP', '/stream_0/trackID=7', TCP],
    [406, 'DESCRIBE', '/stream_0', { Accept: 'text/html' }],
    [461, 'SETUP', '/stream_0/trackID=0', {}],
    [461, 'SETUP', '/stream_0/trackID=0', { Transport: 'RTP/AVP;multicast' }],
    [454, 'SETUP', '/stream_0/trackID=0', { ...TCP, Session: '1234567890' }],
    [454, 'PLAY', '/stream_0', { Session: '1234567890' }],
    [454, 'PLAY', '/stream_0', {}],
    [454, 'TEARDOWN', '/stream_0', {}],
    [454, 'GET_PARAMETER', '/stream_0', { Session: '1234567890' }],
    [200, 'GET_PARAMETER', '/stream_0', {}],
    [501, 'PAUSE', '/stream_0', {}],
    [501, 'SET_PARAMETER', '/stream_0', {}],
    [501, 'RECORD', '/stream_0', {}],
  ])('%d for %s %s', async (status, method, path, headers) => {
    expect((await client.ask(method, url.replace('/stream_0', path), headers)).status).toBe(status);
    expect((await client.ask('OPTIONS', url)).status).toBe(200);
  });

  it.each([
    [505, 'OPTIONS rtsp://c/stream_0 RTSP/2.0\r\nCSeq: 1\r\n\r\n', '1'],
    [400, 'OPTIONS rtsp://c/stream_0 HTTP/1.1\r\nCSeq: 1\r\n\r\n', '1'],
    [400, 'OPTIONS rtsp://c/stream_0 RTSP/1.0\r\n\r\n', undefined],
    [400, 'OPTIONS /stream_0 RTSP/1.0\r\nCSeq: 3\r\n\r\n', '3'],
    [400, 'nonsense\r\nCSeq: 4\r\n\r\n', '4'],
    [200, 'OPTIONS * RTSP/1.0\r\nCSeq: 5\r\n\r\n', '5'],
  ])('%d for %j', async (status, text, cseq) => {
    const response = await client.raw(text);
    expect([response.status, response.headers.cseq]).toEqual([status, cseq]);
  });

  it('knows what a session can do', async () => {
    const setup = await client.ask('SETUP', `${url}/trackID=0`, TCP);
    const session = sessionIn(setup);
    const statusOf = async (...request: Parameters<typeof client.ask>) => (await client.ask(...request)).status;
    expect(await statusOf('SETUP', url.replace('_0', '_1'), { ...TCP, ...session })).toBe(459);
    expect(await statusOf('SETUP', `${url}/trackID=1`, { Transport: 'RTP/AVP/TCP;interleaved=2-3', ...session })).toBe(200);
    expect(await statusOf('PLAY', `${url}/trackID=1`, session)).toBe(460);
    expect(await statusOf('PLAY', url.replace('_0', '_1'), session)).toBe(455);
    expect(await statusOf('PLAY', url, session)).toBe(200);
    expect(await statusOf('SETUP', `${url}/trackID=1`, { ...TCP, ...session })).toBe(455);
    expect(await statusOf('PAUSE', url, session)).toBe(501);
    expect(await statusOf('PLAY', url, session)).toBe(200);
    expect(await statusOf('TEARDOWN', url, session)).toBe(200);
    expect(await statusOf('TEARDOWN', url, session)).toBe(454);
  });
});

describe('authentication', () => {
  const digest = (method: string, uri: string, challenge: string, { user = 'admin', password = '123456' } = {}) => {
    const [realm, nonce] = ['realm', 'nonce'].map((name) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1]);
    const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:${md5(`${method}:${uri}`)}`);
    return { Authorization: `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"` };
  };

  it('asks for credentials while it is open, of all but OPTIONS', async () => {
    expect((await client.ask('DESCRIBE', url)).status).toBe(200);
    set('getRtspConf', { enable: 1 });
    const refused = await client.ask('DESCRIBE', url);
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      401,
      expect.stringMatching(/^Digest realm="camera", nonce="\w{32}", Basic realm="camera"$/),
    ]);
    expect((await client.ask('SETUP', `${url}/trackID=0`, TCP)).status).toBe(401);
    expect((await client.ask('OPTIONS', url)).status).toBe(200);
    expect((await client.ask('DESCRIBE', url.replace('_0', '_9'))).status).toBe(401);
  });

  it('takes Basic and Digest with the password of the camera', async () => {
    set('getRtspConf', { enable: 1 });
    const challenge = (await client.ask('DESCRIBE', url)).headers['www-authenticate'] ?? '';
    expect((await client.ask('DESCRIBE', url, BASIC)).status).toBe(200);
    expect((await client.ask('DESCRIBE', url, digest('DESCRIBE', url, challenge))).status).toBe(200);
    expect((await client.ask('DESCRIBE', url, digest('DESCRIBE', '/stream_0', challenge))).status).toBe(200);
    account.change('other');
    expect((await client.ask('DESCRIBE', url, BASIC)).status).toBe(401);
    expect((await client.ask('DESCRIBE', url, digest('DESCRIBE', url, challenge, { password: 'other' }))).status).toBe(200);
  });

  it('refuses what is wrong', async () => {
    set('getRtspConf', { enable: 1 });
    const challenge = (await client.ask('DESCRIBE', url)).headers['www-authenticate'] ?? '';
    const wrong = [
      { Authorization: `Basic ${Buffer.from('admin:12345').toString('base64')}` },
      { Authorization: `Basic ${Buffer.from('admin').toString('base64')}` },
      { Authorization: 'Bearer x' },
      digest('DESCRIBE', url, challenge, { password: '12345' }),
      digest('DESCRIBE', url, challenge, { user: 'root' }),
      digest('SETUP', url, challenge),
      digest('DESCRIBE', url.replace('_0', '_1'), challenge),
      digest('DESCRIBE', url, challenge.replace(/nonce="./, 'nonce="x')),
    ];
    for (const headers of wrong) expect((await client.ask('DESCRIBE', url, headers)).status).toBe(401);
  });
});

describe('nothing is left', () => {
  const play = async (each: TestRtspClient): Promise<void> => {
    const setup = await each.ask('SETUP', `${url}/trackID=0`, TCP);
    await each.ask('PLAY', url, sessionIn(setup));
    await each.framesUpTo(2);
  };

  it('when a client goes away', async () => {
    await play(client);
    await client.close();
    await expect.poll(() => server.sessions).toBe(0);
  });

  it('when a client says nothing for 60 s', async () => {
    await play(client);
    now = 60_001;
    const ended = once(client.socket, 'close');
    server.sweep();
    expect(server.sessions).toBe(0);
    await ended;
  });

  it('when it is closed in the middle', async () => {
    await play(client);
    const ended = once(client.socket, 'close');
    await server.close();
    await ended;
    expect(server.sessions).toBe(0);
    expect(process.getActiveResourcesInfo().filter((name) => /UDP|TCPServer/.test(name))).toEqual([]);
  });
});

describe('planted faults', () => {
  it('show', async () => {
    Object.assign(tamper, {
      settings: (_channel, settings) => ({ ...settings, video: { ...settings.video, rate: 12 } }),
      packet: (_media, packet) => ({ ...packet, header: Buffer.from(packet.header).fill(0, 8, 12) }),
      response: (method, text) => (method === 'OPTIONS' ? text.replace('PLAY', 'PLAI') : text),
      admits: (method, isRight) => isRight && method !== 'TEARDOWN',
      playsOn: true,
    } satisfies StreamTamper);
    expect((await client.ask('OPTIONS', url)).headers.public).toContain('PLAI');
    expect((await client.ask('DESCRIBE', url)).body).toContain('a=framerate:12');
    const setup = await client.ask('SETUP', `${url}/trackID=0`, TCP);
    await client.ask('PLAY', url, sessionIn(setup));
    await client.framesUpTo(3);
    expect(client.frames.at(-1)?.packet.readUInt32BE(8)).toBe(0);
    expect((await client.ask('TEARDOWN', url, sessionIn(setup))).status).toBe(401);
  });
});

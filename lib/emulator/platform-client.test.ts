import { afterEach, describe, expect, it } from 'vitest';
import { type Connection, type Listening, listenForWebSockets } from '../wire/web-socket.ts';
import { md5 } from './account.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
import { platformUrl } from './platform-client.ts';
import { createTestClient, until } from './test-client.ts';

/** An answer may then take 400 ms, on a computer that is busy, too. */
const PACE = 25;

type Message = Readonly<Record<string, unknown>>;

/** A platform: what it heard, and what it says to that. */
interface Platform {
  readonly address: string;
  readonly heard: Message[];
  /** connections, the newest last; those that ended stay */
  readonly connections: Connection[];
  readonly ended: Connection[];
  ask(message: Message): void;
}

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const acknowledging = (type: unknown, id: unknown): Message => ({ resp_type: type, device_id: id, code: 0, log: `'${type}'success` });

async function platform(
  answer: (message: Message) => Message | null = ({ request_type, device_id }) => acknowledging(request_type, device_id),
): Promise<Platform> {
  const heard: Message[] = [];
  const connections: Connection[] = [];
  const ended: Connection[] = [];
  const listening: Listening = await listenForWebSockets('127.0.0.1', {
    opened: (connection) => connections.push(connection),
    closed: (connection) => ended.push(connection),
    text: (text, connection) => {
      const message = JSON.parse(text) as Message;
      heard.push(message);
      const reply = message.request_type === undefined ? null : answer(message);
      if (reply) connection.send(JSON.stringify(reply));
    },
  });
  cleanups.push(() => listening.close());
  return {
    address: `127.0.0.1:${listening.port}`,
    heard,
    connections,
    ended,
    ask: (message) => connections.at(-1)?.send(JSON.stringify(message)),
  };
}

async function camera(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ requestLog: true, ...options });
  cleanups.push(() => emulator.close());
  return emulator;
}

const logsInTo = async ({ address }: Platform, emulator: Emulator): Promise<void> => {
  await createTestClient(emulator).ask('setPlatformServer', { wsServerAddr: address });
};
const typesIn = ({ heard }: Platform): readonly unknown[] => heard.map(({ request_type, resp_type }) => request_type ?? resp_type);
const seen = <T>(probe: () => T, wanted: (value: T) => boolean): Promise<T> => until(async () => probe(), wanted);

describe('the WebSocket platform', () => {
  it('hears who is online, as soon as its address is set, and then heartbeats', async () => {
    const here = await platform();
    await logsInTo(here, await camera({ pace: PACE, quirks: ['field-identity'] }));
    await seen(
      () => here.heard.length,
      (count) => count >= 3,
    );
    expect(typesIn(here).slice(0, 3)).toEqual(['deviceOnline', 'heartbeat', 'heartbeat']);
    expect(Object.keys(here.heard[0] ?? {})).toEqual([
      'request_type',
      'device_name',
      'device_id',
      'lib_platform_version',
      'lib_ai_version',
      'software_version',
      'device_mac',
      'sign',
      'sign_tby',
    ]);
    expect(here.heard[0]).toMatchObject({ device_name: 'IPCamera', device_id: 'H01000118160100011616', device_mac: 'bc-07-18-01-c5-0f' });
    expect(Object.keys(here.heard[1] ?? {})).toEqual(['request_type', 'IP', 'device_id', 'device_name', 'timestamp', 'user_num', 'sign_tby']);
    expect(here.heard[1]).toMatchObject({ IP: '192.168.1.89', user_num: 0 });
    expect(here.connections).toHaveLength(1);
  });

  it('is left and tried again where it does not answer, or says no', async () => {
    for (const answer of [() => null, ({ request_type }: Message) => ({ resp_type: request_type, code: 205 })]) {
      const silent = await platform(answer);
      await logsInTo(silent, await camera({ pace: PACE }));
      await seen(
        () => silent.connections.length,
        (count) => count >= 2,
      );
      expect(new Set(typesIn(silent))).toEqual(new Set(['deviceOnline']));
      expect(silent.ended.length).toBeGreaterThanOrEqual(1);
    }
  });

  it('is tried again when it comes back, and after a heartbeat without an answer', async () => {
    const here = await platform((message) => (message.request_type === 'heartbeat' ? null : acknowledging(message.request_type, message.device_id)));
    await logsInTo(here, await camera({ pace: PACE }));
    await seen(
      () => typesIn(here),
      (types) => types.filter((type) => type === 'deviceOnline').length >= 2,
    );
    expect(typesIn(here).slice(0, 3)).toEqual(['deviceOnline', 'heartbeat', 'deviceOnline']);
    here.connections.at(-1)?.end();
    const count = here.connections.length;
    await seen(
      () => here.connections.length,
      (now) => now > count,
    );
  });

  it('is left when its address goes, and another one is logged in to', async () => {
    const [first, second] = [await platform(), await platform()];
    const emulator = await camera();
    await logsInTo(first, emulator);
    await seen(
      () => first.heard.length,
      (count) => count === 1,
    );
    await logsInTo(second, emulator);
    await seen(
      () => first.ended.length + second.heard.length,
      (count) => count === 2,
    );
    await createTestClient(emulator).ask('setPlatformServer', { wsServerAddr: '' });
    await seen(
      () => second.ended.length,
      (count) => count === 1,
    );
  });

  it('is left by a restart, and logged in to after it', async () => {
    const here = await platform();
    const emulator = await camera();
    await logsInTo(here, emulator);
    await seen(
      () => here.heard.length,
      (count) => count === 1,
    );
    await createTestClient(emulator).ask('restart');
    await seen(
      () => typesIn(here),
      (types) => types.length === 2,
    );
    expect([typesIn(here), here.ended.length]).toEqual([['deviceOnline', 'deviceOnline'], 1]);
  });

  it('asks any action with the password, and has its answer', async () => {
    const here = await platform();
    const emulator = await camera();
    await logsInTo(here, emulator);
    await seen(
      () => here.heard.length,
      (count) => count === 1,
    );
    const pass = md5('123456');
    const answered = async (message: Message): Promise<Message | undefined> => {
      const count = here.heard.length;
      here.ask(message);
      await seen(
        () => here.heard.length,
        (now) => now > count,
      );
      return here.heard.at(-1);
    };
    expect(await answered({ request_type: 'getVencConf', request_id: 'a', pass, channel: 1 })).toMatchObject({
      resp_type: 'getVencConf',
      request_id: 'a',
      code: 0,
      channel: 1,
      deviceID: expect.any(String),
    });
    expect(await answered({ request_type: 'setOsdConf', request_id: 7, pass, show_date: 0 })).toMatchObject({
      resp_type: 'setOsdConf',
      request_id: 7,
      code: 0,
    });
    expect(await createTestClient(emulator).ask('getOsdConf')).toMatchObject({ show_date: 0 });
    expect(await answered({ request_type: 'setOsdConf', request_id: 8, pass: md5('wrong'), show_date: 1 })).toMatchObject({
      request_id: 8,
      code: 206,
    });
    expect(await answered({ request_type: 'setOsdConf', request_id: 9, show_date: 1 })).toMatchObject({ request_id: 9, code: 206 });
    expect(await answered({ request_type: 'getNothing', request_id: 10, pass })).toMatchObject({ resp_type: 'getNothing', code: 209 });
    expect(await createTestClient(emulator).ask('getOsdConf')).toMatchObject({ show_date: 0 });
    expect(JSON.stringify(emulator.requests())).not.toContain(pass);
  });

  it('may say what it likes', async () => {
    const here = await platform();
    const emulator = await camera();
    await logsInTo(here, emulator);
    await seen(
      () => here.heard.length,
      (count) => count === 1,
    );
    for (const text of ['', 'x', '[]', '{}', '{"resp_type":"heartbeat"}', '{"request_type":5}', 'null']) here.connections.at(-1)?.send(text);
    here.ask({ request_type: 'getOsdConf', request_id: 1, pass: md5('123456') });
    await seen(
      () => here.heard.length,
      (count) => count === 2,
    );
    expect(here.heard.at(-1)).toMatchObject({ resp_type: 'getOsdConf', code: 0 });
  });
});

describe('where a platform is', () => {
  it.each([
    ['127.0.0.1', 8091, 'ws://127.0.0.1:8091/'],
    ['127.0.0.1', 0, 'ws://127.0.0.1:80/'],
    ['127.0.0.1:9000', 8091, 'ws://127.0.0.1:9000/'],
    ['ws://localhost:9000/socket', 0, 'ws://localhost:9000/socket'],
  ])('%s and port %d', (wsServerAddr, wsServerPort, url) => {
    expect(platformUrl({ wsServerAddr, wsServerPort })).toBe(url);
  });

  it.each(['', ' ', '192.168.1.33', '10.61.7.28:8091', 'a.example', 'localhost.example', '127.0.0.1.example', 'http://127.0.0.1', 5, undefined])(
    '%j is not on this computer',
    (wsServerAddr) => {
      expect(platformUrl({ wsServerAddr })).toBeNull();
    },
  );
});

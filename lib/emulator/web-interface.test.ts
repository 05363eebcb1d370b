import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import { md5 } from './account.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
import { createTestClient, until } from './test-client.ts';

const open: Emulator[] = [];
afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

async function start(options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ web: 'only', requestLog: true, ...options });
  open.push(emulator);
  const post = async (action: string, json?: unknown): Promise<string> => {
    const body = json === undefined ? '' : typeof json === 'string' ? json : JSON.stringify(json);
    return (await fetch(`${emulator.url}/action/${action}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).text();
  };
  const ask = async (action: string, json: unknown = {}): Promise<Record<string, unknown>> =>
    JSON.parse(await post(action, json)) as Record<string, unknown>;
  return { emulator, post, ask, logIn: (password = '123456') => ask('hiLogin', { passwd: md5(password) }) };
}

describe('the calls of the page', () => {
  it('want a log-in once, and trust the address then', async () => {
    const { post, ask, logIn } = await start();
    expect((await post('getOsdConf', {})).trim()).toBe('error user/pwd');
    expect(await logIn('wrong')).toMatchObject({ code: 206 });
    expect((await post('getOsdConf', {})).trim()).toBe('error user/pwd');
    expect(await logIn()).toMatchObject({
      code: 0,
      userRole: 3,
      deyType: 'H2S02P100000',
      deviceID: expect.any(String),
      device_mac: expect.any(String),
    });
    expect(await ask('getOsdConf')).toMatchObject({ code: 0, show_date: 1 });
  });

  it.each(['', 'x', '[]', '{}', '{"passwd":5}', '{"passwd":null}'])('log in with a password alone, not with %j', async (body) => {
    const { post } = await start();
    expect(JSON.parse(await post('hiLogin', body))).toMatchObject({ code: 206 });
    expect((await post('getOsdConf', {})).trim()).toBe('error user/pwd');
  });

  it('get, set, and answer as cgi_action does', async () => {
    const { emulator, post, ask, logIn } = await start({ web: 'beside' });
    await logIn();
    const cgi = createTestClient(emulator);
    expect(await ask('getVencConf', { channel: 1 })).toEqual(await cgi.ask('getVencConf', { channel: 1 }));
    expect(await ask('setOsdConf', { show_date: 0 })).toEqual(await cgi.ask('setOsdConf', { show_date: 0 }));
    expect(await cgi.ask('getOsdConf')).toMatchObject({ show_date: 0 });
    expect(await ask('setOsdConf', { show_date: 7 })).toMatchObject({ code: 205 });
    expect((await post('setOsdConf')).trim()).toBe('error json');
    expect((await post('setOsdConf', '{')).trim()).toBe('error json');
    expect((await post('getNothing', {})).trim()).toBe('error json');
    expect(JSON.parse(await post('getOsdConf')), 'no body').toMatchObject({ code: 0 });
  });

  it('take the parameters of a get from the query, too', async () => {
    const { emulator, logIn } = await start();
    await logIn();
    const reply = await (await fetch(`${emulator.url}/action/getVencConf?channel=1`)).json();
    expect(reply).toMatchObject({ code: 0, channel: 1 });
  });

  it('are there with HTTP that is written by hand, too', async () => {
    const { ask, logIn } = await start({ quirks: ['http-lower-case'] });
    await logIn();
    expect(await ask('setOsdConf', { show_date: 0, title_list: [{ title: 'ä' }] })).toMatchObject({ code: 0 });
    expect(await ask('getOsdConf')).toMatchObject({ show_date: 0, title_list: [{ title: 'ä' }, {}, {}, {}] });
  });

  it('are forgotten by a restart', async () => {
    const { post, ask, logIn } = await start();
    await logIn();
    expect(await ask('restart')).toMatchObject({ code: 0 });
    const text = await until(
      () => post('getOsdConf', {}).catch(() => ''),
      (reply) => reply.startsWith('error'),
    );
    expect(text.trim()).toBe('error user/pwd');
    await logIn();
    expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
  });

  it('show no password in the request log', async () => {
    const { emulator, logIn } = await start();
    await logIn();
    expect(emulator.requests()).toMatchObject([{ action: 'hiLogin', json: { passwd: '***' }, result: 0 }]);
  });

  it('are locked like every log-in', async () => {
    const { logIn } = await start({ quirks: ['locks-out'] });
    for (let turn = 0; turn < 5; turn++) await logIn('wrong');
    expect(await logIn()).toMatchObject({ code: 206 });
  });

  it('are seen by a witness as what they ask for', async () => {
    const { emulator, ask, logIn } = await start({ witness: true });
    await logIn('wrong');
    await logIn();
    await ask('setOsdConf', { show_date: 0 });
    expect(emulator.witnessed().map(({ action, logIn: how, json }) => [action, how, json?.show_date])).toEqual([
      ['hiLogin', 'wrong', undefined],
      ['hiLogin', 'right', undefined],
      ['setOsdConf', 'right', 0],
    ]);
  });

  it('survive scripts that write a request and close at once, a body that never comes and one that is too long', async () => {
    const { emulator, ask, logIn } = await start();
    await logIn();
    const { hostname, port } = new URL(emulator.url);
    const write = (text: string): Promise<void> =>
      new Promise((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.end(text));
        socket.on('error', () => undefined).on('close', () => resolve());
        socket.resume();
      });
    const json = '{"channel":0,"ptz_cmd":9,"speed_h":50,"speed_v":50}';
    const bare = `POST /action/setPtzControl HTTP/1.1\r\nHost: camera\r\nConnection: keep-alive\r\nContent-Length: ${json.length}\r\n\r\n${json}`;
    await Promise.all(Array.from({ length: 100 }, () => write(bare)));
    await write('POST /action/setOsdConf HTTP/1.1\r\nHost: camera\r\nContent-Length: 20\r\n\r\n{"show');
    await write(`POST /action/setOsdConf HTTP/1.1\r\nHost: camera\r\nContent-Length: 300000\r\n\r\n${'x'.repeat(300_000)}`);
    expect(emulator.state().moving).toMatchObject({ command: 9 });
    expect(await ask('getOsdConf')).toMatchObject({ code: 0, show_date: 1 });
  });
});

describe('public clients', () => {
  it('dump every section of one camera, and apply to another what differs: the second time nothing does', async () => {
    const [from, to] = [await start({ quirks: ['field-identity'] }), await start()];
    const gets = SECTIONS.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'settings' && part.set ? [[part.get, part.set] as const] : [])),
    );
    const metadata = new Set(['code', 'device_mac', 'deviceID', 'device_id', 'device_ip', 'log', 'deviceTime', 'webPort', 'rtsp_port', 'pixel_list']);
    await from.logIn();
    await to.logIn();
    await from.ask('setOsdConf', { show_date: 0, font_size: 2 });
    await from.ask('setMotionDetConf', { md_sensitivity: 5 });
    const apply = async (): Promise<readonly string[]> => {
      const changed: string[] = [];
      for (const [get, set] of new Map(gets)) {
        const [wanted, present] = [await from.ask(get), await to.ask(get)];
        const differing = Object.entries(wanted).filter(
          ([name, value]) => !metadata.has(name) && JSON.stringify(value) !== JSON.stringify(present[name]),
        );
        if (differing.length === 0) continue;
        changed.push(...differing.map(([name]) => name));
        expect(await to.ask(set, Object.fromEntries(differing)), set).toMatchObject({ code: 0 });
      }
      return changed;
    };
    expect(await apply()).toEqual(['show_date', 'font_size', 'md_sensitivity']);
    expect(await apply()).toEqual([]);
  });

  it('control the underwater camera without a log-in', async () => {
    const { ask } = await start({ quirks: ['field-open-page', 'field-captured-display'] });
    expect(await ask('setImageAdjustmentEx', { onceAWB: 1 })).toMatchObject({ code: 0 });
    expect(await ask('getVencConf', { channel: 1 })).toMatchObject({ code: 0, channel: 1 });
  });
});

describe('a camera with one of both', () => {
  it('has no cgi_action where it has its page alone, and snapshots all the same', async () => {
    const { emulator } = await start();
    expect((await fetch(`${emulator.url}/action/cgi_action?user=admin&pwd=${md5('123456')}&action=getOsdConf`)).status).toBe(404);
    expect((await fetch(`${emulator.url}/action/cgi_images`)).status).toBe(200);
  });

  it('has no page unless it is asked for', async () => {
    const emulator = await startEmulator();
    open.push(emulator);
    const statuses = [
      (await fetch(`${emulator.url}/action/hiLogin`, { method: 'POST', body: '{}' })).status,
      (await fetch(`${emulator.url}/action/getOsdConf`)).status,
    ];
    expect(statuses).toEqual([405, 404]);
  });
});

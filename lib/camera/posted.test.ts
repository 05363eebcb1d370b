/** A camera that is asked by the calls of its page: it is entered once, and again when it has forgotten who asks. */
import { afterEach, describe, expect, it } from 'vitest';
import { WEB } from '../cgi/web-dialect.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/emulator.ts';
import { CameraClient, type ClientOptions } from '../http/client.ts';
import type { HttpExchange } from '../wire/exchange.ts';
import { md5Hex } from '../wire/md5.ts';
import { describe as inWords, outcomeOf } from './outcome.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

interface Place {
  readonly emulator: Emulator;
  readonly client: CameraClient;
  readonly exchanges: readonly HttpExchange[];
}

async function start(options: Partial<ClientOptions> = {}, camera: EmulatorOptions = {}): Promise<Place> {
  const emulator = await startEmulator({ web: 'only', requestLog: true, ...camera });
  cleanUps.push(() => emulator.close());
  const exchanges: HttpExchange[] = [];
  const client = new CameraClient({
    dialect: WEB,
    baseUrl: new URL(emulator.url),
    user: 'admin',
    password: '123456',
    timeoutMs: 5000,
    concurrency: 1,
    secretNames: new Set(['newPassword', 'oldPassword']),
    onExchange: (exchange) => void exchanges.push(exchange),
    ...options,
  });
  cleanUps.push(() => client.close());
  return { emulator, client, exchanges };
}

const actionsOf = (emulator: Emulator): readonly string[] => emulator.requests().map(({ action }) => action);

describe('the calls of a page', () => {
  it('go out behind one log-in, and are recorded as they were sent', async () => {
    const { emulator, client, exchanges } = await start();
    expect((await client.cgi('setOsdConf', { show_date: 0, title_list: [{ title: 'ä' }] })).body).toMatchObject({ value: { code: 0 } });
    expect((await client.cgi('getOsdConf')).body).toMatchObject({ value: { show_date: 0, title_list: [{ title: 'ä' }, {}, {}, {}] } });
    expect(actionsOf(emulator)).toEqual(['hiLogin', 'setOsdConf', 'getOsdConf']);
    expect(exchanges.map(({ method, url, json, isLogIn }) => [method, new URL(url).pathname, json, isLogIn])).toEqual([
      ['POST', '/action/hiLogin', '{"passwd":"***"}', true],
      ['POST', '/action/setOsdConf', '{"show_date":0,"title_list":[{"title":"ä"}]}', undefined],
      ['POST', '/action/getOsdConf', '{}', undefined],
    ]);
    expect(client.traffic.requests).toBe(3);
  });

  it('are sent once over a connection of their own where they must not be sent twice', async () => {
    const { client } = await start();
    const answer = await client.cgi('setOsdConf', { title_list: [{ title: 'ä' }] }, { repeatable: false });
    expect(answer.body).toMatchObject({ value: { code: 0 } });
    expect((await client.cgi('getOsdConf')).body).toMatchObject({ value: { title_list: [{ title: 'ä' }, {}, {}, {}] } });
  });

  it('log in again, and are sent again, when a restart has forgotten who asks', async () => {
    const { emulator, client } = await start();
    await client.cgi('getOsdConf');
    await client.cgi('restart');
    const logIns = (): number => actionsOf(emulator).filter((action) => action === 'hiLogin').length;
    const outcomes = new Set<string>();
    await expect
      .poll(() =>
        client.cgi('getSysConfig').then(
          (answer) => outcomes.add(outcomeOf(answer).kind) && logIns(),
          () => 0,
        ),
      )
      .toBe(2);
    expect([...outcomes]).toEqual(['done']);
    expect((await client.cgi('setOsdConf', { show_date: 0 })).body).toMatchObject({ value: { code: 0 } });
  });

  it('are not sent where the log-in is refused, which is what is said of them then', async () => {
    const { emulator, client } = await start({ password: 'wrong' });
    const outcome = outcomeOf(await client.cgi('setOsdConf', { show_date: 0 }));
    expect([outcome.kind, inWords(outcome)]).toEqual(['error-user', 'its log-in is refused, with code 206 (administrator password error)']);
    expect(actionsOf(emulator)).toEqual(['hiLogin']);
    client.setPassword('123456');
    expect(outcomeOf(await client.cgi('getOsdConf')).kind).toBe('done');
  });

  it('are sent without a log-in where there is none', async () => {
    const { client } = await start({}, { quirks: ['field-open-page'], tamper: { request: (_, json) => json } });
    expect(outcomeOf(await client.cgi('getOsdConf')).kind).toBe('done');
  });

  it('log in once for all that are under way', async () => {
    const { emulator, client } = await start({ concurrency: 4 });
    await Promise.all(['getOsdConf', 'getTime', 'getSysConfig', 'getOsdConf'].map((action) => client.cgi(action)));
    expect(actionsOf(emulator).filter((action) => action === 'hiLogin')).toHaveLength(1);
  });

  it('log in anew with another password, and neither is ever recorded', async () => {
    const { client, exchanges } = await start();
    const json = { newPassword: 'N3w-Plant', oldPassword: md5Hex('123456') };
    expect((await client.cgi('setPasswd', json, { addSecrets: ['N3w-Plant'] })).body).toMatchObject({ value: { code: 0 } });
    client.setPassword('N3w-Plant');
    expect(outcomeOf(await client.cgi('getOsdConf')).kind).toBe('done');
    client.setPassword('123456');
    expect(outcomeOf(await client.cgi('getOsdConf')).kind).toBe('error-user');
    for (const secret of ['N3w-Plant', md5Hex('N3w-Plant'), md5Hex('123456')]) expect(JSON.stringify(exchanges)).not.toContain(secret);
  });
});

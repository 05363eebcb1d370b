import { describe, expect, test } from 'vitest';
import { CGI } from '../cgi/cgi-dialect.ts';
import { SECRET_NAMES } from '../document/secret-names.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import { CameraClient } from '../http/client.ts';
import { Camera } from './camera.ts';
import { withCamera } from './embedded-camera.fixture.ts';
import { type OfferedParameter, OfferedParameters } from './offered-parameters.ts';

/** What is noted of some gets, each with what it sends. */
async function offered(
  requests: readonly (readonly [string, Record<string, unknown> | null])[],
  options: EmulatorOptions = {},
): Promise<readonly OfferedParameter[]> {
  return withCamera(options, async ({ camera: { options: own } }) => {
    const client = new CameraClient({
      dialect: CGI,
      baseUrl: own.baseUrl,
      user: own.user,
      password: own.password,
      timeoutMs: 5000,
      concurrency: 1,
      secretNames: SECRET_NAMES,
    });
    try {
      const camera = new Camera({ ...own, client });
      const parameters = new OfferedParameters();
      camera.onCall({ after: (action, json, outcome) => parameters.note(action, json, outcome) });
      for (const [action, json] of requests) await camera.call(action, json);
      const noted = parameters.take();
      expect(parameters.take()).toEqual([]);
      return noted;
    } finally {
      await client.close();
    }
  });
}
const named = (parameters: readonly OfferedParameter[], name: string) => parameters.find((each) => each.name === name);

describe('OfferedParameters', () => {
  test('notes type, value and what the camera says of the range', async () => {
    const parameters = await offered([['getVencConf', { channel: 0 }]]);
    expect(named(parameters, 'frame_rate')).toEqual({
      section: '21.1',
      action: 'getVencConf',
      instance: '',
      name: 'frame_rate',
      documented: true,
      type: 'number',
      value: '25',
      range: 'at most 25',
    });
    expect(named(parameters, 'pic_width')?.range).toMatch(/^one of \d+(, \d+)+$/);
    expect(named(parameters, 'pixel_list')).toMatchObject({ type: 'list', value: expect.stringMatching(/^\[\{"width":\d+/), range: null });
    expect(parameters.map(({ name }) => name)).not.toContain('device_mac');
  });

  test('keeps to the first reply of each instance', async () => {
    const parameters = await offered([
      ['getVencConf', { channel: 1 }],
      ['setVencConf', { channel: 1, gop: 7 }],
      ['getVencConf', { channel: 1 }],
      ['getVencConf', { channel: 9 }],
      ['getVencConf', { channel: 0 }],
      ['getNothing', null],
    ]);
    expect([...new Set(parameters.map(({ instance }) => instance))]).toEqual(['auxiliary', '']);
    const gops = parameters.filter(({ name }) => name === 'gop').map(({ value }) => value);
    expect(gops).toHaveLength(2);
    expect(gops).not.toContain('7');
  });

  test('files each parameter of a shared get under its own section, and what nobody knows under the first', async () => {
    const tamper: EmulatorOptions['tamper'] = {
      reply: (action, _, reply) => (action === 'getPlatformServer' ? { ...reply, brand_new: [1] } : reply),
    };
    const parameters = await offered([['getPlatformServer', null]], { tamper });
    expect(new Set(parameters.map(({ section }) => section))).toEqual(new Set(['12.1', '16.1', '18.1', '20.1']));
    expect(named(parameters, 'brand_new')).toMatchObject({ section: '12.1', documented: false, type: 'list', value: '[1]' });
  });

  test('holds no secret, and nothing that changes by itself', async () => {
    const tamper: EmulatorOptions['tamper'] = {
      reply: (action, _, reply) =>
        action === 'getWifiConfig'
          ? Object.fromEntries(
              Object.entries(reply)
                .map(([name, value]) => [name, SECRET_NAMES.has(name) ? 'planted-secret' : value])
                .concat([['123456', 1]]),
            )
          : reply,
    };
    const parameters = await offered(
      [
        ['getWifiConfig', null],
        ['getDeviceTime', null],
      ],
      { tamper },
    );
    const secrets = parameters.filter(({ name }) => SECRET_NAMES.has(name));
    expect(secrets.map(({ value }) => value)).toEqual(secrets.map(() => '***'));
    expect(secrets.length).toBeGreaterThan(0);
    expect(JSON.stringify(parameters)).not.toMatch(/planted-secret|123456/);
    expect(parameters.filter(({ documented }) => !documented).map(({ name }) => name)).toContain('***');
    const clock = parameters.filter(({ action }) => action === 'getDeviceTime');
    expect(named(clock, 'deviceTime')).toMatchObject({ type: 'number', value: null });
  });

  test('has a limit for whatever a camera sends', async () => {
    const flood = Object.fromEntries(Array.from({ length: 110 }, (_, index) => [`x${index}${'y'.repeat(100)}`, 'z'.repeat(index === 0 ? 2100 : 3)]));
    const parameters = await offered([['getOsdConf', null]], {
      tamper: { reply: (action, _, reply) => (action === 'getOsdConf' ? { ...reply, ...flood } : reply) },
    });
    const undocumented = parameters.filter(({ documented }) => !documented);
    expect(undocumented).toHaveLength(100);
    expect(Math.max(...undocumented.map(({ value }) => value?.length ?? 0))).toBe(2000);
    for (const { name } of undocumented) expect(name).toHaveLength(100);
  });
});

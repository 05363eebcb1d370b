import { describe, expect, it } from 'vitest';
import { playing } from './playing.ts';

const HOUR = 3600;

describe('members beside the documented ones', () => {
  it('extra-members-ignored, extra-members-refused', async () => {
    await playing('extra-members-ignored', async ({ ask }) => {
      const shown = await ask('getOsdConf');
      expect(shown).toMatchObject({ reserved: 0, vendor_ext: { level: 3 }, cap_list: [1, 2, 4], is_custom: false });
      expect(await ask('setOsdConf', { ...shown, font_size: 2, reserved: 5 })).toMatchObject({ code: 0 });
      expect(await ask('getOsdConf')).toEqual({ ...shown, font_size: 2 });
    });
    await playing('extra-members-refused', async ({ ask }) => {
      const shown = await ask('getOsdConf');
      expect(await ask('setOsdConf', { ...shown, font_size: 2 })).toMatchObject({ code: 205 });
      expect(await ask('getOsdConf')).toEqual(shown);
      expect(await ask('setOsdConf', { font_size: 2 })).toMatchObject({ code: 0 });
    });
  });

  it('extra-in-lists-ignored, extra-in-lists-refused', async () => {
    await playing('extra-in-lists-ignored', async ({ ask }) => {
      const shown = await ask('getOsdConf');
      const list = shown.title_list as Record<string, unknown>[];
      expect(list.map(({ elem_id, note }) => [elem_id, note])).toEqual([0, 1, 2, 3].map((index) => [index, '']));
      const changed = list.map((element) => ({ ...element, elem_id: 9, title: 'x' }));
      expect(await ask('setOsdConf', { title_list: changed })).toMatchObject({ code: 0 });
      expect((await ask('getOsdConf')).title_list).toEqual(list.map((element) => ({ ...element, title: 'x' })));
    });
    await playing('extra-in-lists-refused', async ({ ask }) => {
      const { title_list } = await ask('getOsdConf');
      expect(await ask('setOsdConf', { title_list, font_size: 2 })).toMatchObject({ code: 205 });
      expect(await ask('getOsdConf')).toMatchObject({ font_size: 1 });
      expect(await ask('setOsdConf', { title_list: [{ title: 'x' }] })).toMatchObject({ code: 0 });
    });
  });

  it('area-list-of-four', async () => {
    await playing('area-list-of-four', async ({ ask }) => {
      const areas = async (): Promise<Record<string, number>[]> => (await ask('getMotionDetConf')).area_list as Record<string, number>[];
      const [first] = await areas();
      const area = Object.fromEntries(Object.keys(first ?? {}).map((name) => [name, 1]));
      expect(await ask('setMotionDetConf', { area_list: Array.from({ length: 9 }, () => area) })).toMatchObject({ code: 0 });
      expect((await areas()).map((each) => Object.values(each).every((value) => value === 1))).toEqual([
        ...Array(4).fill(true),
        ...Array(5).fill(false),
      ]);
    });
  });

  it('signs', async () => {
    await playing('signs', async ({ ask }) => {
      const [one, two] = [await ask('getOsdConf'), await ask('getOsdConf')];
      expect(one.sign_tby).toMatch(/^[0-9a-f]{32}$/);
      expect({ ...one, sign_tby: '' }).toEqual({ ...two, sign_tby: '' });
      expect(one.sign_tby).not.toBe(two.sign_tby);
    });
  });
});

describe('envelopes', () => {
  it('message-for-log', async () => {
    await playing('message-for-log', async ({ ask }) => {
      for (const reply of [await ask('getOsdConf'), await ask('setOsdConf', { font_size: 9 })]) {
        expect(reply).toMatchObject({ message: 'NULL', deviceID: expect.any(String), device_ip: expect.any(String) });
        expect(reply).not.toHaveProperty('device_id');
        expect(reply).not.toHaveProperty('log');
      }
    });
  });

  it('log-in-words', async () => {
    await playing('log-in-words', async ({ ask }) => {
      expect(await ask('getOsdConf')).toMatchObject({ log: "'getOsdConf' success" });
      expect(await ask('setOsdConf', { font_size: 9 })).toMatchObject({ log: "'setOsdConf' failed" });
    });
  });

  it('json-order-changes', async () => {
    await playing('json-order-changes', async ({ ask }) => {
      const [one, two] = [await ask('getOsdConf'), await ask('getOsdConf')];
      expect(one).toEqual(two);
      expect(Object.keys(one)).not.toEqual(Object.keys(two));
    });
  });

  it.each([
    ['texts-bare', 'error json'],
    ['texts-padded', '\r\n  error json \t\n\n'],
  ])('%s', async (id, body) => {
    await playing(id, async ({ text, fetch }) => {
      expect(await text('noSuchAction')).toBe(body);
      expect((await (await fetch('/action/cgi_action?user=x')).text()).trim()).toBe('error user/pwd');
      expect(JSON.parse(await text('getOsdConf'))).toMatchObject({ code: 0 });
    });
  });
});

describe('the clock', () => {
  it('local-time', async () => {
    await playing('local-time', async ({ ask }) => {
      const { deviceTime, timeZone } = await ask('getDeviceTime');
      const ahead = Number(deviceTime) - Date.now() / 1000;
      expect([timeZone, Math.round(ahead / HOUR)]).toEqual([26, 8]);
      await ask('setTime', { ntp_enable: 0, CurTime: 1_700_000_000 });
      expect(Number((await ask('getDeviceTime')).deviceTime) - 1_700_000_000).toBeLessThan(5);
      await ask('setTime', { ntp_enable: 0, timeZone: 13 });
      expect(Math.round((Number((await ask('getDeviceTime')).deviceTime) - 1_700_000_000) / HOUR)).toBe(-8);
      await ask('setTime', { ntp_enable: 0, CurTime: 1_700_000_000, timeZone: 17 });
      expect(Number((await ask('getDeviceTime')).deviceTime) - 1_700_000_000).toBeLessThan(5);
    });
  });

  it('local-time-set-universally', async () => {
    await playing('local-time-set-universally', async ({ ask }) => {
      await ask('setTime', { ntp_enable: 0, CurTime: 1_700_000_000, timeZone: 9 });
      const ahead = Number((await ask('getDeviceTime')).deviceTime) - 1_700_000_000;
      expect(ahead).toBeGreaterThanOrEqual(-3.5 * HOUR);
      expect(ahead).toBeLessThan(-3.5 * HOUR + 5);
    });
  });
});

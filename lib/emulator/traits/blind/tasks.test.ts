import { describe, expect, it } from 'vitest';
import { until } from '../../test-client.ts';
import { type Played, playing } from './playing.ts';

/** How many whole seconds pass until a request is answered, and by which code; other requests are answered meanwhile. */
async function answeredAfter({ ask, time }: Played, action: string, json?: unknown): Promise<readonly [seconds: number, code: unknown]> {
  let code: unknown;
  const asked = ask(action, json).then((reply) => {
    code = reply.code;
  });
  // Until it is taken no time passes for it: what counts is that it is not there earlier.
  let seconds = 0;
  for (; code === undefined && seconds < 100; seconds += 1) {
    await ask('getOsdConf');
    time.pass(1000);
  }
  await asked;
  return [seconds, code];
}

const statuses = async ({ ask }: Played): Promise<unknown[]> =>
  ((await ask('getStorageInfo')).devs as { status: number }[]).map(({ status }) => status);

describe('commands that take their time', () => {
  it('format-answers-after-15-s', async () => {
    await playing('format-answers-after-15-s', async (played) => {
      const [seconds, code] = await answeredAfter(played, 'devsFormat', { dev_type: 5 });
      expect([code, seconds >= 15]).toEqual([0, true]);
    });
  });

  it('format-goes-on-15-s', async () => {
    await playing('format-goes-on-15-s', async (played) => {
      expect(await statuses(played)).toEqual([1]);
      expect(await played.ask('devsFormat', { dev_type: 5 })).toMatchObject({ code: 0 });
      expect(await statuses(played)).toEqual([3]);
      played.time.pass(15_000);
      expect(await statuses(played)).toEqual([1]);
    });
  });

  it('scan-answers-after-12-s', async () => {
    await playing('scan-answers-after-12-s', async (played) => {
      const [seconds, code] = await answeredAfter(played, 'setWifiScan');
      expect([code, seconds >= 12]).toEqual([0, true]);
    });
  });

  it('sets-answered-after-1.5-s', async () => {
    await playing('sets-answered-after-1.5-s', async (played) => {
      const [seconds, code] = await answeredAfter(played, 'setSysConfig', { dev_name: 'x' });
      expect([code, seconds >= 2]).toEqual([0, true]);
      expect(await played.ask('getSysConfig')).toMatchObject({ dev_name: 'x' });
    });
  });

  it('busy-behind-sets', async () => {
    await playing('busy-behind-sets', async ({ ask, time }) => {
      expect(await ask('setSysConfig', { dev_name: 'x' })).toMatchObject({ code: 0 });
      expect(await ask('getOsdConf')).toMatchObject({ code: 204 });
      time.pass(400);
      expect(await ask('getSysConfig')).toMatchObject({ code: 0, dev_name: 'x' });
      expect(await ask('setOsdConf', { font_size: 9 })).not.toMatchObject({ code: 0 });
      expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
    });
  });

  it('snapshot-failed-2-s', async () => {
    await playing('snapshot-failed-2-s', async ({ ask, fetch, time }) => {
      const type = async (): Promise<string | null> => (await fetch('/action/cgi_images')).headers.get('content-type');
      expect(await type()).toBe('image/jpeg');
      expect(await ask('setVencConf', { channel: 0, gop: 33 })).toMatchObject({ code: 0 });
      expect(await (await fetch('/action/cgi_images')).text()).toBe('failed\r\n');
      time.pass(2000);
      expect(await type()).toBe('image/jpeg');
    });
  });

  it('scan-odd-names', async () => {
    await playing('scan-odd-names', async ({ ask }) => {
      const { code, ap_list: found } = await ask('setWifiScan');
      expect([code, (found as readonly unknown[]).length]).toEqual([0, 6]);
      expect(JSON.stringify(found)).toContain('Café');
    });
  });

  it('scan-busy-12-s', async () => {
    await playing('scan-busy-12-s', async ({ ask, time }) => {
      for (const _ of [1, 2]) {
        expect(await ask('setWifiScan')).toMatchObject({ code: 204 });
        time.pass(11_999);
        expect(await ask('setWifiScan')).toMatchObject({ code: 204 });
        time.pass(1);
        expect(await ask('setWifiScan')).toMatchObject({ code: 0, ap_list: expect.any(Array) });
      }
    });
  });

  it('scan-finds-nothing', async () => {
    await playing('scan-finds-nothing', async ({ ask }) => {
      expect(await ask('setWifiScan')).toMatchObject({ code: 0, ap_list: [] });
    });
  });

  it('restart-takes-20-s', async () => {
    await playing('restart-takes-20-s', async ({ ask, rtsp, time }) => {
      expect(await ask('restart')).toMatchObject({ code: 0 });
      time.pass(2999);
      expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
      time.pass(1);
      await expect(ask('getOsdConf')).rejects.toThrow('fetch failed');
      await expect(rtsp()).rejects.toThrow('ECONNREFUSED');
      time.pass(19_999);
      await expect(ask('getOsdConf')).rejects.toThrow('fetch failed');
      time.pass(1);
      expect(await until(() => ask('getOsdConf').catch(() => null), Boolean)).toMatchObject({ code: 0 });
      expect(await until(() => rtsp().catch(() => null), Boolean)).not.toBeNull();
    });
  });

  it('reset-restarts', async () => {
    await playing('reset-restarts', async ({ ask, time }) => {
      expect(await ask('reset', { netReset: 0, userReset: 0 })).toMatchObject({ code: 0 });
      expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
      expect(await ask('reset', { netReset: 1, userReset: 0 })).toMatchObject({ code: 0 });
      await until(
        () =>
          ask('getOsdConf').then(
            () => 'there',
            () => 'away',
          ),
        (state) => state === 'away',
      );
      time.pass(1000);
      expect(await until(() => ask('getOsdConf').catch(() => null), Boolean)).toMatchObject({ code: 0 });
    });
  });
});

describe('clocks', () => {
  const shown = async ({ ask }: Played): Promise<number> => Number((await ask('getDeviceTime')).deviceTime);

  it('clock-1970-3-s', async () => {
    await playing('clock-1970-3-s', async (played) => {
      await played.ask('setTime', { ntp_enable: 0, CurTime: 1_700_000_000 });
      expect(await shown(played)).toBe(3600);
      played.time.pass(3000);
      expect((await shown(played)) - 1_700_000_000).toBeLessThan(5);
    });
  });

  it('clock-settles-3-s', async () => {
    await playing('clock-settles-3-s', async (played) => {
      await played.ask('setTime', { ntp_enable: 0, CurTime: 1_700_000_000 });
      await played.ask('setTime', { ntp_enable: 0, CurTime: 1_600_000_000 });
      expect(Math.abs((await shown(played)) - Date.now() / 1000)).toBeLessThan(5);
      played.time.pass(3000);
      expect((await shown(played)) - 1_600_000_000).toBeLessThan(5);
    });
  });
});

describe('defaults', () => {
  it.each([
    ['defaults-change-max-a-gain', 'ImageAdjustment', { max_a_gain: 60 }, { max_a_gain: 36 }],
    ['defaults-change-led-levels', 'ImageAdjustmentEx', { led_open_level: 40, led_close_level: 80 }, { led_open_level: 0, led_close_level: 0 }],
  ])('%s', async (id, name, came, defaults) => {
    await playing(id, async ({ ask }) => {
      expect(await ask(`get${name}`)).toMatchObject(came);
      await ask(`set${name}`, came);
      expect(await ask(`set${name}`, { set_default: 1 })).toMatchObject({ code: 0 });
      expect(await ask(`get${name}`)).toMatchObject(defaults);
      await ask(`set${name}`, came);
      expect(await ask(`get${name}`)).toMatchObject(defaults);
    });
  });
});

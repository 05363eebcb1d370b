import { describe, expect, it } from 'vitest';
import { playing } from './playing.ts';

describe('cameras as they were left', () => {
  it('found-otherwise', async () => {
    const found = async (seed: number, quirks: readonly string[] = ['found-otherwise']): Promise<Record<string, unknown>> => {
      let state: Record<string, unknown> = {};
      await playing(
        quirks,
        async ({ ask, emulator }) => {
          state = emulator.state();
          for (const name of ['OsdConf', 'ImageAdjustment', 'AencConf', 'ViMask']) {
            const { code: _, device_mac: _mac, deviceID: _id, device_id: _other, device_ip: _ip, log: _log, ...shown } = await ask(`get${name}`);
            expect(await ask(`set${name}`, shown), name).toMatchObject({ code: 0 });
          }
        },
        { seed },
      );
      return state.settings as Record<string, unknown>;
    };
    /** The ports are any free ones, and clocks run. */
    const withoutPorts = (settings: Record<string, unknown>): Record<string, unknown> => {
      const { getWiredNetwork: _web, getRtspConf: _rtsp, getDeviceTime: _time, ...others } = settings;
      return { ...others, getSysConfig: { ...(others.getSysConfig as object), webPort: 0 } };
    };
    const [plain, one, again, two] = [await found(1, []), await found(1), await found(1), await found(2)].map(withoutPorts);
    expect(one).toEqual(again);
    expect(one).not.toEqual(two);
    const changed = Object.keys(plain ?? {}).filter((name) => JSON.stringify(plain?.[name]) !== JSON.stringify(one?.[name]));
    expect(changed).toEqual(expect.arrayContaining(['getOsdConf', 'getImageAdjustment', 'getAencConf', 'getVencConf[1]', 'getSysConfig']));
    expect(changed).not.toContain('getWifiConfig');
  });

  it.each([
    ['found-open', 'getRtspConf', { enable: 0, audio_main: 1, audio_sub: 1 }],
    ['found-silent', 'getAencConf', { enable: 0 }],
    ['found-silent', 'getRtspConf', { audio_main: 0, audio_sub: 0 }],
    ['found-constant-h265', 'getVencConf', { encode_type: 5, rc_mode: 1, bitrate: 2048, gop: 10 }],
    ['found-at-night', 'getImageAdjustmentEx', { color_black: 2, flip: 1, mirror: 1 }],
    ['found-at-night', 'getImageAdjustment', { rotate: 1, brightness: 40 }],
    ['found-at-device-time', 'getDeviceTime', { ntp_enable: 0, timeZone: 0 }],
    ['found-empty-texts', 'getSysConfig', { dev_name: '' }],
    ['found-empty-texts', 'getOsdConf', { title_list: Array(4).fill(expect.objectContaining({ title: '' })) }],
    ['found-odd-texts', 'getSysConfig', { dev_name: ' Tor "Süd" & Hof\\ +1% 北 ' }],
    ['storage-none', 'getStorageInfo', { devs: [] }],
    ['storage-two', 'getStorageInfo', { devs: [{ type: 1, status: 2 }, { type: 5 }] }],
  ])('%s: %s', async (id, get, expected) => {
    await playing(id, async ({ ask }) => {
      expect(await ask(get)).toMatchObject({ code: 0, ...expected });
    });
  });

  it('keep what several of them say about one get, the last of them where they differ', async () => {
    await playing(['found-silent', 'found-open', 'found-constant-h265', 'sub-streams-limited-refused'], async ({ ask }) => {
      expect(await ask('getAencConf')).toMatchObject({ enable: 0 });
      expect(await ask('getRtspConf')).toMatchObject({ enable: 0, audio_main: 1 });
      expect(await ask('getVencConf', { channel: 1 })).toMatchObject({
        encode_type: 5,
        rc_mode: 1,
        bitrate: 1024,
        frame_rate: 15,
        max_framerate: 15,
      });
    });
  });
});

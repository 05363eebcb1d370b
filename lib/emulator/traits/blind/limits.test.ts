import { describe, expect, it } from 'vitest';
import type { TestClient } from '../../test-client.ts';
import { playing } from './playing.ts';

const REFUSED = { code: 205 };
const TAKEN = { code: 0 };

/** The answer to a set, and what the get then shows of the parameters that it named. */
async function tried(
  ask: TestClient['ask'],
  name: 'VencConf' | 'OsdConf' | 'SysConfig' | 'StorageRule',
  json: Record<string, unknown>,
): Promise<unknown[]> {
  const { code } = await ask(`set${name}`, json);
  const { channel } = json;
  const shown = await ask(`get${name}`, channel === undefined ? undefined : { channel });
  return [code, ...Object.keys(json).map((each) => shown[each])].filter((_, index) => index === 0 || Object.keys(json)[index - 1] !== 'channel');
}

describe('sub streams', () => {
  it.each([
    ['sub-streams-limited-refused', 15],
    ['sub-streams-limited-untold-refused', 25],
  ])('%s', async (id, told) => {
    await playing(id, async ({ ask }) => {
      for (const channel of [1, 2]) {
        expect(await ask('getVencConf', { channel })).toMatchObject({ max_framerate: told, frame_rate: 15 });
        for (const json of [{ bitrate: 2049 }, { frame_rate: 16 }, { gop: 151 }, { bitrate: 31 }])
          expect(await ask('setVencConf', { channel, ...json })).toMatchObject(REFUSED);
        expect(await tried(ask, 'VencConf', { channel, bitrate: 2048, frame_rate: 5, gop: 150 })).toEqual([0, 2048, 5, 150]);
      }
      expect(await tried(ask, 'VencConf', { channel: 0, bitrate: 6000, frame_rate: 25 })).toEqual([0, 6000, 25]);
    });
  });

  it.each([
    ['sub-streams-limited-clamped', 15],
    ['sub-streams-limited-untold-clamped', 25],
  ])('%s', async (id, told) => {
    await playing(id, async ({ ask }) => {
      expect(await ask('getVencConf', { channel: 1 })).toMatchObject({ max_framerate: told, frame_rate: 15 });
      expect(await tried(ask, 'VencConf', { channel: 1, bitrate: 6144, frame_rate: 20, gop: 300 })).toEqual([0, 2048, 15, 150]);
      expect(await tried(ask, 'VencConf', { channel: 0, bitrate: 6000, gop: 300 })).toEqual([0, 6000, 300]);
    });
  });

  it('sub-streams-one-size', async () => {
    await playing('sub-streams-one-size', async ({ ask }) => {
      expect(await tried(ask, 'VencConf', { channel: 1, pic_width: 1920, pic_height: 1080, gop: 20 })).toEqual([0, 640, 480, 20]);
      expect(await ask('getVencConf', { channel: 2 })).toMatchObject({ pic_width: 352, pixel_list: [{ width: 352, height: 288 }] });
      expect(await tried(ask, 'VencConf', { channel: 0, pic_width: 1920, pic_height: 1080 })).toEqual([0, 1920, 1080]);
    });
  });

  it('main-stream-limited-refused, main-stream-limited-clamped', async () => {
    await playing('main-stream-limited-refused', async ({ ask }) => {
      expect(await tried(ask, 'VencConf', { channel: 0, bitrate: 9000 })).toEqual([205, 6144]);
      expect(await tried(ask, 'VencConf', { channel: 1, bitrate: 9000 })).toEqual([0, 9000]);
    });
    await playing('main-stream-limited-clamped', async ({ ask }) => {
      expect(await tried(ask, 'VencConf', { channel: 0, bitrate: 9000, gop: 1 })).toEqual([0, 8192, 5]);
    });
  });
});

describe('numbers', () => {
  it('numbers-in-steps', async () => {
    await playing('numbers-in-steps', async ({ ask }) => {
      expect(await tried(ask, 'VencConf', { channel: 0, bitrate: 2000, gop: 48 })).toEqual([0, 2016, 50]);
      expect(await tried(ask, 'VencConf', { channel: 1, bitrate: 3, gop: 1, frame_rate: 7 })).toEqual([0, 32, 5, 7]);
    });
  });

  it('numbers-limited-refused', async () => {
    await playing('numbers-limited-refused', async ({ ask }) => {
      expect(await tried(ask, 'StorageRule', { package_time: 14 })).toEqual([205, 30]);
      expect(await tried(ask, 'StorageRule', { package_time: 61 })).toEqual([205, 30]);
      expect(await tried(ask, 'StorageRule', { package_time: 60 })).toEqual([0, 60]);
      expect(await tried(ask, 'StorageRule', { package_time: 15 })).toEqual([0, 15]);
    });
  });

  it('numbers-limited-clamped', async () => {
    await playing('numbers-limited-clamped', async ({ ask }) => {
      expect(await tried(ask, 'StorageRule', { package_time: 500 })).toEqual([0, 60]);
      expect(await tried(ask, 'StorageRule', { package_time: 1 })).toEqual([0, 15]);
    });
  });

  it('numbers-fixed', async () => {
    await playing('numbers-fixed', async ({ ask }) => {
      expect(await tried(ask, 'StorageRule', { package_time: 31 })).toEqual([205, 30]);
      expect(await tried(ask, 'StorageRule', { package_time: 30 })).toEqual([0, 30]);
      expect(await tried(ask, 'OsdConf', { date_pos_x: 17 })).toEqual([0, 17]);
    });
  });

  it('presets-16', async () => {
    await playing('presets-16', async ({ ask }) => {
      const preset = (ptz_cmd: number, speed_v: number) => ask('setPtzControl', { speed_v, channel: 0, ptz_cmd });
      expect(await preset(19, 16)).toMatchObject(TAKEN);
      expect(await preset(20, 16)).toMatchObject(TAKEN);
      expect(await preset(19, 17)).toMatchObject(REFUSED);
      expect(await preset(19, 0)).toMatchObject(REFUSED);
      expect(await ask('setPtzControl', { speed_h: 50, speed_v: 50, channel: 0, ptz_cmd: 1 })).toMatchObject(TAKEN);
    });
  });
});

describe('texts', () => {
  const title = async (ask: TestClient['ask'], text: string): Promise<unknown[]> => {
    const { code } = await ask('setOsdConf', { title_list: [{ title: text }] });
    return [code, ((await ask('getOsdConf')).title_list as { title: string }[])[0]?.title];
  };

  it('titles-trimmed, texts-trimmed', async () => {
    await playing('titles-trimmed', async ({ ask }) => {
      expect(((await ask('getOsdConf')).title_list as { title: string }[]).map((each) => each.title)).toEqual(['xxx', '', '', '']);
      expect(await title(ask, '  a b ')).toEqual([0, 'a b']);
      expect(await tried(ask, 'SysConfig', { dev_name: ' x ' })).toEqual([0, ' x ']);
    });
    await playing('texts-trimmed', async ({ ask }) => {
      expect(await title(ask, ' ')).toEqual([0, '']);
      expect(await tried(ask, 'SysConfig', { dev_name: ' x ' })).toEqual([0, 'x']);
    });
  });

  it.each([
    ['texts-ascii-refused', 'Tür', 'Door &+%'],
    ['texts-plain-refused', 'a"b', 'Tür 7'],
    ['texts-plain-refused', '100%', 'Tür 7'],
    ['texts-48-bytes-refused', 'x'.repeat(49), 'y'.repeat(48)],
  ])('%s', async (id, refused, taken) => {
    await playing(id, async ({ ask }) => {
      expect(await title(ask, refused)).toEqual([205, 'xxx']);
      expect(await title(ask, taken)).toEqual([0, taken]);
    });
  });

  it.each([
    ['texts-plain-dropped', `a"b'c\\d&e+f%g ü`, 'abcdefg ü'],
    ['texts-48-bytes-cut', `${'x'.repeat(47)}üz`, 'x'.repeat(47)],
  ])('%s', async (id, sent, stored) => {
    await playing(id, async ({ ask }) => {
      expect(await title(ask, sent)).toEqual([0, stored]);
    });
  });

  it('files-own-path, files-1-kb', async () => {
    await playing('files-own-path', async ({ ask }) => {
      expect(await ask('setPlatformConfFile', { file_path: '/tmp/a.txt', file_content: 'x' })).toMatchObject({ code: -107 });
      expect(await ask('setPlatformConfFile', { file_path: '/appfs/fconfigs/thr_conf.txt', file_content: 'x' })).toMatchObject(TAKEN);
    });
    await playing('files-1-kb', async ({ ask }) => {
      const write = (length: number) => ask('setPlatformConfFile', { file_path: '/tmp/a.txt', file_content: 'x'.repeat(length) });
      expect(await write(1025)).toMatchObject({ code: -105 });
      expect(await write(1024)).toMatchObject(TAKEN);
    });
  });
});

import { describe, expect, it } from 'vitest';
import { playing } from './playing.ts';

describe('frame rates', () => {
  it.each([
    ['mains-caps-frame-rate', 'setImageAdjustmentEx', { power_freq: 0 }, [30, 25], { power_freq: 1 }, [25, 25]],
    ['mains-sets-frame-rate', 'setImageAdjustmentEx', { power_freq: 0 }, [30, 30], { power_freq: 1 }, [25, 25]],
    ['flicker-caps-frame-rate', 'setImageAdjustmentEx', { anti_flicker: 3 }, [30, 25], { anti_flicker: 2 }, [25, 25]],
    ['turbo-caps-frame-rate', 'setImageAdjustment', { frameTurbo: 2 }, [60, 25], { frameTurbo: 0 }, [25, 25]],
    ['turbo-sets-frame-rate', 'setImageAdjustment', { frameTurbo: 1 }, [50, 50], { frameTurbo: 0 }, [25, 25]],
  ])('%s', async (id, set, up, above, down, below) => {
    await playing(id, async ({ ask }) => {
      const rates = async (channel: number): Promise<unknown[]> => {
        const { max_framerate, frame_rate } = await ask('getVencConf', { channel });
        return [max_framerate, frame_rate];
      };
      expect(await rates(0)).toEqual([25, 25]);
      expect(await ask(set, up)).toMatchObject({ code: 0 });
      for (const channel of [0, 1, 2]) expect(await rates(channel)).toEqual(above);
      expect(await ask('setVencConf', { channel: 0, frame_rate: above[0] })).toMatchObject({ code: 0 });
      expect(await ask(set, down)).toMatchObject({ code: 0 });
      for (const channel of [0, 1, 2]) expect(await rates(channel)).toEqual(below);
    });
  });
});

describe('sampling rates', () => {
  const G711 = { encode_type: 7 };
  const AAC = { encode_type: 8 };
  const WIDE = { sample_rate: 32000 };

  it.each<[string, Record<string, number>, number, [codec: number, rate: number]]>([
    ['g711-refuses-32k', WIDE, 205, [7, 8000]],
    ['g711-refuses-32k', { ...AAC, ...WIDE }, 0, [8, 32000]],
    ['g711-stays-8k', WIDE, 0, [7, 8000]],
    ['g711-stays-8k', { ...AAC, ...WIDE }, 0, [8, 32000]],
    ['wide-audio-means-aac', WIDE, 0, [8, 32000]],
    ['wide-audio-means-aac', { ...G711, ...WIDE }, 0, [7, 8000]],
    ['codec-decides-sample-rate', WIDE, 0, [7, 8000]],
    ['codec-decides-sample-rate', AAC, 0, [8, 32000]],
  ])('%s: %j', async (id, json, code, shown) => {
    await playing(id, async ({ ask }) => {
      expect(await ask('setAencConf', json)).toMatchObject({ code });
      const { encode_type, sample_rate } = await ask('getAencConf');
      expect([encode_type, sample_rate]).toEqual(shown);
    });
  });

  it.each<[string, number, [codec: number, rate: number]]>([
    ['g711-refuses-32k', 205, [8, 32000]],
    ['g711-stays-8k', 0, [3, 8000]],
    ['wide-audio-means-aac', 0, [3, 8000]],
    ['codec-decides-sample-rate', 0, [3, 8000]],
  ])('%s: G.711 where AAC of 32 kHz was found (found-with-aac)', async (id, code, shown) => {
    await playing(['found-with-aac', id], async ({ ask }) => {
      expect(await ask('getAencConf')).toMatchObject({ ...AAC, ...WIDE });
      expect(await ask('setAencConf', { encode_type: 3 })).toMatchObject({ code });
      const { encode_type, sample_rate } = await ask('getAencConf');
      expect([encode_type, sample_rate]).toEqual(shown);
    });
  });
});

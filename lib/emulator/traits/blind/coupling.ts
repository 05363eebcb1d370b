/** Settings that depend on each other by nature: mains frequency or turbo mode and frame rates, codec and sampling rate. */
import type { Members } from '../../../document/row-value.ts';
import { ILLEGAL_CODE } from '../../accept.ts';
import type { Habits } from '../../habits.ts';
import type { Camera, Reply } from '../../handler.ts';
import type { BlindTrait } from './blind-trait.ts';
import { behind, performing } from './notation.ts';

const BY_NATURE =
  '"Settings that depend on each other by nature (mains frequency or turbo mode and the frame rates that are possible, codec and sample rate) may change together"';

/** Behind each set of one action: the highest frame rate that a parameter of it means, for all streams. */
function capping(get: string, set: string, name: string, highest: Readonly<Record<number, number>>, goesAlong: 'down' | 'both'): Habits {
  const cap = (camera: Camera, before: unknown): void => {
    const value = camera.store.values(get)[name];
    const most = typeof value === 'number' ? highest[value] : undefined;
    if (most === undefined || value === before) return;
    for (const [index] of (camera.store.tables.get('getVencConf')?.instances ?? []).entries()) {
      const { frame_rate: rate } = camera.store.values('getVencConf', index);
      const isChanged = typeof rate === 'number' && (goesAlong === 'both' || rate > most);
      camera.store.write('getVencConf', index, { max_framerate: most, ...(isChanged ? { frame_rate: most } : {}) });
    }
  };
  return performing(set, (_, __, camera, perform) => {
    const before = camera.store.values(get)[name];
    return behind(perform(), (reply) => {
      cap(camera, before);
      return reply;
    });
  });
}

const [G711A, G711U, AAC] = [3, 7, 8];
const [NARROW, WIDE] = [8000, 32_000];
const isG711 = (codec: unknown): boolean => codec === G711A || codec === G711U;

/** Sets of audio, given what the camera would then hold. */
const audio = (performs: (after: Members, json: Members, perform: (instead: Members) => Reply | Promise<Reply>) => Reply | Promise<Reply>): Habits =>
  performing('setAencConf', (_, json, camera, perform) => performs({ ...camera.store.values('getAencConf'), ...json }, json ?? {}, perform));

const MAINS = { 0: 30, 1: 25 } as const;
const FLICKER = { 0: 25, 1: 25, 2: 25, 3: 30 } as const;
const TURBO = { 0: 25, 1: 50, 2: 60 } as const;

export const COUPLING_TRAITS: readonly BlindTrait[] = [
  {
    id: 'mains-caps-frame-rate',
    does: 'has 30 pictures per second at most with power_freq 0 (NTSC) and 25 with 1 (PAL): max_framerate follows, and a frame_rate above it comes down',
    sections: [21, 23],
    expects: 'nothing',
    because: BY_NATURE,
    make: () => capping('getImageAdjustmentEx', 'setImageAdjustmentEx', 'power_freq', MAINS, 'down'),
  },
  {
    id: 'mains-sets-frame-rate',
    does: 'sets max_framerate and frame_rate of all streams to 30 with power_freq 0 (NTSC), and to 25 with 1 (PAL)',
    sections: [21, 23],
    expects: 'nothing',
    because: BY_NATURE,
    make: () => capping('getImageAdjustmentEx', 'setImageAdjustmentEx', 'power_freq', MAINS, 'both'),
  },
  {
    id: 'flicker-caps-frame-rate',
    does: 'has 30 pictures per second at most with anti_flicker 3 (60HZ), and 25 otherwise: max_framerate follows, and a frame_rate above it comes down',
    sections: [21, 23],
    expects: 'nothing',
    because: `${BY_NATURE}: anti_flicker 50HZ and 60HZ is the mains frequency by another name`,
    make: () => capping('getImageAdjustmentEx', 'setImageAdjustmentEx', 'anti_flicker', FLICKER, 'down'),
  },
  {
    id: 'turbo-caps-frame-rate',
    does: 'has 25, 50 or 60 pictures per second at most with frameTurbo 0, 1 or 2: max_framerate follows, and a frame_rate above it comes down',
    sections: [21, 23],
    expects: 'nothing',
    because: BY_NATURE,
    make: () => capping('getImageAdjustment', 'setImageAdjustment', 'frameTurbo', TURBO, 'down'),
  },
  {
    id: 'turbo-sets-frame-rate',
    does: 'sets max_framerate and frame_rate of all streams to 25, 50 or 60 with frameTurbo 0, 1 or 2',
    sections: [21, 23],
    expects: 'nothing',
    because: BY_NATURE,
    make: () => capping('getImageAdjustment', 'setImageAdjustment', 'frameTurbo', TURBO, 'both'),
  },
  {
    id: 'g711-refuses-32k',
    does: 'refuses what would make G.711 of 32 kHz: a sample_rate of 32000 under it, and it under a sample_rate of 32000',
    sections: [22],
    expects: 'nothing',
    because: BY_NATURE,
    make: () => audio((after, json, perform) => (isG711(after.encode_type) && after.sample_rate === WIDE ? { code: ILLEGAL_CODE } : perform(json))),
  },
  {
    id: 'g711-stays-8k',
    does: 'makes it 8 kHz whenever its codec is G.711, whatever sample_rate was sent with code 0',
    sections: [22],
    expects: 'nothing',
    because: BY_NATURE,
    make: () => audio((after, json, perform) => perform(isG711(after.encode_type) ? { ...json, sample_rate: NARROW } : json)),
  },
  {
    id: 'wide-audio-means-aac',
    does: 'changes its codec to AAC as soon as a sample_rate of 32000 is set under G.711, and to 8 kHz as soon as G.711 is set',
    sections: [22],
    expects: 'nothing',
    because: BY_NATURE,
    make: () =>
      audio((after, json, perform) => {
        if (!isG711(after.encode_type) || after.sample_rate !== WIDE) return perform(json);
        return perform(Object.hasOwn(json, 'encode_type') ? { ...json, sample_rate: NARROW } : { ...json, encode_type: AAC });
      }),
  },
  {
    id: 'codec-decides-sample-rate',
    does: 'has 8 kHz with G.711 and 32 kHz with AAC, whatever sample_rate was sent with code 0',
    sections: [22],
    expects: 'nothing',
    because: BY_NATURE,
    make: () => audio((after, json, perform) => perform({ ...json, sample_rate: isG711(after.encode_type) ? NARROW : WIDE })),
  },
  {
    id: 'found-with-aac',
    does: 'comes with AAC of 32 kHz',
    sections: [19, 22],
    expects: 'nothing',
    because: 'encode_type 8 and sample_rate 32000 are documented values; no verdict may depend on the state in which the camera was found',
    make: () => ({ starts: { getAencConf: [{ encode_type: AAC, sample_rate: WIDE }] } }),
  },
];

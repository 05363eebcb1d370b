/** Section 23: pictures that do not follow their adjustment, and restores. */

import type { Habits } from '../../habits.ts';
import type { Scene } from '../../scene.ts';
import { type BlindDefect, type Now, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { inSnapshots, inStreams, scene } from './scenes.ts';
import { afterDone, counter, performs, shows, stores, storesOther } from './sets-and-gets.ts';

const display = writerFor('display');

const BASE = 'setImageAdjustment';

const ADVANCED = 'setImageAdjustmentEx';

const MIDDLE = 128;

/** `set_default` is carried out in its own way. */
const restoring = (set: string, get: string, isRestored: (name: string) => boolean) => (): Habits =>
  tampering(
    performs(set, (camera, json, perform) => {
      if (json?.set_default !== 1) return perform();
      const start = camera.store.tables.get(get)?.instances[0]?.start ?? {};
      camera.store.write(get, 0, Object.fromEntries(Object.entries(start).filter(([name]) => isRestored(name))));
      return { code: 0 };
    }),
  );

/** What was before a restore comes back some time behind it. */
const undone =
  (set: string, get: string, ms: number) =>
  (now: Now): Habits => {
    let old: Readonly<Record<string, unknown>> = {};
    let due = Number.POSITIVE_INFINITY;
    return tampering({
      performs: async (action, json, camera, perform) => {
        const before = camera.store.values(get);
        const reply = await perform();
        if (action === set && reply.code === 0) due = Number.POSITIVE_INFINITY;
        if (action === set && reply.code === 0 && json?.set_default === 1) [old, due] = [before, now() + ms];
        return reply;
      },
      ...shows(get, (reply) => (now() >= due ? { ...reply, ...old } : reply)),
    });
  };

export const DISPLAY: readonly BlindDefect[] = [
  display(
    'base-restore',
    'restores-nothing',
    'answers set_default with code 0, and leaves all as it is',
    restoring(BASE, 'getImageAdjustment', () => false),
  ),
  display(
    'base-restore',
    'restores-without-hue',
    'leaves the hue as it is with set_default',
    restoring(BASE, 'getImageAdjustment', (name) => name !== 'hue'),
  ),
  display(
    'base-restore',
    'restores-without-rotation',
    'leaves the rotation as it is with set_default',
    restoring(BASE, 'getImageAdjustment', (name) => name !== 'rotate'),
  ),
  display(
    'base-restore',
    'restores-first-ten',
    'restores the first ten parameters alone',
    restoring(BASE, 'getImageAdjustment', (name) =>
      ['hue', 'brightness', 'sharpness', 'contrast', 'saturation', 'gamma', 'blc_level', 'max_exposure', 'antiFog', 'frameTurbo'].includes(name),
    ),
  ),
  display('base-restore', 'restores-to-the-middle', 'restores to another brightness each time', () => {
    const next = counter();
    return tampering(
      afterDone(BASE, ({ store }, json) => {
        if (json.set_default === 1) store.write('getImageAdjustment', 0, { brightness: 120 + next() });
      }),
    );
  }),
  display('base-restore', 'restore-depends', 'restores a contrast above the middle to 200, and one below to 50', () => {
    let before = 0;
    return tampering({
      performs: async (action, json, camera, perform) => {
        if (action === BASE) before = Number(camera.store.values('getImageAdjustment').contrast);
        const reply = await perform();
        if (action === BASE && json?.set_default === 1) camera.store.write('getImageAdjustment', 0, { contrast: before > MIDDLE ? 200 : 50 });
        return reply;
      },
    });
  }),
  display('base-restore', 'restores-osd-too', 'restores the OSD as well with set_default', () =>
    tampering(
      afterDone(BASE, ({ store }, json) => {
        if (json.set_default === 1) store.reset((action) => action !== 'getOsdConf');
      }),
    ),
  ),
  display('base-restore', 'base-restore-undone', 'has what was before set_default again 4 s behind it', undone(BASE, 'getImageAdjustment', 4000)),
  display(
    'advanced-restore',
    'restores-nothing-advanced',
    'answers set_default of 23.6 with code 0, and leaves all as it is',
    restoring(ADVANCED, 'getImageAdjustmentEx', () => false),
  ),
  display(
    'advanced-restore',
    'restores-without-mirror',
    'leaves mirror and flip as they are with set_default',
    restoring(ADVANCED, 'getImageAdjustmentEx', (name) => name !== 'mirror' && name !== 'flip'),
  ),
  display(
    'advanced-restore',
    'restores-without-scene',
    'leaves scene_mode as it is with set_default',
    restoring(ADVANCED, 'getImageAdjustmentEx', (name) => name !== 'scene_mode'),
  ),
  display(
    'advanced-restore',
    'restores-without-noise',
    'leaves noiseReduction as it is with set_default',
    restoring(ADVANCED, 'getImageAdjustmentEx', (name) => name !== 'noiseReduction'),
  ),
  display('advanced-restore', 'restores-base-too', 'restores the parameters of 23.1 as well with set_default of 23.6', () =>
    tampering(
      afterDone(ADVANCED, ({ store }, json) => {
        if (json.set_default === 1) store.reset((action) => action !== 'getImageAdjustment');
      }),
    ),
  ),
  display('advanced-restore', 'restores-base-instead', 'restores the parameters of 23.1 in place of those of 23.3', () =>
    tampering(
      performs(ADVANCED, ({ store }, json, perform) => {
        if (json?.set_default !== 1) return perform();
        store.reset((action) => action !== 'getImageAdjustment');
        return { code: 0 };
      }),
    ),
  ),
  display(
    'advanced-restore',
    'advanced-restore-undone',
    'has what was before set_default of 23.6 again 4 s behind it',
    undone(ADVANCED, 'getImageAdjustmentEx', 4000),
  ),

  display(
    'colour-in-picture',
    'hue-without-effect',
    'shows the same colours whatever the hue is',
    scene((seen) => ({ ...seen, hue: MIDDLE })),
    SHOULD,
  ),
  display(
    'colour-in-picture',
    'saturation-without-effect',
    'shows the same colours whatever the saturation is',
    scene((seen) => ({ ...seen, saturation: MIDDLE })),
    SHOULD,
  ),
  display(
    'colour-in-picture',
    'saturation-reversed',
    'shows fewer colours with more saturation',
    scene((seen) => ({ ...seen, saturation: 255 - seen.saturation })),
    SHOULD,
  ),
  display(
    'colour-in-picture',
    'saturation-not-below',
    'does not go below the middle of the saturation',
    scene((seen) => ({ ...seen, saturation: Math.max(MIDDLE, seen.saturation) })),
    SHOULD,
  ),
  display(
    'brightness-in-picture',
    'brightness-without-effect',
    'shows the same picture whatever the brightness is',
    scene((seen) => ({ ...seen, brightness: MIDDLE })),
    SHOULD,
  ),
  display(
    'brightness-in-picture',
    'brightness-reversed',
    'shows a darker picture with more brightness',
    scene((seen) => ({ ...seen, brightness: 255 - seen.brightness })),
    SHOULD,
  ),
  display(
    'brightness-in-picture',
    'brightness-is-contrast',
    'changes the contrast with the brightness',
    scene((seen) => ({ ...seen, brightness: MIDDLE, contrast: seen.brightness })),
    SHOULD,
  ),
  display(
    'brightness-in-picture',
    'brightness-not-in-streams',
    'shows the brightness in snapshots alone',
    inStreams((seen) => ({ ...seen, brightness: MIDDLE })),
    SHOULD,
  ),
  display(
    'brightness-in-picture',
    'brightness-not-above',
    'does not go above the middle of the brightness',
    scene((seen) => ({ ...seen, brightness: Math.min(MIDDLE, seen.brightness) })),
    SHOULD,
  ),
  display(
    'rotation-in-picture',
    'rotation-without-effect',
    'does not turn the picture',
    scene((seen) => unturned(seen)),
    SHOULD,
  ),
  display(
    'rotation-in-picture',
    'rotation-the-other-way',
    'turns the picture against the clock by the angle',
    scene((seen) => ({ ...seen, turns: (4 - seen.turns) % 4 })),
    SHOULD,
  ),
  display(
    'rotation-in-picture',
    'rotation-180-alone',
    'does not turn the picture by 90 and 270 degrees',
    scene((seen) => (seen.turns % 2 === 1 ? unturned(seen) : seen)),
    SHOULD,
  ),
  display(
    'rotation-in-picture',
    'rotation-of-size-alone',
    'swaps width and height, and does not turn what is seen',
    scene((seen) => ({ ...seen, turns: 0 })),
    SHOULD,
  ),
  display(
    'rotation-in-picture',
    'rotation-270-as-90',
    'turns by 90 degrees where 270 were set',
    scene((seen) => (seen.turns === 3 ? { ...seen, turns: 1 } : seen)),
    SHOULD,
  ),
  display('rotation-in-picture', 'rotation-not-in-streams', 'turns snapshots alone', inStreams(unturned), SHOULD),
  display(
    'mirror-in-picture',
    'mirror-without-effect',
    'does not mirror the picture',
    scene((seen) => ({ ...seen, mirror: false })),
    SHOULD,
  ),
  display(
    'mirror-in-picture',
    'mirror-is-flip',
    'flips where mirror was set',
    scene((seen) => ({ ...seen, mirror: seen.flip, flip: seen.mirror })),
    SHOULD,
  ),
  display(
    'mirror-in-picture',
    'mirror-reversed',
    'mirrors where mirror is 0',
    scene((seen) => ({ ...seen, mirror: !seen.mirror })),
    SHOULD,
  ),
  display(
    'mirror-in-picture',
    'mirror-not-in-snapshots',
    'mirrors the streams alone',
    inSnapshots((seen) => ({ ...seen, mirror: false })),
    SHOULD,
  ),
  display(
    'mirror-in-picture',
    'mirror-not-in-streams',
    'mirrors snapshots alone',
    inStreams((seen) => ({ ...seen, mirror: false })),
    SHOULD,
  ),
  display(
    'flip-in-picture',
    'flip-without-effect',
    'does not flip the picture',
    scene((seen) => ({ ...seen, flip: false })),
    SHOULD,
  ),
  display(
    'flip-in-picture',
    'flip-turns',
    'turns the picture by 180 degrees where flip was set',
    scene((seen) => ({ ...seen, mirror: seen.flip ? !seen.mirror : seen.mirror })),
    SHOULD,
  ),
  display(
    'flip-in-picture',
    'flip-without-mirror',
    'does not flip while mirror is set',
    scene((seen) => ({ ...seen, flip: seen.flip && !seen.mirror })),
    SHOULD,
  ),
  display(
    'flip-in-picture',
    'flip-not-in-streams',
    'flips snapshots alone',
    inStreams((seen) => ({ ...seen, flip: false })),
    SHOULD,
  ),
  display(
    'black-and-white-in-picture',
    'black-and-white-in-colour',
    'keeps the colour with color_black 2',
    scene((seen) => ({ ...seen, colour: true })),
    SHOULD,
  ),
  display(
    'black-and-white-in-picture',
    'always-grey',
    'has no colour with color_black 0',
    scene((seen) => ({ ...seen, colour: false })),
    SHOULD,
  ),
  display(
    'black-and-white-in-picture',
    'grey-reversed',
    'takes the colour out with color_black 0, and keeps it with 2',
    scene((seen) => ({ ...seen, colour: !seen.colour })),
    SHOULD,
  ),
  display(
    'black-and-white-in-picture',
    'grey-not-in-streams',
    'takes the colour out of snapshots alone',
    inStreams((seen) => ({ ...seen, colour: true })),
    SHOULD,
  ),
  display('brightness/settable', 'brightness-goes-back', 'has the old brightness again 3 s behind a set', (now) => {
    let old: unknown;
    let due = Number.POSITIVE_INFINITY;
    return tampering({
      ...storesOther(BASE, 'brightness', (value, before) => {
        [old, due] = [before, now() + 3000];
        return value;
      }),
      ...shows('getImageAdjustment', (reply) => (now() >= due ? { ...reply, brightness: old } : reply)),
    });
  }),
  display('mirror/settable', 'mirror-flips-too', 'stores mirror as flip as well', () =>
    tampering(stores(ADVANCED, (changes) => ('mirror' in changes ? { ...changes, flip: changes.mirror } : changes))),
  ),
  display('awb_red/settable', 'red-is-blue', 'stores red as blue as well', () =>
    tampering(stores(BASE, (changes) => ('awb_red' in changes ? { ...changes, awb_blue: changes.awb_red } : changes))),
  ),
  display('hue/settable', 'hue-swaps-saturation', 'stores hue and saturation in the place of each other where both are set', () =>
    tampering(
      stores(BASE, (changes) =>
        'hue' in changes && 'saturation' in changes ? { ...changes, hue: changes.saturation, saturation: changes.hue } : changes,
      ),
    ),
  ),
  display('exposure_time/settable', 'exposure-wraps', 'keeps 16 bits of the exposure with their sign', () =>
    tampering(storesOther(BASE, 'exposure_time', (value) => (Number(value) > 32_767 ? 10_000 : value))),
  ),
  display('byLDC_Ratio/range', 'ratio-beyond', 'shows a ratio of 301', () =>
    tampering(shows('getImageAdjustmentEx', (reply) => ({ ...reply, byLDC_Ratio: 301 }))),
  ),
  display('ir_level/settable', 'ir-is-led', 'stores the infrared level as that of the white light as well', () =>
    tampering(stores(ADVANCED, (changes) => ('ir_level' in changes ? { ...changes, led_level: changes.ir_level } : changes))),
  ),
  display('infr_night_h/settable', 'night-is-day', 'stores the hour of the night as that of the day as well', () =>
    tampering(stores(ADVANCED, (changes) => ('infr_night_h' in changes ? { ...changes, infr_day_h: changes.infr_night_h } : changes))),
  ),
];

/** The scene without its quarter turns, in its size before them. */
function unturned(seen: Scene): Scene {
  return seen.turns % 2 === 1 ? { ...seen, turns: 0, width: seen.height, height: seen.width } : { ...seen, turns: 0 };
}

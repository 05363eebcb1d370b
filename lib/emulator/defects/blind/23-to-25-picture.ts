/** Sections 23 to 25: pictures that do not show what was set, or show something else. */

import type { Habits } from '../../habits.ts';
import type { Scene } from '../../scene.ts';
import { type BlindDefect, type Now, SHOULD, streaming, tampering, writerFor } from './blind-defect.ts';
import { afterDone, counter, eachElement, performs, shows, stores, storesOther } from './sets-and-gets.ts';

const display = writerFor('display');
const osd = writerFor('osd');
const mask = writerFor('video-mask');

const BASE = 'setImageAdjustment';
const ADVANCED = 'setImageAdjustmentEx';
const scene = (change: (scene: Scene) => Scene) => (): Habits => streaming({ scene: change });
/** In the streams alone, or in snapshots alone. */
const inStreams = (change: (scene: Scene) => Scene) => (): Habits =>
  streaming({ settings: (_, settings) => ({ ...settings, video: { ...settings.video, scene: change(settings.video.scene) } }) });
const inSnapshots = (change: (scene: Scene) => Scene) => (): Habits => tampering({ shot: (_, seen) => change(seen) });
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

const labels = (change: (labels: Scene['labels']) => Scene['labels']) => scene((seen) => ({ ...seen, labels: change(seen.labels) }));
const SET_OSD = 'setOsdConf';
const isDate = (text: string): boolean => /\d\d-\d\d-\d\d|\d\d:\d\d|Sun|kbps/.test(text);
/** What a set stores in the list of titles. */
const titles = (change: Parameters<typeof eachElement>[1]) => () =>
  tampering(storesOther(SET_OSD, 'title_list', (list) => eachElement(list, change)));

export const OSD: readonly BlindDefect[] = [
  osd(
    'titles-in-picture',
    'no-titles',
    'draws no title',
    labels((all) => all.filter(({ text }) => isDate(text))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'first-title-alone',
    'draws the first title alone',
    labels((all) => [...all.filter(({ text }) => isDate(text)), ...all.filter(({ text }) => !isDate(text)).slice(0, 1)]),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-in-the-corner',
    'draws each title in the corner, wherever it was put',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, x: 8, y: 8 }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'title-x-and-y-swapped',
    'draws titles with x for y, and y for x',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, x: each.y, y: each.x }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-lower',
    'draws titles 100 lines lower',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, y: each.y + 100 }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'title-text-stays',
    'draws "xxx" whatever the title is',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, text: 'xxx' }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-not-in-streams',
    'draws titles in snapshots alone',
    inStreams((seen) => ({ ...seen, labels: seen.labels.filter(({ text }) => isDate(text)) })),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-not-in-snapshots',
    'draws titles in the streams alone',
    inSnapshots((seen) => ({ ...seen, labels: seen.labels.filter(({ text }) => isDate(text)) })),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'title-first-letter',
    'draws the first letter of each title',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, text: each.text.slice(0, 1) }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-mirrored-across',
    'draws titles at the right where they were put to the left',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, x: Math.max(0, 640 - each.x) }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'hidden-titles-drawn',
    'draws titles while show_title is 0',
    () => {
      let list: readonly Readonly<Record<string, unknown>>[] = [];
      return {
        tamper: shows('getOsdConf', (reply) => {
          list = Array.isArray(reply.title_list) ? (reply.title_list as typeof list) : [];
          return reply;
        }),
        streamTamper: {
          scene: (seen) => ({
            ...seen,
            labels: [
              ...seen.labels,
              ...list
                .filter((each) => each.show_title === 0 && String(each.title).trim() !== '')
                .map((each) => ({ text: String(each.title), x: Number(each.title_pos_x), y: Number(each.title_pos_y) })),
            ],
          }),
        },
      };
    },
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'no-date',
    'draws neither date nor time',
    labels((all) => all.filter(({ text }) => !isDate(text))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-at-the-foot',
    'draws the date at the foot, wherever it was put',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, x: 0, y: 540 } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-without-time',
    'draws the date without the time',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, text: each.text.replace('02:39:43', '') } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'no-weekday',
    'does not draw the weekday',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, text: each.text.replace('Sun', '') } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-always',
    'draws the date while show_date is 0',
    labels((all) => (all.some(({ text }) => /\d\d-\d\d-\d\d/.test(text)) ? all : [...all, { text: '01-12-02', x: 0, y: 0 }])),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-y-ignored',
    'draws the date at the top, whatever date_pos_y is',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, y: 0 } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-x-ignored',
    'draws the date at the left, whatever date_pos_x is',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, x: 0 } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-format-ignored',
    'draws the date in the first format whatever was set',
    labels((all) => all.map((each) => ({ ...each, text: each.text.replace(/\d\d-\d\d-\d\d/, '01-12-02') }))),
    SHOULD,
  ),
  osd(
    'bitrate-in-picture',
    'no-bitrate',
    'does not draw the bit rate',
    labels((all) => all.map((each) => ({ ...each, text: each.text.replace(/\d+kbps/, '') }))),
    SHOULD,
  ),
  osd(
    'bitrate-in-picture',
    'bitrate-always',
    'draws the bit rate while show_bitrate is 0',
    labels((all) => (all.some(({ text }) => text.includes('kbps')) ? all : [...all, { text: '6144kbps', x: 300, y: 0 }])),
    SHOULD,
  ),
  osd(
    'colour-in-picture',
    'always-white',
    'draws in white whatever osd_color is',
    scene((seen) => ({ ...seen, labelColour: 0xff_ff_ff_ff })),
    SHOULD,
  ),
  osd(
    'colour-in-picture',
    'red-and-blue',
    'draws in blue for red, and in red for blue',
    scene((seen) => ({
      ...seen,
      labelColour: ((seen.labelColour & 0xff00ff00) | ((seen.labelColour & 0xff) << 16) | ((seen.labelColour >> 16) & 0xff)) >>> 0,
    })),
    SHOULD,
  ),
  osd(
    'font-size-in-picture',
    'size-ignored',
    'draws in the middle size whatever font_size is',
    scene((seen) => ({ ...seen, letter: 18 })),
    SHOULD,
  ),
  osd(
    'font-size-in-picture',
    'size-reversed',
    'draws small letters for large ones',
    scene((seen) => ({ ...seen, letter: 36 - seen.letter })),
    SHOULD,
  ),
  osd(
    'title_list/settable',
    'title-into-the-next',
    'stores the first title in the second as well',
    titles((each, index, all) => (index === 1 ? { ...each, title: all[0]?.title } : each)),
  ),
  osd(
    'title_list/settable',
    'title-position-into-the-next',
    'stores the position of the second title in the third as well',
    titles((each, index, all) => (index === 2 ? { ...each, title_pos_x: all[1]?.title_pos_x } : each)),
  ),
  osd('title_list/settable', 'last-title-lost', 'keeps the old fourth title', () =>
    tampering(
      stores(SET_OSD, (changes, before) =>
        'title_list' in changes ? { ...changes, title_list: replaced(changes.title_list, before.title_list, 3) } : changes,
      ),
    ),
  ),
  osd(
    'title_list/settable',
    'switches-of-titles-joined',
    'shows all titles where one is shown',
    titles((each, _, all) => ({ ...each, show_title: all.some(({ show_title }) => show_title === 1) ? 1 : 0 })),
  ),
  osd('title_list/settable', 'titles-reversed', 'stores the titles in reverse order', () =>
    tampering(storesOther(SET_OSD, 'title_list', (list) => (Array.isArray(list) ? [...list].reverse() : list))),
  ),
  osd(
    'title_list/settable',
    'hidden-title-lost',
    'empties titles that are not shown',
    titles((each) => (each.show_title === 0 ? { ...each, title: '' } : each)),
  ),
  osd('setOsdConf/isolation', 'date-moves-title', 'moves the first title with the date', () =>
    tampering(
      stores(SET_OSD, (changes, before) =>
        'date_pos_x' in changes && !('title_list' in changes)
          ? {
              ...changes,
              title_list: eachElement(before.title_list, (each, index) => (index === 0 ? { ...each, title_pos_x: changes.date_pos_x } : each)),
            }
          : changes,
      ),
    ),
  ),
  osd('setOsdConf/isolation', 'partial-list-wipes', 'empties titles that a shorter list does not name', () => {
    let named = 4;
    return tampering({
      request: (action, json) => {
        if (action === SET_OSD) named = (json ?? '').split('"show_title"').length - 1 || (json ?? '').split('"title"').length - 1;
        return json;
      },
      ...storesOther(SET_OSD, 'title_list', (list) =>
        eachElement(list, (each, index) => (index < named ? each : { ...each, title: '', show_title: 0 })),
      ),
    });
  }),
  ...ofTitle(),
];

/** The same texts inside the list. */
function ofTitle(): readonly BlindDefect[] {
  const kept = (word: string, does: string, change: (title: string) => string, more = {}) =>
    osd(
      'title_list/settable',
      word,
      does,
      titles((each) => ({ ...each, title: change(String(each.title)) })),
      more,
    );
  return [
    kept('titles-upper', 'stores titles in capital letters', (title) => title.toUpperCase()),
    kept('titles-at-eight', 'keeps eight characters of a title', (title) => title.slice(0, 8), SHOULD),
    kept('titles-without-digits', 'loses the digits of titles', (title) => title.replaceAll(/\d/g, '')),
    kept('titles-escaped', 'stores HTML entities in titles', (title) => title.replaceAll('&', '&amp;').replaceAll('<', '&lt;'), SHOULD),
    kept('titles-ascii', 'stores question marks beyond ASCII in titles', (title) => title.replaceAll(/[^\x20-\x7e]/g, '?'), SHOULD),
    kept('titles-quotes-lost', 'loses the quotes of titles', (title) => title.replaceAll(/["']/g, ''), SHOULD),
    osd('title_list/settable', 'title-empty-ignored', 'answers an empty title with code 0, and keeps the old one', () =>
      tampering(
        stores(SET_OSD, (changes, before) =>
          'title_list' in changes
            ? {
                ...changes,
                title_list: eachElement(changes.title_list, (each, index) =>
                  each.title === '' ? { ...each, title: titleAt(before.title_list, index) } : each,
                ),
              }
            : changes,
        ),
      ),
    ),
    osd('title_list/settable', 'title-empty-refused', 'refuses an empty title', () =>
      tampering({
        refuses: (action, json) =>
          action === SET_OSD && Array.isArray(json?.title_list) && json.title_list.some((each) => each?.title === '') ? 205 : null,
      }),
    ),
  ];
}

const titleAt = (list: unknown, index: number): unknown => (Array.isArray(list) ? list[index]?.title : undefined);

/** A list with one element of another. */
const replaced = (list: unknown, other: unknown, index: number): unknown =>
  Array.isArray(list) && Array.isArray(other) ? list.map((each: unknown, at) => (at === index ? other[at] : each)) : list;

const masks = (change: (boxes: Scene['masks']) => Scene['masks']) => scene((seen) => ({ ...seen, masks: change(seen.masks) }));
const SET_MASK = 'setViMask';

export const VIDEO_MASK: readonly BlindDefect[] = [
  mask(
    'box-covered-in-picture',
    'no-masks',
    'covers nothing',
    masks(() => []),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'first-mask-alone',
    'covers the first box alone',
    masks((boxes) => boxes.slice(0, 1)),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'last-mask-lost',
    'does not cover the last of all boxes',
    masks((boxes) => (boxes.length > 1 ? boxes.slice(0, -1) : boxes)),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'masks-half',
    'covers the left half of each box',
    masks((boxes) => boxes.map((box) => ({ ...box, w: box.w >> 1 }))),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'masks-at-the-corner',
    'covers the corner, wherever a box was put',
    masks((boxes) => boxes.map((box) => ({ ...box, x: 0, y: 0 }))),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'masks-x-y-swapped',
    'covers boxes with x for y, and y for x',
    masks((boxes) => boxes.map((box) => ({ ...box, x: box.y, y: box.x }))),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'masks-in-pixels',
    'takes the raster for pixels of the picture',
    scene((seen) => ({
      ...seen,
      masks: seen.masks.map(({ x, y, w, h }) => ({
        x: Math.floor((x * 704) / seen.width),
        y: Math.floor((y * 576) / seen.height),
        w: Math.floor((w * 704) / seen.width),
        h: Math.floor((h * 576) / seen.height),
      })),
    })),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'masks-not-in-streams',
    'covers snapshots alone',
    inStreams((seen) => ({ ...seen, masks: [] })),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'masks-not-in-sub-stream',
    'covers the main stream alone',
    () =>
      streaming({
        settings: (channel, settings) =>
          channel === 0 ? settings : { ...settings, video: { ...settings.video, scene: { ...settings.video.scene, masks: [] } } },
      }),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'masks-not-in-snapshots',
    'covers the streams alone',
    inSnapshots((seen) => ({ ...seen, masks: [] })),
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'masks-always',
    'covers boxes while mask_enable is 0',
    () => {
      let last: Scene['masks'] = [];
      return streaming({
        scene: (seen) => {
          last = seen.masks.length > 0 ? seen.masks : last;
          return { ...seen, masks: last };
        },
      });
    },
    SHOULD,
  ),
  mask(
    'box-covered-in-picture',
    'masks-grey',
    'dims what is behind a box in place of covering it',
    scene((seen) => ({ ...seen, masks: seen.masks.map((box) => ({ ...box, h: Math.max(1, box.h >> 3) })) })),
    SHOULD,
  ),
  mask('mask_0_x/settable', 'first-into-second', 'stores where the first box begins in the second as well', () =>
    tampering(stores(SET_MASK, (changes) => ('mask_0_x' in changes ? { ...changes, mask_1_x: changes.mask_0_x } : changes))),
  ),
  mask('mask_8_w/settable', 'ninth-into-first', 'stores the width of the ninth box in the first as well', () =>
    tampering(stores(SET_MASK, (changes) => ('mask_8_w' in changes ? { ...changes, mask_0_w: changes.mask_8_w } : changes))),
  ),
  mask('mask_3_h/settable', 'height-into-width', 'stores the height of the fourth box as its width as well', () =>
    tampering(stores(SET_MASK, (changes) => ('mask_3_h' in changes ? { ...changes, mask_3_w: changes.mask_3_h } : changes))),
  ),
  mask('mask_8_x/settable', 'ninth-lost', 'does not store the ninth box', () =>
    tampering(stores(SET_MASK, (changes) => Object.fromEntries(Object.entries(changes).filter(([name]) => !name.startsWith('mask_8_'))))),
  ),
  mask('mask_0_x/settable', 'to-eights', 'rounds where a box begins down to eight', () =>
    tampering(
      stores(SET_MASK, (changes) =>
        Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, /_[xy]$/.test(name) ? Number(value) - (Number(value) % 8) : value])),
      ),
    ),
  ),
  mask('mask_enable/settable', 'enable-empties', 'empties all boxes where mask_enable is put to 0', () =>
    tampering(
      stores(SET_MASK, (changes, before) =>
        changes.mask_enable === 0
          ? {
              ...changes,
              ...Object.fromEntries(
                Object.keys(before)
                  .filter((name) => /^mask_\d_[wh]$/.test(name) && !(name in changes))
                  .map((name) => [name, 0]),
              ),
            }
          : changes,
      ),
    ),
  ),
];

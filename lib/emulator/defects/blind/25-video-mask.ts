/** Section 25: boxes that do not cover. */

import type { Scene } from '../../scene.ts';
import { type BlindDefect, SHOULD, streaming, tampering, writerFor } from './blind-defect.ts';
import { inSnapshots, inStreams, scene } from './scenes.ts';
import { stores } from './sets-and-gets.ts';

const mask = writerFor('video-mask');

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

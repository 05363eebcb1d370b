/** Section 25: masks that do not cover what they should, or cover more. */
import type { Scene } from '../../scene.ts';
import { type Defect, inSection } from './notation.ts';
import { frozen, seeing } from './picturing.ts';

type Box = Scene['masks'][number];

const masked = (id: string, does: string, change: (masks: readonly Box[]) => readonly Box[]): Defect => ({
  id,
  does,
  noticedBy: ['mask_0/in-picture'],
  plant: () => seeing((scene) => ({ ...scene, masks: change(scene.masks) })),
});
const moved = (id: string, does: string, change: (box: Box) => Box): Defect => masked(id, does, (masks) => masks.map(change));

const WIDTH = 704;
const HEIGHT = 576;

/** What a box leaves of the picture. */
const around = ({ x, y, w, h }: Box): readonly Box[] => [
  { x: 0, y: 0, w: WIDTH, h: y },
  { x: 0, y: y + h, w: WIDTH, h: HEIGHT - y - h },
  { x: 0, y, w: x, h },
  { x: x + w, y, w: WIDTH - x - w, h },
];

export const videoMaskDefects: readonly Defect[] = inSection('video-mask', [
  masked('not-drawn', 'draws no mask', () => []),
  moved('half-a-width-beside', 'masks half a width beside the box', (box) => ({ ...box, x: box.x + box.w / 2 })),
  moved('half-a-height-below', 'masks half a height below the box', (box) => ({ ...box, y: box.y + box.h / 2 })),
  moved('sides-swapped', 'swaps x and y', ({ x, y, ...size }) => ({ ...size, x: y + 160, y: x })),
  moved('mirrored', 'counts x from the right', (box) => ({ ...box, x: WIDTH - box.x - box.w })),
  moved('from-below', 'counts y from below', (box) => ({ ...box, y: HEIGHT - box.y - box.h })),
  moved('centred', 'takes x and y for the middle of the box', (box) => ({ ...box, x: box.x - box.w / 2, y: box.y - box.h / 2 })),
  moved('end-for-size', 'takes width and height for the opposite corner', ({ x, y, w, h }) => ({ x, y, w: w - x, h: h - y })),
  moved('half-as-wide', 'masks half the width of the box', (box) => ({ ...box, w: box.w / 2 })),
  moved('half-as-high', 'masks half the height of the box', (box) => ({ ...box, h: box.h / 2 })),
  moved('other-raster', 'takes positions for pixels of 1920 x 1080', ({ x, y, w, h }) => ({
    x: (x * WIDTH) / 1920,
    y: (y * HEIGHT) / 1080,
    w: (w * WIDTH) / 1920,
    h: (h * HEIGHT) / 1080,
  })),
  moved('whole-width', 'masks the whole width of the picture', (box) => ({ ...box, x: 0, w: WIDTH })),
  moved('whole-picture', 'masks the whole picture', () => ({ x: 0, y: 0, w: WIDTH, h: HEIGHT })),
  masked('inverted', 'masks all but the box', (masks) => masks.flatMap(around)),
  {
    id: 'stays',
    does: 'keeps a mask when masks are switched off',
    noticedBy: ['mask_0/in-picture'],
    plant: () => {
      let kept: readonly Box[] = [];
      return seeing((scene) => {
        if (scene.masks.length > 0) kept = scene.masks;
        return { ...scene, masks: kept };
      });
    },
  },
  {
    id: 'after-restart-alone',
    does: 'goes on with the masks that it started with',
    noticedBy: ['mask_0/in-picture'],
    plant: () => {
      const first = frozen<readonly Box[]>();
      return seeing((scene) => ({ ...scene, masks: first(scene.masks) }));
    },
  },
  {
    id: 'in-jpeg-alone-not',
    does: 'masks streams, and not snapshots',
    noticedBy: ['mask_0/in-picture'],
    plant: () => ({ tamper: { shot: (_, scene) => ({ ...scene, masks: [] }) } }),
  },
  {
    id: 'only-the-first',
    does: 'draws the first mask and no other',
    noticedBy: ['other-masks/in-picture'],
    plant: () => {
      let hasFirst = false;
      return {
        tamper: {
          stored: (action, changes, before) => {
            if (action === 'setViMask') hasFirst = { ...before, ...changes }.mask_0_w !== 0;
            return changes;
          },
        },
        streamTamper: { scene: (scene) => ({ ...scene, masks: hasFirst ? scene.masks.slice(0, 1) : [] }) },
      };
    },
  },
  {
    id: 'in-stream-not',
    does: 'masks snapshots, and not streams',
    noticedBy: ['mask_0/in-picture'],
    plant: () => ({ streamTamper: { settings: (_, { video, audio }) => ({ audio, video: { ...video, scene: { ...video.scene, masks: [] } } }) } }),
    unseen: 'pictures of streams are measured, not decoded',
  },
]);

/** Section 25, Video Mask: nine boxes that cover parts of the picture. Positions and sizes are on a 704 x 576 raster. */
import { documentSection, range, row, settings, toggle } from '../notation.ts';

const boxes = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const emptyBoxes = (first: number): Record<string, number> =>
  Object.fromEntries(boxes.slice(first).flatMap((box) => ['x', 'y', 'w', 'h'].map((field) => [`mask_${box}_${field}`, 0])));

export const videoMask = documentSection(
  25,
  'video-mask',
  'Video Mask',
  [
    settings('getViMask 25.1', 'setViMask 25.2', {
      rows: [
        row('mask_enable', 'YN', toggle),
        ...boxes.flatMap((box) => [
          row(`mask_${box}_h`, 'YN', range(0, 576)),
          row(`mask_${box}_w`, 'YN', range(0, 704)),
          row(`mask_${box}_x`, 'YN', range(0, 704)),
          row(`mask_${box}_y`, 'YN', range(0, 576)),
        ]),
      ],
      example: {
        reply: { mask_enable: 0, ...emptyBoxes(0) },
        requests: [{ mask_enable: 1, mask_0_x: 0, mask_0_y: 0, mask_0_w: 703, mask_0_h: 574, ...emptyBoxes(1) }],
      },
    }),
  ],
  [
    {
      id: 'box-covered-in-picture',
      place: '25.2',
      says: 'while mask_enable is 1 each box of a size other than 0 covers its part of the picture',
    },
  ],
);

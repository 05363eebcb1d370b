import { describe } from '../lib/camera/outcome.ts';
import { changeInWords } from '../lib/checks/pictures/changed-area.ts';
import { difference } from '../lib/checks/pictures/picture-lab.ts';
import type { Members } from '../lib/document/row-value.ts';
import { videoMask } from '../lib/document/sections/25-video-mask.ts';
import { section } from '../lib/execution/section.ts';
import { regionOf, regionStatistics } from '../lib/media/picture-measures.ts';
import type { Pixels } from '../lib/media/pixels.ts';
import { fail, Skipped } from '../lib/results/finding.ts';

/** A box in the middle of the 704 x 576 raster, large enough to tell, off the centre so that a shifted one shows. */
const BOX = { x: 176, y: 144, width: 264, height: 216 };
/** What lies left of it, as wide as the box is away from the edge. */
const BESIDE = { x: 16, y: 144, width: 128, height: 216 };
/** Share of pixels that have the region's colour: 1 is one colour. Pixels at the edge of the box are left out. */
const UNIFORM = 0.95;
const EDGE_PIXELS = 3;
/** A scene that is not of one colour there anyway. */
const VARIED = 0.8;

const BOX_IN_WORDS = `x ${BOX.x} to ${BOX.x + BOX.width}, y ${BOX.y} to ${BOX.y + BOX.height}`;
const AS_ONE = `one colour, in ${100 * UNIFORM} % of the pixels or more, inside`;
const inWords = (picture: Pixels): string => `${Math.round(uniformity(picture) * 100)} % of its pixels alike`;

const MASKS = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** Whatever the camera came with is no part of the picture beside the one that is looked for. */
const withoutSize = (reply: Members): Readonly<Record<string, number>> =>
  Object.fromEntries(
    MASKS.filter((mask) => Number(reply[`mask_${mask}_w`]) > 0 && Number(reply[`mask_${mask}_h`]) > 0).flatMap((mask) => [
      [`mask_${mask}_w`, 0],
      [`mask_${mask}_h`, 0],
    ]),
  );

section(videoMask, ({ generic, requirement }) => {
  requirement(
    'video-mask/mask_0/in-picture',
    'should',
    'an enabled mask covers its box and leaves the rest',
    { place: '25.2', action: 'setViMask', covers: ['box-covered-in-picture'] },
    ({ lab, pictures }) =>
      pictures.patiently(async () => {
        const settings = lab();
        const reply = await settings.opening();
        for (const name of ['mask_enable', 'mask_0_x', 'mask_0_y', 'mask_0_w', 'mask_0_h']) {
          if (!(name in reply)) throw new Skipped('not-offered', `getViMask does not return ${name}`);
        }
        const box = { ...withoutSize(reply), mask_0_x: BOX.x, mask_0_y: BOX.y, mask_0_w: BOX.width, mask_0_h: BOX.height };
        const apply = async (members: Readonly<Record<string, number>>): Promise<void> => {
          const { outcome } = await settings.attempt(members);
          if (outcome.kind !== 'done') throw new Skipped('blocked', `${JSON.stringify(members)} is answered with ${describe(outcome)}`);
        };
        await apply({ mask_enable: 0 });
        const { view, restlessness } = await pictures.settled();
        if (uniformity(view.picture) > VARIED) throw new Skipped('not-testable', 'the scene has one colour where the mask would be');
        await apply({ mask_enable: 1, ...box });
        const masked = await pictures.lookUntil(({ picture }) => uniformity(picture) >= UNIFORM);
        const { exchange } = masked.view;
        if (!masked.isAsExpected)
          fail(
            `${AS_ONE} the box of mask 0 (${BOX_IN_WORDS})`,
            `${inWords(masked.view.picture)}; ${changeInWords(view.picture, masked.view.picture)}`,
            exchange,
          );
        const beside = difference(regionOf(masked.view.picture, BESIDE), regionOf(view.picture, BESIDE));
        if (beside > 2 * restlessness)
          fail(
            `the picture left of the mask as it was: a mean difference of at most ${(2 * restlessness).toFixed(1)} of 255`,
            `a mean difference of ${beside.toFixed(1)}; ${changeInWords(view.picture, masked.view.picture)}`,
            exchange,
          );
        await apply({ mask_enable: 0 });
        const open = await pictures.lookUntil(({ picture }) => uniformity(picture) < UNIFORM);
        if (!open.isAsExpected)
          fail('the picture without the mask when mask_enable is 0', `the mask is still there: ${inWords(open.view.picture)}`, open.view.exchange);
      }),
  );

  requirement(
    'video-mask/other-masks/in-picture',
    'should',
    'each other mask covers its box, too',
    { place: '25.2', action: 'setViMask', covers: ['box-covered-in-picture'], after: ['video-mask/mask_0/in-picture'] },
    ({ lab, pictures }) =>
      pictures.patiently(async () => {
        const settings = lab();
        const reply = await settings.opening();
        const masks = MASKS.filter((mask) => ['x', 'y', 'w', 'h'].every((side) => `mask_${mask}_${side}` in reply));
        if (!('mask_enable' in reply) || masks.length < 2) throw new Skipped('not-offered', 'getViMask returns one mask at most');
        /** One mask at the box, the others without a size. */
        const only = (shown: number): Readonly<Record<string, number>> =>
          Object.fromEntries(
            masks.flatMap((mask) => Object.entries(BOX).map(([side, value]) => [`mask_${mask}_${side[0]}`, mask === shown ? value : 0])),
          );
        const apply = async (members: Readonly<Record<string, number>>): Promise<boolean> =>
          (await settings.attempt(members)).outcome.kind === 'done';
        if (!(await apply({ mask_enable: 0 }))) throw new Skipped('blocked', 'mask_enable 0 is refused');
        const { view } = await pictures.settled();
        if (uniformity(view.picture) > VARIED) throw new Skipped('not-testable', 'the scene has one colour where the mask would be');
        for (const mask of masks.slice(1)) {
          if (!(await apply({ mask_enable: 1, ...only(mask) }))) throw new Skipped('blocked', `mask ${mask} alone is refused`);
          const masked = await pictures.lookUntil(({ picture }) => uniformity(picture) >= UNIFORM);
          if (!masked.isAsExpected)
            fail(
              `${AS_ONE} the box of mask ${mask} (${BOX_IN_WORDS})`,
              `${inWords(masked.view.picture)}; ${changeInWords(view.picture, masked.view.picture)}`,
              masked.view.exchange,
            );
        }
        await apply({ mask_enable: 0 });
      }),
  );

  generic();
});

const uniformity = (picture: Pixels): number => regionStatistics(picture, BOX, EDGE_PIXELS).uniformity;

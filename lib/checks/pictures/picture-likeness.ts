/** What is wrong with a picture that is not the expected one: whether it matches once it is mirrored, turned or coloured otherwise. */
import { downscale, flipVertical, meanLuma, mirrorHorizontal, rotate } from '../../media/picture-measures.ts';
import type { Pixels } from '../../media/pixels.ts';
import { difference } from './picture-lab.ts';

type Word = (red: number, green: number, blue: number) => readonly [number, number, number];

function recoloured(picture: Pixels, colour: Word): Pixels {
  const rgba = picture.rgba.slice();
  for (let at = 0; at < rgba.length; at += 4) rgba.set(colour(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0), at);
  return { ...picture, rgba };
}

const grey: Word = (red, green, blue) => {
  const luma = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  return [luma, luma, luma];
};

/** How the expected picture is changed, and what is said of one that then matches. */
const CHANGES: readonly (readonly [change: (picture: Pixels) => Pixels, says: string])[] = [
  [mirrorHorizontal, 'it matches when mirrored left to right'],
  [flipVertical, 'it matches when turned upside down, top row last'],
  [(picture) => rotate(picture, 180), 'it matches when rotated by 180 degrees'],
  [(picture) => rotate(picture, 90), 'it is rotated by 90 degrees clockwise'],
  [(picture) => rotate(picture, 270), 'it is rotated by 90 degrees counterclockwise'],
  [(picture) => recoloured(picture, (red, green, blue) => [255 - red, 255 - green, 255 - blue]), 'it matches when inverted, as a negative'],
  [(picture) => recoloured(picture, (red, green, blue) => [blue, green, red]), 'it matches with red and blue swapped'],
  [(picture) => recoloured(picture, grey), 'it matches the expected one in black and white: the colour is missing'],
];

/** A brightness that compression and colour matrices do not make. */
const BRIGHTER = 8;

/**
 * A clause about `found`, which differs from `expected` by more than `allowed` (mean per pixel and channel, of 255): the change after
 * which it matches, else how its brightness differs; null where neither tells anything.
 */
export function likeness(found: Pixels, expected: Pixels, allowed: number): string | null {
  const tried = CHANGES.map(([change, says]) => {
    const changed = change(expected);
    const fitted = changed.width === found.width && changed.height === found.height ? changed : downscale(changed, found.width, found.height);
    return { says, differs: difference(found, fitted) };
  });
  const best = tried.toSorted((one, other) => one.differs - other.differs)[0];
  if (best !== undefined && best.differs <= allowed && best.differs < difference(found, expected) / 2)
    return `${best.says} (a difference of ${best.differs.toFixed(1)} then)`;
  const [is, expectedIs] = [meanLuma(found), meanLuma(expected)];
  return Math.abs(is - expectedIs) < BRIGHTER
    ? null
    : `it is ${is < expectedIs ? 'darker' : 'brighter'}, with a mean brightness of ${is.toFixed(0)} in place of ${expectedIs.toFixed(0)}`;
}

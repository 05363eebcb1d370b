import { expect, test } from 'vitest';
import type { Pixels } from '../../media/pixels.ts';
import { changedArea, changeInWords } from './changed-area.ts';

const WIDTH = 176;
const HEIGHT = 144;

/** Grey, with a white box. */
function scene(x = 0, y = 0, width = 0, height = 0, noise = 0): Pixels {
  const rgba = new Uint8Array(WIDTH * HEIGHT * 4).fill(128);
  for (let at = 0; at < WIDTH * HEIGHT; at += 1) {
    const isInside = at % WIDTH >= x && at % WIDTH < x + width && at / WIDTH >= y && Math.floor(at / WIDTH) < y + height;
    rgba.fill(isInside ? 255 : 128 + ((at * 7) % 3) * noise, at * 4, at * 4 + 3);
  }
  return { width: WIDTH, height: HEIGHT, rgba };
}

test('what changed lies where it was drawn, in the raster of the document', () =>
  expect(changedArea(scene(), scene(44, 36, 66, 54))).toEqual({ x: 176, y: 144, width: 264, height: 216 }));

test('noise is no change', () => expect(changedArea(scene(), scene(0, 0, 0, 0, 10))).toBeNull());

test('pictures of another shape tell nothing', () => expect(changedArea(scene(), { width: 1, height: 1, rgba: new Uint8Array(4) })).toBeNull());

test('in words', () => {
  expect(changeInWords(scene(), scene())).toBe('the picture did not change');
  expect(changeInWords(scene(), scene(0, 0, 22, 18))).toBe('what changed in the picture lies at x 0 to 88, y 0 to 72 of 704 x 576');
});

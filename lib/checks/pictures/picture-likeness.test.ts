import { expect, test } from 'vitest';
import { flipVertical, mirrorHorizontal, rotate } from '../../media/picture-measures.ts';
import type { Pixels } from '../../media/pixels.ts';
import { likeness } from './picture-likeness.ts';

/** Without any symmetry: a slope of red over the width, of blue over the height, one green corner. */
const scene: Pixels = (() => {
  const [width, height] = [32, 18];
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    rgba.set([x * 7, x < 8 && y < 6 ? 220 : 20, y * 9], at * 4);
  }
  return { width, height, rgba };
})();

const mapped = (change: (channels: readonly number[]) => readonly number[]): Pixels => {
  const rgba = scene.rgba.slice();
  for (let at = 0; at < rgba.length; at += 4) rgba.set(change([...rgba.subarray(at, at + 3)]), at);
  return { ...scene, rgba };
};

const luma = ([red = 0, green = 0, blue = 0]: readonly number[]): number => Math.round(0.299 * red + 0.587 * green + 0.114 * blue);

test.each<readonly [string, Pixels]>([
  ['mirrored left to right', mirrorHorizontal(scene)],
  ['upside down', flipVertical(scene)],
  ['rotated by 180 degrees', rotate(scene, 180)],
  ['rotated by 90 degrees clockwise', rotate(scene, 90)],
  ['rotated by 90 degrees counterclockwise', rotate(scene, 270)],
  ['inverted', mapped((channels) => channels.map((value) => 255 - value))],
  ['red and blue swapped', mapped(([red = 0, green = 0, blue = 0]) => [blue, green, red])],
  ['black and white', mapped((channels) => Array(3).fill(luma(channels)))],
])('%s is named', (words, found) => expect(likeness(found, scene, 8)).toContain(words));

test('a darker picture is called so, with both numbers', () =>
  expect(
    likeness(
      mapped((channels) => channels.map((value) => value >> 1)),
      scene,
      8,
    ),
  ).toMatch(/^it is darker, with a mean brightness of \d+ in place of \d+$/));

test('nothing is said of a picture that shows something else and is as bright', () => {
  const pixels = scene.width * scene.height;
  const rgba = new Uint8Array(scene.rgba.length);
  for (let at = 0; at < pixels; at += 1) rgba.set(scene.rgba.subarray(((at * 181) % pixels) * 4, ((at * 181) % pixels) * 4 + 4), at * 4);
  expect(likeness({ ...scene, rgba }, scene, 8)).toBeNull();
});

/** Where two pictures of one scene differ, in the raster of the document: what a text or a mask that is drawn elsewhere is found by. */
import { RASTER, type Rectangle } from '../../media/picture-measures.ts';
import type { Pixels } from '../../media/pixels.ts';

/** Of 255, mean of the channels: noise and compression change a pixel by less. */
const CHANGED = 30;
/** A share of the pixels; fewer are noise. */
const FEWEST = 0.0005;

/** The smallest rectangle around all that changed, in the raster of 704 x 576; null where next to nothing did, or the shape differs. */
export function changedArea(before: Pixels, after: Pixels): Rectangle | null {
  const { width, height } = before;
  if (after.width !== width || after.height !== height) return null;
  let [left, top, right, bottom, changed] = [width, height, 0, 0, 0];
  for (let at = 0; at < width * height; at += 1) {
    const [one, other] = [before.rgba.subarray(at * 4, at * 4 + 3), after.rgba.subarray(at * 4, at * 4 + 3)];
    if (one.reduce((sum, value, channel) => sum + Math.abs(value - (other[channel] ?? 0)), 0) / 3 <= CHANGED) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
    changed += 1;
  }
  if (changed < FEWEST * width * height || changed === 0) return null;
  const [toX, toY] = [RASTER.width / width, RASTER.height / height];
  return {
    x: Math.round(left * toX),
    y: Math.round(top * toY),
    width: Math.round((right - left) * toX),
    height: Math.round((bottom - top) * toY),
  };
}

/** The same as the end of a sentence. */
export function changeInWords(before: Pixels, after: Pixels): string {
  const area = changedArea(before, after);
  if (area === null) return 'the picture did not change';
  const { x, y, width, height } = area;
  return `what changed in the picture lies at x ${x} to ${x + width}, y ${y} to ${y + height} of ${RASTER.width} x ${RASTER.height}`;
}

/** The scene as the stream shows it: one colour for each block of the picture, and a mark that moves with the key pictures. */
import { isMasked, rasterOf, type Scene } from '../scene.ts';

export interface Mosaic {
  /** width and height of a block */
  readonly size: number;
  /** blocks; the last column and row may reach over the edge of the picture */
  readonly columns: number;
  readonly rows: number;
  /** BT.601, one value for each block, row by row */
  readonly luma: Uint8Array;
  readonly cb: Uint8Array;
  readonly cr: Uint8Array;
  /** places of the mark: the index of a block each; a masked block is none */
  readonly marks: readonly number[];
}

/** After so many key pictures the mark is where it was; even, as `idr_pic_id` alternates. */
export const MARK_PLACES = 8;
/** Where the mark moves, as parts of the height and width: below the middle, and left of where titles are by default. */
const MARK_ROW = 0.9;
const MARK_REACH = 0.7;

export function mosaicOf(scene: Scene, size: number): Mosaic {
  const columns = Math.ceil(scene.width / size);
  const rows = Math.ceil(scene.height / size);
  const [luma, cb, cr] = [0, 0, 0].map(() => new Uint8Array(columns * rows)) as [Uint8Array, Uint8Array, Uint8Array];
  const raster = rasterOf(scene);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = span(row, size, scene.height, raster.height);
    for (let column = 0; column < columns; column++) {
      const [left, right] = span(column, size, scene.width, raster.width);
      let [r, g, b] = [0, 0, 0];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const pixel = raster.pixels[y * raster.width + x] as number;
          r += pixel & 255;
          g += (pixel >> 8) & 255;
          b += (pixel >> 16) & 255;
        }
      }
      const area = (bottom - top) * (right - left);
      [r, g, b] = [r / area, g / area, b / area];
      const at = row * columns + column;
      luma[at] = Math.round(16 + (65.481 * r + 128.553 * g + 24.966 * b) / 255);
      cb[at] = Math.round(128 + (-37.797 * r - 74.203 * g + 112 * b) / 255);
      cr[at] = Math.round(128 + (112 * r - 93.786 * g - 18.214 * b) / 255);
    }
  }
  const [w, h] = [size / scene.width, size / scene.height];
  const row = Math.floor(rows * MARK_ROW);
  const places = Array.from({ length: MARK_PLACES }, (_, place) => Math.floor((columns * MARK_REACH * place) / MARK_PLACES));
  const marks = places.filter((column) => !isMasked(scene, { x: column * w, y: row * h, w, h })).map((column) => row * columns + column);
  return { size, columns, rows, luma, cb, cr, marks };
}

/** The part of the raster, along one side, that shows in a block. */
function span(index: number, size: number, whole: number, raster: number): [number, number] {
  const from = Math.min(raster - 1, Math.floor((index * size * raster) / whole));
  return [from, Math.max(from + 1, Math.min(raster, Math.floor(((index + 1) * size * raster) / whole)))];
}

import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import type { Members } from '../document/row-value.ts';
import type { Pixels } from '../media/pixels.ts';
import { createTables } from './model.ts';
import { render, type Scene, sceneOf } from './scene.ts';
import { createStore } from './store.ts';

const NO_OSD = { show_date: 0, show_time: 0, title_list: [] };

function sceneWith(changes: Readonly<Record<string, Members>>): Scene {
  const store = createStore(createTables(SECTIONS, 'full'));
  for (const [action, values] of Object.entries({ getOsdConf: NO_OSD, ...changes })) store.write(action, 0, values);
  return { ...sceneOf(store) };
}
/** at 704 x 576, so that a pixel of the picture is one of the raster */
const pictureOf = (changes: Readonly<Record<string, Members>> = {}): Pixels =>
  render(sceneWith({ getVencConf: { pic_width: 704, pic_height: 576 }, ...changes }));
const pixel = ({ width, rgba }: Pixels, x: number, y: number): number[] => [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];

describe('scene', () => {
  const plain = pictureOf();

  it('has the size of the main stream, turned by a quarter turn', () => {
    expect(sceneWith({})).toMatchObject({ width: 2560, height: 1440 });
    expect(sceneWith({ getImageAdjustment: { rotate: 1 } })).toMatchObject({ width: 1440, height: 2560 });
    expect(render(sceneWith({ getVencConf: { pic_width: 352, pic_height: 288 } })).rgba).toHaveLength(352 * 288 * 4);
  });

  it('is the same for the same state', () => {
    expect(Buffer.compare(pictureOf().rgba, plain.rgba)).toBe(0);
  });

  it.each([
    ['mirror', { getImageAdjustmentEx: { mirror: 1 } }, (x: number, y: number) => [703 - x, y]],
    ['flip', { getImageAdjustmentEx: { flip: 1 } }, (x: number, y: number) => [x, 575 - y]],
    ['half a turn', { getImageAdjustment: { rotate: 2 } }, (x: number, y: number) => [703 - x, 575 - y]],
  ])('shows %s, and is not symmetric to it', (_, changes, moved) => {
    const picture = pictureOf(changes);
    let different = 0;
    for (let y = 0; y < 576; y += 9) {
      for (let x = 0; x < 704; x += 7) {
        const [toX, toY] = moved(x, y) as [number, number];
        expect(pixel(picture, toX, toY)).toEqual(pixel(plain, x, y));
        if (pixel(picture, x, y).join() !== pixel(plain, x, y).join()) different++;
      }
    }
    expect(different).toBeGreaterThan(1000);
  });

  it('turns clockwise', () => {
    // the left edge, white above dark, becomes the top edge, dark before white
    const picture = pictureOf({ getVencConf: { pic_width: 704, pic_height: 576 }, getImageAdjustment: { rotate: 1 } });
    expect([picture.width, picture.height]).toEqual([576, 704]);
    expect(pixel(picture, 575, 0)).toEqual(pixel(plain, 0, 0));
    expect(pixel(picture, 0, 0)).toEqual(pixel(plain, 0, 575));
    const back = pictureOf({ getVencConf: { pic_width: 704, pic_height: 576 }, getImageAdjustment: { rotate: 3 } });
    expect(pixel(back, 0, 703)).toEqual(pixel(plain, 0, 0));
  });

  it('has no colour in black and white', () => {
    const [r, g, b] = pixel(pictureOf({ getImageAdjustmentEx: { color_black: 2 } }), 100, 10);
    expect([r, g]).toEqual([g, b]);
    expect(new Set(pixel(plain, 100, 10)).size).toBeGreaterThan(1);
  });

  it('becomes brighter and darker', () => {
    const level = (brightness: number) => pixel(pictureOf({ getImageAdjustment: { brightness } }), 352, 400)[0] as number;
    expect(level(200)).toBeGreaterThan(level(128));
    expect(level(60)).toBeLessThan(level(128));
  });

  it('follows contrast, saturation and hue', () => {
    const spread = (changes: Members): number => {
      const [r, g, b] = pixel(pictureOf({ getImageAdjustment: changes }), 500, 200) as [number, number, number];
      return Math.max(r, g, b) - Math.min(r, g, b);
    };
    expect(spread({ saturation: 0 })).toBe(0);
    expect(spread({ saturation: 64 })).toBeLessThan(spread({}));
    expect(spread({ contrast: 64 })).toBeLessThan(spread({}));
    const [red, green] = pixel(pictureOf({ getImageAdjustment: { hue: 40 } }), 500, 200) as [number, number];
    expect(green).toBeGreaterThan(red);
    expect(pixel(pictureOf({ getImageAdjustment: { hue: 40 } }), 352, 400)).toEqual(pixel(plain, 352, 400));
  });

  it('shows the date where it is, larger in a larger font', () => {
    const dots = (changes: Members): number => {
      const picture = pictureOf({ getOsdConf: { ...NO_OSD, date_pos_x: 20, date_pos_y: 400, osd_color: 5, ...changes } });
      let count = 0;
      for (let y = 390; y < 450; y++) for (let x = 0; x < 704; x++) if (pixel(picture, x, y).join() === '0,255,0') count++;
      return count;
    };
    expect(dots({})).toBe(0);
    const small = dots({ show_date: 1, font_size: 0 });
    expect(small).toBeGreaterThan(50);
    expect([dots({ show_date: 1, font_size: 1 }), dots({ show_date: 1, font_size: 2 })]).toEqual([small * 4, small * 9]);
    expect(dots({ show_date: 1, show_time: 1, font_size: 0 })).toBeGreaterThan(small);
    expect(dots({ show_week: 1, show_bitrate: 1 })).toBeGreaterThan(0);
  });

  it('covers masks while they are enabled', () => {
    const mask = { mask_8_x: 200, mask_8_y: 10, mask_8_w: 30, mask_8_h: 20 };
    const covered = pictureOf({ getViMask: { mask_enable: 1, ...mask } });
    expect(pixel(covered, 215, 20)).toEqual([0, 0, 0]);
    expect(pixel(covered, 231, 20)).toEqual(pixel(plain, 231, 20));
    expect(Buffer.compare(pictureOf({ getViMask: { mask_enable: 0, ...mask } }).rgba, plain.rgba)).toBe(0);
  });

  it('draws titles where they are, in the colour of the OSD', () => {
    const title = (text: string, shown: number) => ({
      getOsdConf: { ...NO_OSD, osd_color: 3, title_list: [{ title: text, title_pos_x: 300, title_pos_y: 200, show_title: shown }] },
    });
    const picture = pictureOf(title('test', 1));
    expect(pixel(picture, 300, 200)).toEqual([16, 16, 16]);
    const red = Array.from({ length: 60 }, (_, x) => pixel(picture, 300 + x, 205).join()).filter((each) => each === '255,0,0');
    expect(red.length).toBeGreaterThan(0);
    expect(Buffer.compare(pictureOf(title('test', 0)).rgba, plain.rgba)).toBe(0);
    expect(Buffer.compare(pictureOf(title('best', 1)).rgba, picture.rgba)).not.toBe(0);
  });
});

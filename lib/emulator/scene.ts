/**
 * What the camera sees: a test card without symmetry, drawn on the document's raster of 704 x 576 and then enlarged, so
 * that every setting that shows in the picture costs no more than a few milliseconds. The same state gives the same
 * pixels; the date of the OSD stands still.
 */
import { isMembers, type Members } from '../document/row-value.ts';
import type { Pixels } from '../media/pixels.ts';
import { GLYPH_HEIGHT, GLYPH_WIDTH, isDot } from './font.ts';
import type { Store } from './store.ts';
import { AHEAD, type View } from './view.ts';

const WIDTH = 704;
const HEIGHT = 576;
const BLACK = pack(0, 0, 0);

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** All of the state that shows in a picture. */
export interface Scene extends View {
  readonly width: number;
  readonly height: number;
  readonly flip: boolean;
  readonly mirror: boolean;
  /** quarter turns clockwise */
  readonly turns: number;
  readonly colour: boolean;
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly hue: number;
  readonly masks: readonly Box[];
  readonly labels: readonly Label[];
  readonly labelColour: number;
  /** height of a letter on the raster */
  readonly letter: number;
}

const MIDDLE = 128;
const BLACK_AND_WHITE = 2;
const LETTERS = [9, 18, 27];
const LABEL_COLOURS = [pack(255, 255, 255), BLACK, pack(255, 255, 0), pack(255, 0, 0), pack(0, 0, 255), pack(0, 255, 0)];

/** The scene that a camera with these settings sees, in the size of a stream; a quarter turn swaps width and height. */
export function sceneOf(store: Store, channel = 0, view: View = AHEAD): Scene {
  const read = (action: string, instance = 0): Members => (store.tables.has(action) ? store.values(action, instance) : {});
  const video = read('getVencConf', channel);
  const [base, advanced, mask, osd] = ['getImageAdjustment', 'getImageAdjustmentEx', 'getViMask', 'getOsdConf'].map((action) => read(action)) as [
    Members,
    Members,
    Members,
    Members,
  ];
  const width = numberIn(video, 'pic_width', WIDTH);
  const height = numberIn(video, 'pic_height', HEIGHT);
  const turns = numberIn(base, 'rotate', 0);
  const isTurned = turns % 2 === 1;
  return {
    ...view,
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    flip: advanced.flip === 1,
    mirror: advanced.mirror === 1,
    turns,
    colour: advanced.color_black !== BLACK_AND_WHITE,
    brightness: numberIn(base, 'brightness', MIDDLE),
    contrast: numberIn(base, 'contrast', MIDDLE),
    saturation: numberIn(base, 'saturation', MIDDLE),
    hue: numberIn(base, 'hue', MIDDLE),
    masks: mask.mask_enable === 1 ? masksIn(mask) : [],
    labels: labelsIn(osd),
    labelColour: LABEL_COLOURS[numberIn(osd, 'osd_color', 0)] ?? BLACK,
    letter: LETTERS[numberIn(osd, 'font_size', 1)] ?? 18,
  };
}

function numberIn(members: Members, name: string, otherwise: number): number {
  const value = members[name];
  return typeof value === 'number' ? value : otherwise;
}

function masksIn(mask: Members): readonly Box[] {
  return Array.from({ length: 9 }, (_, index) => {
    const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((side) => numberIn(mask, `mask_${index}_${side}`, 0)) as [number, number, number, number];
    return { x, y, w, h };
  }).filter(({ w, h }) => w > 0 && h > 0);
}

const DATES = ['01-12-02', '12-02-01', '02-12-01'];

function labelsIn(osd: Members): readonly Label[] {
  const date = osd.show_date === 1 ? (DATES[numberIn(osd, 'date_format', 0)] ?? '') : '';
  const line = [date, osd.show_time === 1 ? '02:39:43' : '', osd.show_week === 1 ? 'Sun' : '', osd.show_bitrate === 1 ? '6144kbps' : ''];
  const labels: Label[] = [{ text: line.filter(Boolean).join(' '), x: numberIn(osd, 'date_pos_x', 0), y: numberIn(osd, 'date_pos_y', 0) }];
  for (const title of Array.isArray(osd.title_list) ? osd.title_list : []) {
    if (!isMembers(title) || title.show_title !== 1) continue;
    labels.push({ text: String(title.title), x: numberIn(title, 'title_pos_x', 0), y: numberIn(title, 'title_pos_y', 0) });
  }
  return labels.filter(({ text }) => text.trim() !== '');
}

/** The picture of a scene. */
export function render(scene: Scene): Pixels {
  return enlarge(rasterOf(scene).pixels, scene.width, scene.height);
}

/** The picture of a scene on the document's raster, of whatever size the picture is; red in the lowest byte of a pixel. */
export function rasterOf(scene: Scene): { width: number; height: number; pixels: Uint32Array } {
  const raster = orient(adjust(seenFrom(testCard(), scene), scene), scene);
  for (const { x, y, w, h } of scene.masks) fill(raster, x, y, w, h, BLACK);
  for (const label of scene.labels) drawLabel(raster, label, scene);
  return { width: WIDTH, height: HEIGHT, pixels: raster };
}

/** Whether a mask reaches into a box of the picture; the box as parts of its width and height, 0 to 1. */
export function isMasked({ masks }: Scene, box: Box): boolean {
  const { x: left, y: top } = { x: box.x * WIDTH, y: box.y * HEIGHT };
  return masks.some(({ x, y, w, h }) => x < left + box.w * WIDTH && left < x + w && y < top + box.h * HEIGHT && top < y + h);
}

function pack(r: number, g: number, b: number): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

function fill(raster: Uint32Array, x: number, y: number, w: number, h: number, colour: number): void {
  for (let row = Math.max(0, y); row < Math.min(HEIGHT, y + h); row++) {
    raster.fill(colour, row * WIDTH + Math.max(0, x), row * WIDTH + Math.max(0, Math.min(WIDTH, x + w)));
  }
}

const BARS = [
  [235, 235, 235],
  [235, 235, 16],
  [16, 235, 235],
  [16, 235, 16],
  [235, 16, 235],
  [235, 16, 16],
  [16, 16, 235],
  [48, 48, 48],
] as const;

/** Bars, a ramp from dark to light, a dark foot, and marks in two corners: no flip, mirror or turn leaves it as it is. */
function testCard(): Uint32Array {
  const raster = new Uint32Array(WIDTH * HEIGHT);
  const bar = WIDTH / BARS.length;
  for (const [index, [r, g, b]] of BARS.entries()) fill(raster, index * bar, 0, bar, 352, pack(r, g, b));
  for (let x = 0; x < WIDTH; x += 8) {
    const level = Math.round((x / WIDTH) * 255);
    fill(raster, x, 352, 8, 112, pack(level, level, level));
  }
  fill(raster, 0, 464, WIDTH, 112, pack(24, 40, 72));
  fill(raster, 32, 64, 112, 80, BLACK);
  fill(raster, 48, 80, 48, 48, pack(235, 96, 16));
  for (let row = 0; row < 96; row += 8) fill(raster, 416 - row, 472 + row, 2 * row + 8, 8, pack(200, 120, 40));
  return raster;
}

/** What is seen of the test card, which goes on beyond each edge with its other side. */
function seenFrom(raster: Uint32Array, { pan, tilt, zoom }: View): Uint32Array {
  if (pan === 0 && tilt === 0 && zoom === 1) return raster;
  const place = (at: number, length: number, shift: number): number => {
    const from = Math.floor((at - length / 2) / zoom + length / 2) + shift;
    return ((from % length) + length) % length;
  };
  const columns = Uint16Array.from({ length: WIDTH }, (_, x) => place(x, WIDTH, pan));
  const result = new Uint32Array(raster.length);
  for (let y = 0; y < HEIGHT; y++) {
    const row = place(y, HEIGHT, tilt) * WIDTH;
    for (let x = 0; x < WIDTH; x++) result[y * WIDTH + x] = raster[row + (columns[x] as number)] as number;
  }
  return result;
}

/** Brightness, contrast, saturation and hue, 128 each being neutral; no colour at all in black and white. */
function adjust(raster: Uint32Array, { colour, brightness, contrast, saturation, hue }: Scene): Uint32Array {
  if (colour && [brightness, contrast, saturation, hue].every((value) => value === MIDDLE)) return raster;
  const known = new Map<number, number>();
  const gain = contrast / MIDDLE;
  const chroma = colour ? saturation / MIDDLE : 0;
  const angle = ((hue - MIDDLE) / MIDDLE) * Math.PI;
  const [cosine, sine] = [Math.cos(angle) * chroma, Math.sin(angle) * chroma];
  const level = (value: number): number => Math.max(0, Math.min(255, Math.round((value - MIDDLE) * gain + brightness)));
  return raster.map((pixel) => {
    const done = known.get(pixel);
    if (done !== undefined) return done;
    const [r, g, b] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
    const grey = 0.299 * r + 0.587 * g + 0.114 * b;
    // the plane of BT.601's colour differences, in which hue is an angle
    const [u, v] = [(b - grey) / 1.772, (r - grey) / 1.402];
    const [turnedU, turnedV] = [u * cosine - v * sine, u * sine + v * cosine];
    const [red, blue] = [grey + 1.402 * turnedV, grey + 1.772 * turnedU];
    const green = (grey - 0.299 * red - 0.114 * blue) / 0.587;
    const adjusted = pack(level(red), level(green), level(blue));
    known.set(pixel, adjusted);
    return adjusted;
  });
}

/** Mirror, flip and quarter turns; a turned picture is squeezed into the raster, which is stretched again when enlarged. */
function orient(raster: Uint32Array, { flip, mirror, turns }: Scene): Uint32Array {
  if (!flip && !mirror && turns === 0) return raster;
  const result = new Uint32Array(raster.length);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [u, v] = [(x + 0.5) / WIDTH, (y + 0.5) / HEIGHT];
      const [across, down] = turns === 1 ? [v, 1 - u] : turns === 2 ? [1 - u, 1 - v] : turns === 3 ? [1 - v, u] : [u, v];
      const fromX = Math.floor((mirror ? 1 - across : across) * WIDTH);
      const fromY = Math.floor((flip ? 1 - down : down) * HEIGHT);
      result[y * WIDTH + x] = raster[fromY * WIDTH + fromX] as number;
    }
  }
  return result;
}

/** Letters on a ground that sets them off. */
function drawLabel(raster: Uint32Array, { text, x, y }: Label, { letter, labelColour }: Scene): void {
  const dot = Math.max(1, Math.floor(letter / (GLYPH_HEIGHT + 2)));
  const advance = dot * (GLYPH_WIDTH + 1);
  const characters = [...text];
  fill(raster, x, y, advance * characters.length + dot, dot * (GLYPH_HEIGHT + 2), labelColour === BLACK ? pack(235, 235, 235) : pack(16, 16, 16));
  for (const [index, character] of characters.entries()) {
    for (let column = 0; column < GLYPH_WIDTH; column++) {
      for (let row = 0; row < GLYPH_HEIGHT; row++) {
        if (isDot(character, column, row)) fill(raster, x + dot + index * advance + column * dot, y + dot + row * dot, dot, dot, labelColour);
      }
    }
  }
}

/** Each row of the raster is stretched once and copied to the rows that show it. */
function enlarge(raster: Uint32Array, width: number, height: number): Pixels {
  const pixels = new Uint32Array(width * height);
  const columns = Uint16Array.from({ length: width }, (_, x) => Math.floor((x * WIDTH) / width));
  let shown = -1;
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * HEIGHT) / height);
    if (row === shown) {
      pixels.copyWithin(y * width, (y - 1) * width, y * width);
      continue;
    }
    shown = row;
    for (let x = 0; x < width; x++) pixels[y * width + x] = raster[row * WIDTH + (columns[x] as number)] as number;
  }
  return { width, height, rgba: new Uint8Array(pixels.buffer) };
}

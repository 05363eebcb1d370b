/** Where the camera looks (section 9): what moves it, how far it turns and zooms, and the views of its preset points. */

/** Pixels of the raster to the right and down of where it looks at the start, and how much larger things are. */
export interface View {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

export interface Movement {
  readonly command: number;
  readonly horizontal: number;
  readonly vertical: number;
  /** host time in ms */
  readonly since: number;
}

export const AHEAD: View = { pan: 0, tilt: 0, zoom: 1 };
const FARTHEST: View = { pan: 352, tilt: 288, zoom: 4 };
/** Pixels of the raster in a second at speed 1, and how much zoom in a second. */
const STEP = 4;
const ZOOM_STEP = 0.02;

/** right, down and nearer for each command of the table of 9 that moves the picture */
const DIRECTIONS: Readonly<Record<number, readonly [right: number, down: number, nearer: number]>> = {
  71: [-1, -1, 0],
  1: [0, -1, 0],
  73: [1, -1, 0],
  3: [-1, 0, 0],
  4: [1, 0, 0],
  72: [-1, 1, 0],
  2: [0, 1, 0],
  74: [1, 1, 0],
  9: [0, 0, 1],
  10: [0, 0, -1],
};

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The view that a movement has led to; focus, aperture and light do not show. */
export function moved(from: View, movement: Movement | null, now: number): View {
  const direction = DIRECTIONS[movement?.command ?? 0];
  if (movement === null || direction === undefined) return from;
  const seconds = Math.max(0, now - movement.since) / 1000;
  const [right, down, nearer] = direction;
  return {
    pan: within(Math.round(from.pan + right * movement.horizontal * STEP * seconds), -FARTHEST.pan, FARTHEST.pan),
    tilt: within(Math.round(from.tilt + down * movement.vertical * STEP * seconds), -FARTHEST.tilt, FARTHEST.tilt),
    zoom: within(Math.round((from.zoom + nearer * movement.horizontal * ZOOM_STEP * seconds) * 16) / 16, 1, FARTHEST.zoom),
  };
}

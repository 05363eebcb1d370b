/** A picture as its pixels, whatever it came from or becomes. */

/** Eight bits each of red, green, blue and opacity, row by row from the top left. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `width * height * 4` bytes */
  readonly rgba: Uint8Array;
}

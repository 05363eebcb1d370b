/** How large a picture may claim to be and is still decoded: in memory a pixel takes some twenty bytes meanwhile. */

/** 5120x3840 and 6016x3384 are below it; cameras of the document have 12 million at most. */
export const MOST_PIXELS = 21_000_000;

export interface ClaimedSize {
  readonly width: number;
  readonly height: number;
}

export const hasTooManyPixels = ({ width, height }: ClaimedSize): boolean => Math.abs(width) * Math.abs(height) > MOST_PIXELS;

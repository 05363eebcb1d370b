/**
 * Looks through the lens: takes snapshots, small, and says how much two of them differ beside what two snapshots of an unchanged
 * camera differ by. Scenes move and light changes; where the scene is too restless to tell, nothing is judged.
 */
import type { Camera } from '../../camera/camera.ts';
import { poll } from '../../camera/waiting.ts';
import { SNAPSHOT_PATH } from '../../document/sections/03-snapshot.ts';
import { downscale, meanAbsoluteDifference } from '../../media/picture-measures.ts';
import type { Pixels } from '../../media/pixels.ts';
import { thumbnail } from '../../media/thumbnail.ts';
import { fail, Skipped } from '../../results/finding.ts';
import type { Exchange } from '../../wire/exchange.ts';

export interface View {
  readonly picture: Pixels;
  readonly exchange: Exchange;
}

/** Mean difference per pixel and channel (0 to 255) of two snapshots above which a scene is too restless to tell anything. */
const MOST_RESTLESS = 12;
/** What compression and scaling alone make of the same scene. */
const COMPRESSION = 2;
/** A setting takes effect with the next pictures; some encoders start anew. */
const SETTLING_MS = 3000;

export class PictureLab {
  readonly #camera: Camera;

  constructor(camera: Camera) {
    this.#camera = camera;
  }

  /** A snapshot, its longer side 160 pixels. */
  async look(): Promise<View> {
    const { bytes, exchange } = await this.#camera.client.path(SNAPSHOT_PATH, {});
    try {
      return { picture: await thumbnail(bytes), exchange };
    } catch (error) {
      return fail('a JPEG picture', error instanceof Error ? error.message : String(error), exchange);
    }
  }

  /** A snapshot of the unchanged camera, and how much a second one differs from it. Throws `Skipped` for a restless scene. */
  async settled(): Promise<{ readonly view: View; readonly restlessness: number }> {
    const view = await this.look();
    const again = await this.look();
    const restlessness = difference(view.picture, again.picture) + COMPRESSION;
    if (restlessness > MOST_RESTLESS)
      throw new Skipped('not-testable', `the scene is too restless to tell: two snapshots differ by ${restlessness.toFixed(1)} of 255`);
    return { view: again, restlessness };
  }

  /** Looks until `isAsExpected`, or until the camera had time enough; returns the last look either way. */
  async lookUntil(isAsExpected: (view: View) => boolean): Promise<{ readonly view: View; readonly isAsExpected: boolean }> {
    let last = await this.look();
    const found = await poll(this.#camera.options.settlingMs ?? SETTLING_MS, async () => {
      if (isAsExpected(last)) return last;
      last = await this.look();
      return null;
    });
    return { view: last, isAsExpected: found !== null };
  }
}

/** Mean difference per pixel and channel, 0 to 255; pictures of different shapes are compared in the smaller grid, and differ. */
export function difference(a: Pixels, b: Pixels): number {
  if (a.width === b.width && a.height === b.height) return meanAbsoluteDifference(a, b);
  const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
  return meanAbsoluteDifference(downscale(a, width, height), downscale(b, width, height));
}

/** Whether a picture shows what is expected rather than what was there before. */
export function isNearer(picture: Pixels, expected: Pixels, before: Pixels, restlessness: number): boolean {
  const toExpected = difference(picture, expected);
  return toExpected < difference(picture, before) && toExpected < 2 * restlessness + COMPRESSION;
}

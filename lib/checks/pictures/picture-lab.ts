/**
 * Looks through the lens: takes snapshots, small, and says how much two of them differ beside what two snapshots of an unchanged
 * camera differ by. Scenes move and light changes; where the scene is too restless to tell, nothing is judged.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Camera } from '../../camera/camera.ts';
import { downscale, meanAbsoluteDifference, shareAlike } from '../../media/picture-measures.ts';
import type { Pixels } from '../../media/pixels.ts';
import { thumbnail } from '../../media/thumbnail.ts';
import { fail, NonConformance, Skipped } from '../../results/finding.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { Snapshots } from './snapshots.ts';

export interface View {
  readonly picture: Pixels;
  readonly exchange: Exchange;
}

/** Mean difference per pixel and channel (0 to 255) of two snapshots above which a scene is too restless to tell anything. */
const MOST_RESTLESS = 12;
/** What compression and scaling alone make of the same scene. */
const COMPRESSION = 2;

const BETWEEN_LOOKS_MS = 50;

export class PictureLab {
  readonly snapshots: Snapshots;
  readonly #camera: Camera;
  #changedAt = Number.NEGATIVE_INFINITY;
  #isPatient = false;

  constructor(camera: Camera) {
    this.#camera = camera;
    this.snapshots = new Snapshots(camera);
    camera.onCall({
      after: (action) => {
        if (action.startsWith('set')) this.#changedAt = performance.now();
      },
    });
  }

  /**
   * Makes an experiment whose pictures are compared with earlier ones. What it finds may come of a picture that was taken before the change
   * ahead of it showed: then it is made again, and each change has its time before a picture is the standard of others.
   */
  async patiently(experiment: () => Promise<void>): Promise<void> {
    try {
      await experiment();
    } catch (error) {
      const isDoubtful = error instanceof NonConformance || (error instanceof Skipped && error.reason === 'not-testable');
      if (!isDoubtful || this.#isPatient) throw error;
      this.#isPatient = true;
      try {
        await experiment();
      } finally {
        this.#isPatient = false;
      }
    }
  }

  /** A snapshot, its longer side 160 pixels. */
  async look(): Promise<View> {
    const { bytes, exchange } = await this.snapshots.take(null);
    try {
      return { picture: await thumbnail(bytes), exchange };
    } catch (error) {
      return fail('a JPEG picture', error instanceof Error ? error.message : String(error), exchange);
    }
  }

  /** A snapshot of the unchanged camera, and how much a second one differs from it. Throws `Skipped` for a restless scene. */
  async settled(): Promise<{ readonly view: View; readonly restlessness: number }> {
    const left = this.#isPatient ? this.#changedAt + this.#camera.settling.limitMs - performance.now() : 0;
    if (left > 0) await pause(left);
    const view = await this.look();
    const again = await this.look();
    const restlessness = difference(view.picture, again.picture) + COMPRESSION;
    if (restlessness > MOST_RESTLESS)
      throw new Skipped('not-testable', `the scene is too restless to tell: two snapshots differ by ${restlessness.toFixed(1)} of 255`);
    return { view: again, restlessness };
  }

  /** Looks until `isAsExpected`, or until the camera had time enough; returns the last look either way. */
  async lookUntil(isAsExpected: (view: View) => boolean): Promise<{ readonly view: View; readonly isAsExpected: boolean }> {
    const end = performance.now() + this.#camera.settling.limitMs;
    for (;;) {
      const isLast = performance.now() >= end;
      const view = await this.look();
      if (isLast || isAsExpected(view)) return { view, isAsExpected: isAsExpected(view) };
      await pause(BETWEEN_LOOKS_MS);
    }
  }
}

/** Mean difference per pixel and channel, 0 to 255; pictures of different shapes are compared in the smaller grid, and differ. */
export function difference(a: Pixels, b: Pixels): number {
  if (a.width === b.width && a.height === b.height) return meanAbsoluteDifference(a, b);
  const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
  return meanAbsoluteDifference(downscale(a, width, height), downscale(b, width, height));
}

/** Of a picture with date and titles over it, which stand upright whatever becomes of the scene; where they were and where they are differs. */
const LEAST_ALIKE = 0.75;

/** Whether a picture shows what is expected rather than what was there before. */
export function isNearer(picture: Pixels, expected: Pixels, before: Pixels, restlessness: number): boolean {
  const toExpected = difference(picture, expected);
  const allowed = 2 * restlessness + COMPRESSION;
  return toExpected < difference(picture, before) && (toExpected < allowed || shareAlike(picture, expected, allowed) >= LEAST_ALIKE);
}

/**
 * A change of video, audio or RTSP may take its time until streams show it, and the RTSP service may be away as long: encoders restart.
 * What speaks against the camera within that time is looked at again, and counts only when the time is over.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Camera } from '../../camera/camera.ts';
import { rtsp } from '../../document/sections/19-rtsp.ts';
import { video } from '../../document/sections/21-video.ts';
import { audio } from '../../document/sections/22-audio.ts';
import { display } from '../../document/sections/23-display.ts';
import { NonConformance } from '../../results/finding.ts';

/** Sets of what a stream is made of. */
const STREAM_SETS: ReadonlySet<string> = new Set(
  [rtsp, video, audio, display].flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'settings' && part.set !== undefined ? [part.set] : [])),
  ),
);
const BETWEEN_LOOKS_MS = 100;

export class RestartPatience {
  readonly #limitMs: number;
  #changedAt = Number.NEGATIVE_INFINITY;

  constructor(camera: Pick<Camera, 'settling' | 'onCall'>) {
    this.#limitMs = camera.settling.limitMs;
    camera.onCall({
      after: (action) => {
        if (STREAM_SETS.has(action)) this.#changedAt = performance.now();
      },
    });
  }

  /** when streams were changed last, by the monotonic clock */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** Looks until there is nothing to say against what is seen, or until the last change had its time; the last look counts. */
  async settled<T>(look: () => Promise<T>, isGood: (seen: T) => boolean = () => true): Promise<T> {
    const end = this.#changedAt + this.#limitMs;
    for (;;) {
      const isLast = performance.now() >= end;
      try {
        const seen = await look();
        if (isLast || isGood(seen)) return seen;
      } catch (error) {
        if (isLast || !(error instanceof NonConformance)) throw error;
      }
      await pause(BETWEEN_LOOKS_MS);
    }
  }
}

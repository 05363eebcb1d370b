/**
 * Each request of a run is spoiled once, in each way in which a camera may be out of order for a moment. Afterwards the camera is as it
 * was, or the run names what is not: it is never left changed in silence.
 */
import type { Way } from './disturbing-proxy.ts';
import { BUSY_MS, runWatched } from './watched-run.ts';

export interface SweepOptions {
  readonly section: number;
  /** how long the camera takes to show what was set, in ms of its own time */
  readonly settlingMs?: number;
}

export interface Spoiled {
  readonly section: number;
  readonly way: Way;
  readonly request: number;
  /** the action that was spoiled */
  readonly action: string;
  /** of the camera from what it was, that nobody named */
  readonly silent: readonly string[];
  /** what the run named */
  readonly named: readonly string[];
}

/** By section and time of settling. */
const lengths = new Map<string, number>();

/** How many requests an undisturbed run of a section sends. */
export async function requestsOf({ section, settlingMs = 0 }: SweepOptions): Promise<number> {
  const key = `${section} ${settlingMs}`;
  const known = lengths.get(key);
  if (known !== undefined) return known;
  const { requests, silent } = await runWatched({ sections: [section], settlingMs });
  if (silent.length > 0) throw new Error(`Could not sweep section ${section}: ${silent.join('; ')}`);
  lengths.set(key, requests);
  return requests;
}

export async function spoil({ section, settlingMs = 0 }: SweepOptions, way: Way, request: number): Promise<Spoiled> {
  const { spoiled, silent, named } = await runWatched({ sections: [section], settlingMs, disturbance: { way, request, busyMs: BUSY_MS } });
  return { section, way, request, action: spoiled ?? '', silent, named };
}

/**
 * How much of a run is done and how long the rest takes, from what is known: the sections that were collected, what an earlier run
 * measured, and how fast this one goes. An estimate for people, nothing rests on it.
 */
import { type CheckResult, sectionOf } from '../../results/results.ts';

export interface ForecastOptions {
  /** numbers of the sections that will run */
  readonly sections: readonly string[];
  /** about how many checks a section holds that has not been collected */
  readonly expected: ReadonlyMap<string, number>;
  /** of an earlier run, if there was one */
  readonly earlier: readonly Pick<CheckResult, 'id' | 'section' | 'durationMs'>[];
}

/** Less than this has been seen of a run: nothing can be told yet. */
const TOO_EARLY_MS = 2000;

export class Forecast {
  /** checks that have ended */
  done = 0;
  readonly #weights: ReadonlyMap<string, number>;
  readonly #usualWeight: number;
  readonly #ahead: Map<string, { readonly checks: number; readonly weight: number }>;
  #collected = 0;
  #doneWeight = 0;
  #collectedWeight = 0;

  constructor({ sections, expected, earlier }: ForecastOptions) {
    this.#weights = new Map(earlier.map(({ id, durationMs }) => [id, durationMs]));
    const sum = earlier.reduce((total, { durationMs }) => total + durationMs, 0);
    this.#usualWeight = sum > 0 ? sum / earlier.length : 1;
    this.#ahead = new Map(
      sections.map((section) => {
        const known = earlier.filter((check) => sectionOf(check) === section);
        const checks = known.length > 0 ? known.length : (expected.get(section) ?? 0);
        const weight = known.length > 0 ? known.reduce((total, { durationMs }) => total + durationMs, 0) : checks * this.#usualWeight;
        return [section, { checks, weight }];
      }),
    );
  }

  /** A section's checks are known now. */
  collected(section: string, ids: readonly string[]): void {
    this.#ahead.delete(section);
    this.#collected += ids.length;
    for (const id of ids) this.#collectedWeight += this.#weightOf(id);
  }

  ended(id: string): void {
    this.done += 1;
    this.#doneWeight += this.#weightOf(id);
  }

  /** All checks of the run, as far as they are known. */
  get total(): number {
    return this.#sumAhead(({ checks }) => checks) + this.#collected;
  }

  /** Whether every section has been collected, so that `total` is no estimate. */
  get isTotalKnown(): boolean {
    return this.#ahead.size === 0;
  }

  /** Milliseconds; null as long as nothing can be told. */
  leftMs(elapsedMs: number): number | null {
    if (elapsedMs < TOO_EARLY_MS || this.#doneWeight <= 0) return null;
    const left = this.#sumAhead(({ weight }) => weight) + this.#collectedWeight - this.#doneWeight;
    return Math.max(0, (elapsedMs / this.#doneWeight) * left);
  }

  #weightOf(id: string): number {
    // What took no measurable time still counts.
    return Math.max(this.#weights.get(id) ?? this.#usualWeight, this.#usualWeight / 100);
  }

  #sumAhead(of: (section: { readonly checks: number; readonly weight: number }) => number): number {
    let sum = 0;
    for (const section of this.#ahead.values()) sum += of(section);
    return sum;
  }
}

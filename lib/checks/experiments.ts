/**
 * Experiments on a camera, each made once and shared by all checks that ask for it. While a check is repeated they are made anew,
 * once more and no oftener, however many checks are repeated: a camera with many defects is not worn out.
 */

import { sharedEvidence } from '../evidence/tape.ts';
import { NonConformance, Skipped } from '../results/finding.ts';

type Shelf = Map<string, () => Promise<unknown>>;

export class Experiments {
  readonly #first: Shelf = new Map();
  readonly #second: Shelf = new Map();
  readonly #broken = new Set<string>();
  #isRepeating = false;

  /** Makes an experiment once; every later caller gets the same result, or the same error, and what was noted of it. */
  once<T>(name: string, experiment: () => Promise<T>): Promise<T> {
    const shelf = this.#isRepeating ? this.#second : this.#first;
    const known = shelf.get(name);
    if (known !== undefined) return known() as Promise<T>;
    const result = sharedEvidence(experiment);
    shelf.set(name, result);
    // What is no result, such as a camera that went away, may be otherwise the next time.
    result().catch((error: unknown) => error instanceof NonConformance || error instanceof Skipped || this.#mayTryAgain(name, shelf));
    return result();
  }

  /** Once more: what came to nothing twice is not tried by every check again. */
  #mayTryAgain(name: string, shelf: Shelf): void {
    if (this.#broken.has(name)) return;
    this.#broken.add(name);
    shelf.delete(name);
  }

  /** In a repetition, what came of an experiment the first time; null when it was not made, or none is under way. */
  earlier<T>(name: string): Promise<T> | null {
    const known = this.#isRepeating ? this.#first.get(name) : undefined;
    return known === undefined ? null : (known() as Promise<T>);
  }

  beginRepetition(): void {
    this.#isRepeating = true;
  }

  endRepetition(): void {
    this.#isRepeating = false;
  }

  /** Whoever repeats once more makes it anew once more. */
  forgetRepeated(): void {
    this.#second.clear();
  }

  /** What was made anew stands from now on in place of what was made first. */
  adoptRepeated(): void {
    for (const [name, result] of this.#second) this.#first.set(name, result);
    this.#second.clear();
  }
}

/** The only importer of fast-check: its arbitraries for what makes values, and one way to search with them. */
import fc from 'fast-check';

export { fc };
export type Arbitrary<T> = fc.Arbitrary<T>;

export interface SearchOptions {
  readonly seed: number;
  readonly runs: number;
  /** of a counterexample of the same seed: begins there */
  readonly path?: string;
  /** ms until the search ends, whatever it has found */
  readonly limitMs?: number;
}

export interface Searched<T> {
  readonly runs: number;
  /** the smallest value for which `holds` did not; null when none was found */
  readonly counterexample: { readonly value: T; readonly seed: number; readonly path: string } | null;
}

/** Looks for a value for which `holds` gives false. What `holds` throws ends the search and is thrown. */
export async function search<T>(values: Arbitrary<T>, holds: (value: T) => Promise<boolean>, options: SearchOptions): Promise<Searched<T>> {
  const { seed, runs, path, limitMs } = options;
  const thrown: { error: unknown }[] = [];
  const property = fc.asyncProperty(values, async (value) => {
    // A fault of the searcher is no counterexample: it is not shrunk.
    if (thrown.length > 0) return true;
    try {
      return await holds(value);
    } catch (error) {
      thrown.push({ error });
      return true;
    }
  });
  const details = await fc.check(property, {
    seed,
    numRuns: runs,
    ...(path === undefined ? {} : { path }),
    ...(limitMs === undefined ? {} : { interruptAfterTimeLimit: limitMs, markInterruptAsFailure: false }),
  });
  const [first] = thrown;
  if (first !== undefined) throw first.error;
  const { counterexample, counterexamplePath } = details;
  if (!details.failed || counterexample === null) return { runs: details.numRuns, counterexample: null };
  return { runs: details.numRuns, counterexample: { value: counterexample[0], seed: details.seed, path: counterexamplePath ?? '' } };
}

/** A trait that was made from the document's and the contract's words alone, by somebody who had not read the checks. */
import type { Trait } from '../trait.ts';

/**
 * What the contract makes of it, in its own words read closely.
 * - `nothing`: it is left open, and no check warns or fails;
 * - `at-most-warn`: what depends on it is recommended and no more: it may warn, and nothing may fail;
 * - `warn`, `fail`: one finding of that level, and none that follows from it;
 * - `named`: no check fails; the run names what it could not put back (exit 3).
 */
export type Expectation = 'nothing' | 'at-most-warn' | 'warn' | 'fail' | 'named';

export interface BlindTrait extends Omit<Trait, 'warns' | 'fails'> {
  readonly expects: Expectation;
  /** of `warn` and `fail`: how many parameters have a finding each; 1 when absent */
  readonly findings?: number;
  /** the contract's words that decide */
  readonly because: string;
}

/** A suite: a section of the document and the checks of it, as its file says them. */
import type { Bench } from '../checks/bench.ts';
import type { Check, CheckIdentity } from '../checks/check.ts';
import type { Section } from '../document/notation.ts';
import type { Session } from './session.ts';

/** A check of a suite, whether rows produced it or the suite's file. */
export interface SuiteCheck {
  readonly identity: CheckIdentity;
  readonly run: (session: Session) => Promise<void>;
}

/** What a suite file says: a section of the document and its checks, in their order. */
export interface Suite {
  readonly section: Section;
  readonly checks: readonly SuiteCheck[];
}

/** A check that rows produce, as one of a suite. */
export const ofRows = ({ run, ...identity }: Check<Bench>): SuiteCheck => ({ identity, run: ({ bench }) => run(bench) });

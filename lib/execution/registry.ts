/** Where suite files leave what they say: whoever runs them, vitest or another, takes it from here. */
import type { Suite } from './suite.ts';

let take: ((suite: Suite) => void) | null = null;

export const theRegistry = {
  /** `section()` calls it, once for each suite file that is loaded. */
  add(suite: Suite): void {
    if (take === null) throw new Error(`Could not load the suite of section ${suite.section.number}: nobody takes it.`);
    take(suite);
  },
  /** From now on every suite goes there. */
  taker(next: (suite: Suite) => void): void {
    take = next;
  },
};

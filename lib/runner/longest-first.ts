/**
 * The order of all files: suites as the document has them, tests of the suite itself with those first that take long, so that at the end
 * no processor waits for one of them. A name that is missing here, or is no file any more, costs time and nothing else.
 */
import { basename } from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { DocumentOrder } from './sequencer.ts';

/** Longest first. */
const LONG: readonly string[] = ['traits', 'exact-complaints', 'conformant', 'real-clients', 'planted-faults', 'restore', 'strict-profile'];

export class LongestFirst extends DocumentOrder {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => place(a.moduleId) - place(b.moduleId));
  }
}

function place(file: string): number {
  const at = LONG.indexOf(basename(file).split('.')[0] ?? '');
  return at === -1 ? LONG.length : at;
}

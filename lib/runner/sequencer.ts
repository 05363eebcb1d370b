/** Runs the suite files in the order of the document, but those that reset or restart the camera after all others. */
import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { SECTIONS } from '../document/index.ts';
import { runOrderOf } from '../execution/run-order.ts';

export class DocumentOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => position(a.moduleId) - position(b.moduleId) || a.moduleId.localeCompare(b.moduleId));
  }
}

function position(file: string): number {
  const number = Number.parseInt(basename(file), 10);
  const section = SECTIONS.find((each) => each.number === number);
  return section === undefined ? Number.POSITIVE_INFINITY : runOrderOf(section);
}

/** How many planted faults the suite finds: what `npm run qualify` measured, as far as a statement tells it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const schema = z
  .object({ defects: z.number().int().positive(), caught: z.number().int().nonnegative() })
  .refine(({ defects, caught }) => caught <= defects);

export interface Qualification {
  /** percent, one digit after the point; never rounded up to 100 */
  readonly score: number;
  readonly defects: number;
  readonly caught: number;
}

/** The first of these files that is there and can be read; null when there is none. */
export function readQualification(files: readonly (string | URL)[]): Qualification | null {
  for (const file of files) {
    const parsed = schema.safeParse(jsonOf(file));
    if (!parsed.success) continue;
    const { defects, caught } = parsed.data;
    return { score: Math.floor((caught / defects) * 1000) / 10, defects, caught };
  }
  return null;
}

function jsonOf(file: string | URL): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** How many planted faults the suite finds, as far as a statement tells it: read from what `npm run qualify` measured. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const schema = z
  .object({
    defects: z.number().int().positive(),
    caught: z.number().int().nonnegative(),
    models: z.array(z.unknown()),
    falseAlarms: z.array(z.unknown()),
    missed: z.array(z.object({ id: z.string(), does: z.string().optional(), reason: z.string().nullable().default(null) })).default([]),
    /** a part of the defects says nothing of the whole suite */
    part: z.null(),
    suiteVersion: z.string(),
    measuredAt: z.iso.datetime(),
  })
  .refine(({ defects, caught }) => caught <= defects);

export interface Qualification {
  /** per cent, one digit after the point; never rounded up to 100 */
  readonly score: number;
  readonly defects: number;
  readonly caught: number;
  /** good cameras that were tested, and verdicts against them */
  readonly goodCameras: number;
  readonly falseAlarms: number;
  /** what a camera with each fault that was not found does, and why that cannot be seen */
  readonly missed: readonly { readonly does: string; readonly why: string | null }[];
  readonly suiteVersion: string;
  /** ISO 8601 */
  readonly measuredAt: string;
}

/** The first of these files that holds a whole qualification; null when none does. */
export function readQualification(files: readonly (string | URL)[]): Qualification | null {
  for (const file of files) {
    const parsed = schema.safeParse(jsonOf(file));
    if (!parsed.success) continue;
    const { defects, caught, models, falseAlarms, missed, suiteVersion, measuredAt } = parsed.data;
    const score = Math.floor((caught / defects) * 1000) / 10;
    return {
      score,
      defects,
      caught,
      goodCameras: models.length,
      falseAlarms: falseAlarms.length,
      missed: missed.map(({ id, does, reason }) => ({ does: does ?? id, why: reason })),
      suiteVersion,
      measuredAt,
    };
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

/** `qualification.json`: how many planted defects the suite finds, and whether it fails a camera that has none. */
import { z } from 'zod';

export const QUALIFICATION_VERSION = 1;

const text = z.string();
const count = z.number().int().nonnegative();

const judgedCheck = z.object({ model: text, check: text, message: text.nullable() });

export const qualificationSchema = z.object({
  schemaVersion: z.literal(QUALIFICATION_VERSION),
  /** caught defects in per cent, one digit after the point, rounded down */
  score: z.number().min(0).max(100),
  defects: count,
  caught: count,
  /** those that no row of the document can say */
  byHand: z.object({ defects: count, caught: count }),
  /** no check of the section noticed; `reason` where that is known and accepted */
  missed: z.array(z.object({ id: text, does: text, reason: text.nullable() })),
  /** noticed, but only by checks that are about something else */
  elsewhere: z.array(z.object({ id: text, does: text, seenBy: z.array(text) })),
  /** good cameras that ran through everything */
  models: z.array(z.object({ id: text, does: text, checks: count, passed: count, warned: count, skipped: count })),
  /** cameras with one trait, and with one choice of each freedom, by somebody who had not read the checks; those judged as they deserve */
  blindCameras: z.object({ traits: count, drawn: count, right: count }).default({ traits: 0, drawn: 0, right: 0 }),
  /** good cameras that failed a check, warned where nobody expects it, or were not as before afterwards */
  falseAlarms: z.array(judgedCheck),
  /** checks that no defect made fail: nobody knows whether they can */
  checksWithoutDefect: z.array(text),
  /** what the suite itself could not do */
  errors: z.array(text),
  /** null: all of them; otherwise which part was asked for, and nothing is said of the rest */
  part: text.nullable(),
  suiteVersion: text,
  measuredAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
});

export type Qualification = z.infer<typeof qualificationSchema>;

/** Defects written by hand that have to be caught, in per cent; of those made from the document's data it is all. */
export const BY_HAND_BAR = 98;

/** What is not as it has to be, one sentence each; empty where everything is met. */
export function shortcomings(found: Qualification): readonly string[] {
  const { byHand, missed, elsewhere, falseAlarms, checksWithoutDefect, errors } = found;
  const unexplained = missed.filter(({ reason }) => reason === null);
  const isBelowBar = byHand.defects > 0 && (byHand.caught / byHand.defects) * 100 < BY_HAND_BAR;
  return [
    unexplained.length > 0 && `${unexplained.length} defects were missed, such as ${unexplained[0]?.id}.`,
    elsewhere.length > 0 && `${elsewhere.length} defects were seen only in the wrong place, such as ${elsewhere[0]?.id}.`,
    isBelowBar && `Of the defects written by hand ${byHand.caught} of ${byHand.defects} were caught, which is less than ${BY_HAND_BAR} %.`,
    falseAlarms.length > 0 && `${falseAlarms.length} false alarms, such as ${falseAlarms[0]?.check} on the camera ${falseAlarms[0]?.model}.`,
    checksWithoutDefect.length > 0 && `${checksWithoutDefect.length} checks were never seen to fail, such as ${checksWithoutDefect[0]}.`,
    errors.length > 0 && `${errors.length} faults of the suite itself, such as ${errors[0]?.split('\n')[0]}.`,
  ].filter((sentence) => sentence !== false);
}

/** Never rounded up: 100 means all. */
export const scoreOf = (caught: number, defects: number): number => (defects === 0 ? 0 : Math.floor((caught / defects) * 1000) / 10);

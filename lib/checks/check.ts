/** What a check is: an identity, a place in the document, a level, and something to run against a camera. */
import type { Hazard } from '../document/notation.ts';
import type { StrictDemand } from '../document/strict.ts';
import type { Level } from '../results/level.ts';

export interface CheckIdentity {
  /** `section-slug/subject/property`: words, stable from release to release */
  readonly id: string;
  /** place in the document: `21.2` */
  readonly place: string;
  readonly action: string | null;
  readonly parameter: string | null;
  /** says what the camera does */
  readonly title: string;
  readonly level: Level;
  readonly hazards: readonly Hazard[];
  /** the clauses of the catalogue that it tests */
  readonly covers: readonly string[];
  /** ids of checks without whose pass this one proves nothing */
  readonly after: readonly string[];
  /** about the log-in and the texts of `cgi_action`: not to be tested where the camera is asked by another interface */
  readonly ofCgi?: true;
  /** by what the strict profile judges it differently; absent where both profiles expect the same */
  readonly strict?: readonly StrictDemand[];
}

/** A check that rows produce; `run` returns when the camera conforms, and throws `NonConformance` or `Skipped` otherwise. */
export interface Check<Subject> extends CheckIdentity {
  readonly run: (subject: Subject) => Promise<void>;
}

/** The order in which a run takes the sections: that of the document, but those that format, restart or reset after all others. */
import type { Hazard, Section } from '../document/notation.ts';

const LAST: readonly Hazard[] = ['format', 'reboot', 'reset'];

/** Ascending in the order of the run. */
export const runOrderOf = (section: Section): number => (lateness(section) + 1) * 100 + section.number;

const lateness = (section: Section): number =>
  Math.max(...section.parts.flatMap((part) => (part.kind === 'command' ? part.hazards.map((hazard) => LAST.indexOf(hazard)) : [-1])), -1);

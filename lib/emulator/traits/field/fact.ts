/** A fact about cameras in the field: one thing that was seen, and where; a line more in a list makes one camera more like those that are sold. */
import type { Trait } from '../trait.ts';

/** Where facts come from. All are public; nothing of them is copied here but replies and names. */
export const SOURCES = {
  radcam: 'bluerobotics/radcam-manager: control software of an underwater camera, by its maker',
  hi351x: 'ulikoehler/Hi351x-Camera-CLI: notes and tool of a fleet of ten boards with firmware 22.010.30.6_MAIN_V44',
  radcamPython: 'community clients of the underwater camera in Python',
} as const;

export interface FieldFact extends Trait {
  readonly source: (typeof SOURCES)[keyof typeof SOURCES];
}

/** What speaks against a request: what it may do to a camera beyond a setting that is put back, and why. */
import type { Hazard } from '../document/notation.ts';

export interface Objection {
  /** what allows it; `never`: nothing does */
  readonly hazard: Hazard | 'never';
  /** the parameters that it is about; none for a command */
  readonly parameters: readonly string[];
  /** the rest of a sentence that begins with the action and its parameters; it holds no value of the camera's */
  readonly because: string;
}

/** A request that did not leave: the camera has not seen it. */
export class HeldBack extends Error {
  override readonly name = 'HeldBack';
  readonly action: string;
  readonly objections: readonly Objection[];

  constructor(action: string, objections: readonly Objection[]) {
    super(objections.map((objection) => `${action} is not sent: ${sentenceOf(objection)}`).join('; '));
    this.action = action;
    this.objections = objections;
  }
}

/** What would allow a request; none where nothing does. */
export function hazardsIn(objections: readonly Objection[]): readonly Hazard[] {
  const hazards = [...new Set(objections.map(({ hazard }) => hazard))];
  return hazards.includes('never') ? [] : (hazards as readonly Hazard[]);
}

export const sentenceOf = ({ parameters, because }: Objection): string => `${parameters.length > 0 ? `${parameters.join(', ')}: ` : ''}${because}`;

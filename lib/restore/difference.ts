/** What is not as it was, and how that is told. */

export interface Difference {
  /** in the document */
  readonly place: string;
  readonly action: string;
  readonly parameter: string;
  /** both as JSON text, `***` for secrets */
  readonly wanted: string;
  readonly found: string;
}

export const formatDifference = ({ place, action, parameter, wanted, found }: Difference): string =>
  `${place} ${action}: ${parameter} was ${wanted} and is now ${found}`;

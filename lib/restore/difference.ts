/** What is not as it was, and how that is told. */

export interface Difference {
  /** in the document */
  readonly place: string;
  readonly action: string;
  readonly parameter: string;
  /** both as JSON text, `***` for secrets */
  readonly wanted: string;
  readonly found: string;
  /** no request of this run was about it: it is left as it is */
  readonly isForeign?: boolean;
}

export const formatDifference = ({ place, action, parameter, wanted, found, isForeign = false }: Difference): string =>
  `${place} ${action}: ${parameter} was ${wanted} and is now ${found}${
    isForeign ? '; no request of this run was about it, so that something else changed it, and it is left so' : ''
  }`;

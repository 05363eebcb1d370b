/** Why a check was left out that takes a hazard, as a message and back: the end of a run adds up what each hazard would test. */

const BEGINNING = 'needs CAMERA_ALLOW=';

export const formatNotAllowed = (hazards: readonly string[]): string => `${BEGINNING}${hazards.join(',')}`;

/** The hazards that a check takes and that were not allowed; null where the message says something else. */
export const parseNotAllowed = (message: string | null): readonly string[] | null =>
  message?.startsWith(BEGINNING) ? message.slice(BEGINNING.length).split(',') : null;

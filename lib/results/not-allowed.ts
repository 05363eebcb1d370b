/** Why a check was left out that takes a hazard, as a message and back: the end of a run adds up what each hazard would test. */

const BEGINNING = 'needs CAMERA_ALLOW=';

/** `why`: where the camera, and not the check alone, decides that it takes one. */
export const formatNotAllowed = (hazards: readonly string[], why = ''): string => `${BEGINNING}${hazards.join(',')}${why === '' ? '' : `: ${why}`}`;

/** Why it takes them, where that is told; empty otherwise. */
export const reasonNotAllowed = (message: string | null): string => /^[^:]*: (.*)$/s.exec(message ?? '')?.[1] ?? '';

/** The hazards that a check takes and that were not allowed; null where the message says something else. */
export const parseNotAllowed = (message: string | null): readonly string[] | null =>
  message?.startsWith(BEGINNING) ? message.slice(BEGINNING.length).replace(/:.*$/s, '').split(',') : null;

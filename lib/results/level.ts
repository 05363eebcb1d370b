/** `must`: a failure makes the camera non-conformant. `should`: it warns. `note`: observed, never judged. */
export type Level = 'must' | 'should' | 'note';

/** CSeq (RFC 2326, 12.17): the number that a response repeats. Blanks around it are legal. */
import { deviation, type Parsed } from './parsed.ts';

/** `value` null when there is no number. */
export const parseCSeq = (text: string): Parsed<number | null> => {
  if (/^\s*\d{1,10}\s*$/.test(text)) return { value: Number(text), deviations: [] };
  const loose = /^\s*(\d{1,10})(?!\d)/.exec(text)?.[1];
  return { value: loose === undefined ? null : Number(loose), deviations: [deviation('bad-cseq', text)] };
};

export const formatCSeq = (value: number): string => String(value);

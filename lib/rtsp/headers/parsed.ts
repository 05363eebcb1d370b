/** What reading a header value gives: the value as far as it can be understood, and what is odd about it. Nothing is thrown. */
import type { Deviation } from '../../wire/exchange.ts';
import { printable, shorten } from '../../wire/printable.ts';

export interface Parsed<T> {
  readonly value: T;
  readonly deviations: readonly Deviation[];
}

export const deviation = (id: string, text: string): Deviation => ({ id, detail: printable(shorten(text, 120)) });

/** The value of a header; what is odd about it goes to the exchange. */
export const noted = <T>({ value, deviations }: Parsed<T>, note: (deviation: Deviation) => void): T => {
  deviations.forEach(note);
  return value;
};

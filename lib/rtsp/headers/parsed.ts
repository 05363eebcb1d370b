/** What reading a header value gives: the value as far as it can be understood, and what is odd about it. Nothing is thrown. */
import type { Deviation } from '../../http/exchange.ts';
import { printable, shorten } from '../../http/printable.ts';

export interface Parsed<T> {
  readonly value: T;
  readonly deviations: readonly Deviation[];
}

export const deviation = (id: string, text: string): Deviation => ({ id, detail: printable(shorten(text, 120)) });

/** Numbers as a message says them: with their noun in the right form, and what one is beside another. */

/** `1 character`, `2 characters`; `plural` where the noun has another one. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string => `${count} ${count === 1 ? noun : plural}`;

/** How near a share has to be to a plain fraction to be called by its name. */
const NEAR = 0.06;
const FRACTIONS = [
  [1 / 4, 'about a quarter'],
  [1 / 3, 'about a third'],
  [1 / 2, 'about half'],
  [2, 'about double'],
  [3, 'about three times'],
  [4, 'about four times'],
  [8, 'about eight times: perhaps bits for bytes'],
  [1 / 8, 'about an eighth: perhaps bytes for bits'],
] as const;

/** What `found` is of `wanted`, which is not 0: `50 % of it, about half`. */
export function shareOf(found: number, wanted: number): string {
  const share = found / wanted;
  const name = FRACTIONS.find(([fraction]) => Math.abs(share / fraction - 1) < NEAR)?.[1];
  return `${Math.round(share * 100)} % of it${name === undefined ? '' : `, ${name}`}`;
}

/** Milliseconds as seconds with one decimal: `2.1 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

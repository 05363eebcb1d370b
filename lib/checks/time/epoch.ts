/** Clocks as a message shows them: seconds since 1970 beside the date that a person reads, and how far two are apart. */

const LAST_DATE_S = 253_402_300_799;
/** 2000 to 2100. */
const LIKELY_S = [946_684_800, 4_102_444_800] as const;
const QUARTER_S = 900;
const HOUR_S = 3600;

/** `1795432371 (2026-11-23 11:12:51 UTC)`; a number that is no date of four digits, in milliseconds either, stands alone. */
export function moment(epochS: number): string {
  const whole = Math.round(epochS);
  if (whole >= 0 && whole <= LAST_DATE_S) return `${whole} (${date(whole)})`;
  return whole >= LIKELY_S[0] * 1000 && whole <= LIKELY_S[1] * 1000 ? `${whole} (in milliseconds ${date(whole / 1000)})` : String(whole);
}

const date = (epochS: number): string => `${new Date(epochS * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** `3600 s ahead, which is 1 h: as much as a time zone`, for a clock that differs by `differenceS` seconds. */
export function ahead(differenceS: number, toleranceS: number): string {
  const off = Math.abs(differenceS);
  const words = `${Math.round(off)} s ${differenceS < 0 ? 'behind' : 'ahead'}`;
  const quarters = Math.round(off / QUARTER_S);
  const isZone = quarters >= 2 && quarters <= 56 && Math.abs(off - quarters * QUARTER_S) <= toleranceS;
  if (isZone) return `${words}, which is ${(quarters * QUARTER_S) / HOUR_S} h: as much as a time zone`;
  return off > 100_000_000 ? `${words}: perhaps another unit or another year from which it counts` : words;
}

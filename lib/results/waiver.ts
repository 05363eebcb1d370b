/** A waiver: a known failure that somebody has accepted until a day, so that it does not fail a run. */
import { isMeant, type NamedCheck } from './check-pattern.ts';
import type { Waiver } from './results.ts';

/** The local calendar date, `YYYY-MM-DD`. */
export function dateOf(time: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** A waiver holds through its last day; dates of this form sort as texts. */
export const isExpired = ({ expires }: Pick<Waiver, 'expires'>, today: string): boolean => expires < today;

/** Those that hold today, without where they are written. */
export const validWaivers = (waivers: readonly Waiver[], today: string): Waiver[] =>
  waivers.filter((waiver) => !isExpired(waiver, today)).map(({ check, reason, ticket, who, expires }) => ({ check, reason, ticket, who, expires }));

/** The waiver that covers a check; one that names its very id comes before a pattern. */
export const waiverFor = (checked: NamedCheck, waivers: readonly Waiver[]): Waiver | undefined =>
  waivers.find(({ check }) => check === checked.id) ?? waivers.find(({ check }) => isMeant(check, checked));

/** `waived until 2026-12-31 by jane, FW-12: colours are mended in 2.1`. */
export const describeWaiver = ({ expires, who, ticket, reason }: Waiver): string => `waived until ${expires} by ${who}, ${ticket}: ${reason}`;

/**
 * What a check can say. `NonConformance` is the only error that is a verdict about the camera; `Skipped` says why nothing
 * could be judged; every other error is the suite's own fault.
 */
import type { Exchange } from '../wire/exchange.ts';

/** What a finding is about, where the check and its exchange do not tell. */
export interface About {
  /** the get whose reply shows it */
  readonly action?: string | undefined;
  /** which of several instances, by the members that select it: `{ channel: 1 }` */
  readonly instance?: Readonly<Record<string, unknown>> | undefined;
  /** ids of the errata that the strict profile does not forgive here */
  readonly errata?: readonly string[] | undefined;
}

/** One difference between what the document allows and what the camera did. It is put into words once, by `messageOf`. */
export interface Finding {
  /** what the document allows, with its units */
  readonly documented: string;
  /** what came, quoted */
  readonly received: string;
  readonly about?: About | undefined;
  /** what every action may show alike, in words that are the same at each of them: it is told once in a run, and never written down */
  readonly cause?: string | undefined;
}

/** A finding of which the same fault may be the cause wherever it is met. */
export const causedBy = (cause: string, found: Finding): Finding => ({ ...found, cause });

/** The camera did something else than the document says. */
export class NonConformance extends Error {
  override readonly name = 'NonConformance';
  readonly findings: readonly Finding[];
  /** the request and reply that show it */
  readonly exchange: Exchange | null;
  /** it may be somebody else's doing: what the check demands is only recommended here */
  readonly isDoubtful: boolean;

  /** whether no other hand at the camera can have done it, so that it need not be looked at again */
  readonly isCertain: boolean;

  /** @param why `cause`: the error of the suite's client that it was found by */
  constructor(
    findings: readonly Finding[],
    exchange: Exchange | null,
    { isDoubtful = false, isCertain = false, ...why }: ErrorOptions & { readonly isDoubtful?: boolean; readonly isCertain?: boolean } = {},
  ) {
    super(findings.map(({ documented, received }) => `Documented: ${documented}. Received: ${received}.`).join('\n'), why);
    this.findings = findings;
    this.exchange = exchange;
    this.isDoubtful = isDoubtful;
    this.isCertain = isCertain;
  }
}

export type SkipReason = 'not-offered' | 'not-allowed' | 'blocked' | 'not-testable';

/** Nothing to judge, and why. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
  readonly reason: SkipReason;

  constructor(reason: SkipReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export const finding = (documented: string, received: string, about?: About): Finding =>
  about === undefined ? { documented, received } : { documented, received, about };

/** More values that went wrong in the same way are counted. */
const MOST_TOGETHER = 8;

/** One finding for all that breaks the same rule; none where nothing does. */
export function together(documented: string, received: readonly string[], about?: About): readonly Finding[] {
  if (received.length === 0) return [];
  const rest = received.length - MOST_TOGETHER;
  return [finding(documented, [...received.slice(0, MOST_TOGETHER), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; '), about)];
}

/** Throws `NonConformance` when there is anything to report. */
export function verify(findings: readonly Finding[], exchange: Exchange | null = null): void {
  if (findings.length > 0) throw new NonConformance(findings, exchange);
}

/** Throws `NonConformance` with one finding. */
export function fail(documented: string, received: string, exchange: Exchange | null = null, about?: About): never {
  throw new NonConformance([finding(documented, received, about)], exchange);
}

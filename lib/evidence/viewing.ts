/** A look at a stream as evidence: its dialogue, what the camera said of it, what was measured. */
import type { StreamFacts } from '../media/stream-facts.ts';
import type { RtspExchange } from '../wire/exchange.ts';

/** One look at a stream, for whoever shows it in a report. Nothing in it is a verdict. */
export interface Viewing {
  readonly exchanges: readonly RtspExchange[];
  /** the session description as received */
  readonly description: string | null;
  readonly facts: readonly StreamFacts[];
}

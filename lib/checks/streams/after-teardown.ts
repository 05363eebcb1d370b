/** Listens behind the reply to TEARDOWN: a stream ends there, but for what was under way. Where it does not, how long it goes on is told, too. */
import type { RtspSession } from '../../rtsp/session.ts';
import { counted, seconds } from '../quantities.ts';

/** Packets that were under way when TEARDOWN was answered. */
export const UNDER_WAY_MS = 250;
/** How long to listen for packets that must not come any more. */
const LISTEN_MS = 300;
/** How long where some came too late already. */
const LONG_LISTEN_MS = 2000;
/** Longer than between two pictures, at 10 a second and more. */
const PAUSE_MS = 100;

export interface AfterTeardown {
  /** from the reply on */
  readonly listenedMs: number;
  /** when RTP packets came, from the reply on */
  readonly arrivalsMs: readonly number[];
}

export async function listenAfterTeardown(session: RtspSession): Promise<AfterTeardown> {
  const since = performance.now();
  const arrivalsMs: number[] = [];
  const listen = (durationMs: number): Promise<unknown> =>
    session.collect({
      durationMs,
      until: ({ kind, arrivedAt }) => {
        if (kind === 'rtp') arrivalsMs.push(arrivedAt - since);
        return false;
      },
    });
  await listen(LISTEN_MS);
  if (isLate(arrivalsMs.at(-1))) await listen(LONG_LISTEN_MS - LISTEN_MS);
  return { listenedMs: performance.now() - since, arrivalsMs };
}

/** What came too late, in words; null where nothing did. */
export function latePackets(after: AfterTeardown): string | null {
  const late = after.arrivalsMs.filter(isLate);
  const last = late.at(-1);
  if (last === undefined) return null;
  const until = isStillArriving(after)
    ? `still arriving when the suite stopped listening, ${seconds(after.listenedMs)} after the reply`
    : `the last one ${Math.round(last)} ms after the reply, then none until ${seconds(after.listenedMs)} after it`;
  return `${counted(late.length, 'packet')} later than that, ${until}`;
}

const isLate = (at: number | undefined): boolean => at !== undefined && at > UNDER_WAY_MS;

const isStillArriving = ({ listenedMs, arrivalsMs }: AfterTeardown): boolean =>
  (arrivalsMs.at(-1) ?? Number.NEGATIVE_INFINITY) > listenedMs - PAUSE_MS;

/** Listens behind the reply to TEARDOWN: a stream ends there, but for what was under way. Where it does not, how long it goes on is told, too. */
import type { RtspSession } from '../../rtsp/session.ts';
import { counted, seconds } from '../quantities.ts';

/** Packets that were under way when TEARDOWN was answered. */
export const UNDER_WAY_MS = 250;
/** How long to listen for packets that must not come any more, at least. */
const LISTEN_MS = 300;
/** How long where some came too late already, and at most. */
const LONG_LISTEN_MS = 2000;
/** How long where some came that may have been under way: a stream that goes on would have sent the next by then. */
const DOUBTFUL_LISTEN_MS = 1000;
/** Longer than between two pictures, at 10 a second and more. */
const PAUSE_MS = 100;

export interface AfterTeardown {
  /** from the reply on */
  readonly listenedMs: number;
  /** when RTP packets came, from the reply on */
  readonly arrivalsMs: readonly number[];
}

/** @param longestPauseMs between two packets of the stream while it played: where none comes for longer, none will */
export async function listenAfterTeardown(session: RtspSession, longestPauseMs: number): Promise<AfterTeardown> {
  const since = performance.now();
  const arrivalsMs: number[] = [];
  const listen = async (untilMs: number, isEnough: (at: number) => boolean): Promise<void> => {
    const durationMs = untilMs - (performance.now() - since);
    if (durationMs <= 0) return;
    await session.collect({
      durationMs,
      until: ({ kind, arrivedAt }) => {
        if (kind !== 'rtp') return false;
        arrivalsMs.push(arrivedAt - since);
        return isEnough(arrivedAt - since);
      },
    });
  };
  await listen(firstListenMs(longestPauseMs), () => false);
  if (arrivalsMs.length > 0) await listen(DOUBTFUL_LISTEN_MS, isLate);
  if (isLate(arrivalsMs.at(-1))) await listen(LONG_LISTEN_MS, () => false);
  return { listenedMs: performance.now() - since, arrivalsMs };
}

/** Long enough for the next picture of a stream that goes on, also a slow one. */
export const firstListenMs = (longestPauseMs: number): number => Math.min(LONG_LISTEN_MS, Math.max(LISTEN_MS, UNDER_WAY_MS + longestPauseMs * 1.5));

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

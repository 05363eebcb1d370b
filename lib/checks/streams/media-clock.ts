/** The clock of a video by the timestamps of its packets, beside the tester's own: whether they run at 90 kHz, back, or away. */
import { fail, Skipped } from '../../results/finding.ts';
import { counted, seconds } from '../quantities.ts';
import { evidenceOf, videoOf, type Watched } from './stream-lab.ts';

export const VIDEO_CLOCK_HZ = 90_000;
export const CLOCK_TOLERANCE = 0.1;
/** A burst at the start, or a tester that is busy, has as much: a longer look decides. */
const JITTER_S = 0.1;
/** Timestamps that are off by as much have leapt, whatever they do before and behind. */
const LEAP_S = 10;
const ENVELOPE_JITTER_S = 0.15;
/** A longer gap between pictures than three of the usual ones, and this in ms, is none of the camera's. */
const HELD_UP_MS = 80;
/** Less video than this, in milliseconds, may be one picture. */
const LONGER_THAN_A_PICTURE_MS = 400;

export interface MediaClock {
  readonly stepsBack: number;
  /** the largest of them, in seconds of the media clock */
  readonly farthestBackS: number;
  /** seconds of video by its timestamps, and by the tester's clock */
  readonly sentS: number;
  readonly arrivedS: number;
  /** seconds by which the least delayed picture of the second half is later than that of the first: what waits for a busy machine is not among them */
  readonly driftS: number;
  /** false where a tester that was held up got many pictures at once: a short look at them tells nothing */
  readonly cameEvenly: boolean;
}

export function clockOf({ facts, exchanges }: Watched): MediaClock {
  const source = videoOf(facts)?.source;
  if (source === undefined || source === null) throw new Skipped('blocked', 'no video arrives');
  const [first, last] = [source.groups[0], source.groups.at(-1)];
  const lastedMs = source.lastArrivedAtMs - source.firstArrivedAtMs;
  if (source.groups.length === 1 && source.sequence.packets.length > 1 && lastedMs > LONGER_THAN_A_PICTURE_MS)
    fail(
      `timestamps that count ${VIDEO_CLOCK_HZ} a second`,
      `one timestamp for ${counted(source.packets, 'packet')} in ${seconds(lastedMs)}`,
      evidenceOf({ exchanges }, 'PLAY'),
    );
  if (source.stepsBack === 0 && (first === undefined || last === undefined || last.ticks === 0))
    throw new Skipped('not-testable', 'too few pictures arrived');
  const delays = source.groups.map(({ ticks, firstArrivedAtMs }) => firstArrivedAtMs / 1000 - ticks / VIDEO_CLOCK_HZ);
  const half = delays.length >> 1;
  const gaps = source.groups.slice(1).map((group, index) => group.firstArrivedAtMs - (source.groups[index]?.firstArrivedAtMs ?? 0));
  const usual = gaps.toSorted((one, other) => one - other)[gaps.length >> 1] ?? 0;
  return {
    stepsBack: source.stepsBack,
    farthestBackS: Math.max(0, ...source.groups.slice(1).map(({ ticks }, index) => (source.groups[index]?.ticks ?? ticks) - ticks)) / VIDEO_CLOCK_HZ,
    cameEvenly: Math.max(0, ...gaps) < 3 * usual + HELD_UP_MS,
    driftS: half === 0 ? 0 : Math.min(...delays.slice(half)) - Math.min(...delays.slice(0, half)),
    sentS: ((last?.ticks ?? 0) - (first?.ticks ?? 0)) / VIDEO_CLOCK_HZ,
    arrivedS: ((last?.firstArrivedAtMs ?? 0) - (first?.firstArrivedAtMs ?? 0)) / 1000,
  };
}

/** What makes a short look suspicious. */
export const isOff = ({ sentS, arrivedS }: MediaClock): boolean => Math.abs(sentS - arrivedS) > CLOCK_TOLERANCE * arrivedS + JITTER_S;

/** No tester is as busy. */
export const hasLeapt = ({ sentS, arrivedS }: MediaClock): boolean => Math.abs(sentS - arrivedS) > LEAP_S;

/** Of a long look: by the least delayed pictures, so that what waits for a busy machine does not count. */
export const drifts = ({ driftS, arrivedS }: MediaClock): boolean => Math.abs(driftS) > CLOCK_TOLERANCE * (arrivedS / 2) + ENVELOPE_JITTER_S;

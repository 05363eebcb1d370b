/** The packets of one source in the order in which they were sent, with what is missing between them (RFC 3550 A.1). */
import type { TimedPacket } from './rtp.ts';

/** RFC 3550 A.1: a jump ahead of as many is a restart, or a break as good as one. */
const MAX_DROPOUT = 3000;
/** and a step back of more, too */
const MAX_MISORDER = 100;

export interface SequenceGap {
  /** sequence number before the gap, 0 to 65535 */
  readonly after: number;
  readonly missing: number;
}

export interface RtpSequence {
  /** without duplicates and strays, in order of sending; restarts one after the other */
  readonly packets: readonly TimedPacket[];
  /** the indices of `packets` before which packets are missing or the numbers start anew */
  readonly breaks: ReadonlySet<number>;
  readonly gaps: readonly SequenceGap[];
  /** packets missing in all gaps; how many a restart lost is unknown and not counted */
  readonly lost: number;
  readonly duplicates: number;
  /** packets that came after one with a higher number */
  readonly reordered: number;
  /** places where the numbers start anew, far from the last */
  readonly restarts: readonly { readonly from: number; readonly to: number }[];
  /** single packets with a number far from their neighbours' */
  readonly strays: number;
}

/** The shortest way from one sequence number to another: -32768 to 32767. */
const step = (from: number, to: number): number => ((to - from) << 16) >> 16;

export function sequencePackets(arrived: readonly TimedPacket[]): RtpSequence {
  const runs: Map<number, TimedPacket>[] = [];
  const restarts: { from: number; to: number }[] = [];
  let highest = 0;
  let duplicates = 0;
  let reordered = 0;
  let strays = 0;
  arrived.forEach((timed, index) => {
    const { sequenceNumber } = timed.packet;
    const run = runs.at(-1);
    const by = step(highest & 0xffff, sequenceNumber);
    if (!run || by >= MAX_DROPOUT || by < -MAX_MISORDER) {
      const next = arrived[index + 1];
      if (run && (!next || step(sequenceNumber, next.packet.sequenceNumber) !== 1)) {
        strays++;
        return;
      }
      if (run) restarts.push({ from: highest & 0xffff, to: sequenceNumber });
      // one round above zero: numbers before the first keep their order
      highest = sequenceNumber + 0x10000;
      runs.push(new Map([[highest, timed]]));
      return;
    }
    const extended = highest + by;
    if (run.has(extended)) {
      duplicates++;
      return;
    }
    if (by < 0) reordered++;
    run.set(extended, timed);
    highest = Math.max(highest, extended);
  });

  const packets: TimedPacket[] = [];
  const breaks = new Set<number>();
  const gaps: SequenceGap[] = [];
  for (const run of runs) {
    if (packets.length > 0) breaks.add(packets.length);
    let previous: number | null = null;
    for (const [extended, timed] of [...run].sort(([a], [b]) => a - b)) {
      if (previous !== null && extended - previous > 1) {
        gaps.push({ after: previous & 0xffff, missing: extended - previous - 1 });
        breaks.add(packets.length);
      }
      packets.push(timed);
      previous = extended;
    }
  }
  const lost = gaps.reduce((sum, { missing }) => sum + missing, 0);
  return { packets, breaks, gaps, lost, duplicates, reordered, restarts, strays };
}

/** What a list of received RTP packets shows, whatever they carry. Measures of one source stand apart from those of another. */
import { type Deviation, deviationLog } from './deviation-log.ts';
import type { TimedPacket } from './rtp.ts';
import { type RtpSequence, sequencePackets } from './rtp-sequence.ts';

/** Packets in a row with the same timestamp: a picture, or a piece of sound. */
export interface TimestampGroup {
  /** as sent, 32 bits */
  readonly timestamp: number;
  /** since the first group, wrap-around taken out; negative where time ran back */
  readonly ticks: number;
  readonly packets: number;
  readonly payloadBytes: number;
  /** where the marker bit is set: on the last packet only, never, on another packet (too) */
  readonly marker: 'last' | 'none' | 'elsewhere';
  /** whether packets are missing inside, or right before: its size and marker prove nothing */
  readonly broken: boolean;
  readonly firstArrivedAtMs: number;
  readonly lastArrivedAtMs: number;
}

export interface SourceStatistics {
  /** the first one that it had */
  readonly ssrc: number;
  /** those that came after it while the numbers went on: one source all the same */
  readonly laterSsrcs: readonly number[];
  /** in order of first sight */
  readonly payloadTypes: readonly number[];
  /** as received, duplicates counted */
  readonly packets: number;
  /** without duplicates */
  readonly payloadBytes: number;
  /** bytes of the largest packet, header included */
  readonly largestPacket: number;
  readonly sequence: RtpSequence;
  /** lost / (received + lost), 0 to 1 */
  readonly lossRate: number;
  readonly groups: readonly TimestampGroup[];
  /** groups whose timestamp is before that of the group before them */
  readonly stepsBack: number;
  /** ticks of the timestamp per second of arrival time, by least squares; null for less than two groups or no time between them */
  readonly ticksPerSecond: number | null;
  /** counts of groups that are not broken, by the place of the marker */
  readonly markers: Readonly<Record<TimestampGroup['marker'], number>>;
  readonly firstArrivedAtMs: number;
  readonly lastArrivedAtMs: number;
}

export interface RtpStatistics {
  readonly packets: number;
  /** one for each SSRC whose numbers do not go on from another's, the one with the most packets first */
  readonly sources: readonly SourceStatistics[];
  /** those of the packets themselves, see `parseRtp` */
  readonly deviations: readonly Deviation[];
}

/** Measures packets in their order of arrival; none for a list without any. */
export function measureRtp(arrived: readonly TimedPacket[]): RtpStatistics {
  const bySource = new Map<number, TimedPacket[]>();
  const log = deviationLog();
  let last: { readonly packets: TimedPacket[]; readonly sequenceNumber: number } | null = null;
  for (const timed of arrived) {
    const { ssrc, sequenceNumber, deviations } = timed.packet;
    const goesOn = last !== null && ((sequenceNumber - last.sequenceNumber) & 0xffff) === 1;
    const packets: TimedPacket[] = bySource.get(ssrc) ?? (goesOn ? (last?.packets ?? []) : []);
    packets.push(timed);
    bySource.set(ssrc, packets);
    last = { packets, sequenceNumber };
    log.add(deviations);
  }
  const sources = [...new Set(bySource.values())].map((packets) => {
    const [ssrc = 0, ...later] = [...bySource].filter(([, each]) => each === packets).map(([each]) => each);
    return measureSource(ssrc, later, packets);
  });
  return { packets: arrived.length, sources: sources.sort((a, b) => b.packets - a.packets), deviations: log.list() };
}

function measureSource(ssrc: number, laterSsrcs: readonly number[], arrived: readonly TimedPacket[]): SourceStatistics {
  const sequence = sequencePackets(arrived);
  const groups = groupByTimestamp(sequence);
  const received = sequence.packets.length;
  const markers = { last: 0, none: 0, elsewhere: 0 };
  for (const { marker, broken } of groups) if (!broken) markers[marker]++;
  return {
    ssrc,
    laterSsrcs,
    payloadTypes: [...new Set(arrived.map(({ packet }) => packet.payloadType))],
    packets: arrived.length,
    payloadBytes: sequence.packets.reduce((sum, { packet }) => sum + packet.payload.length, 0),
    largestPacket: arrived.reduce((largest, { packet }) => Math.max(largest, packet.bytes), 0),
    sequence,
    lossRate: received === 0 ? 0 : sequence.lost / (received + sequence.lost),
    groups,
    stepsBack: groups.filter(({ ticks }, index) => ticks < (groups[index - 1]?.ticks ?? ticks)).length,
    ticksPerSecond: slope(groups.map(({ firstArrivedAtMs, ticks }) => [firstArrivedAtMs / 1000, ticks])),
    markers,
    firstArrivedAtMs: arrived[0]?.arrivedAtMs ?? 0,
    lastArrivedAtMs: arrived.at(-1)?.arrivedAtMs ?? 0,
  };
}

function groupByTimestamp({ packets, breaks }: RtpSequence): readonly TimestampGroup[] {
  const starts = packets.flatMap(({ packet }, index) => (packet.timestamp === packets[index - 1]?.packet.timestamp ? [] : [index]));
  let ticks = 0;
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? packets.length;
    const group = packets.slice(start, end);
    const { timestamp } = (group[0] as TimedPacket).packet;
    if (start > 0) ticks += (timestamp - (packets[start - 1] as TimedPacket).packet.timestamp) | 0;
    let firstArrivedAtMs = Number.POSITIVE_INFINITY;
    let lastArrivedAtMs = Number.NEGATIVE_INFINITY;
    let broken = end < packets.length && breaks.has(end);
    group.forEach(({ arrivedAtMs }, offset) => {
      firstArrivedAtMs = Math.min(firstArrivedAtMs, arrivedAtMs);
      lastArrivedAtMs = Math.max(lastArrivedAtMs, arrivedAtMs);
      broken ||= breaks.has(start + offset);
    });
    return {
      timestamp,
      ticks,
      packets: group.length,
      payloadBytes: group.reduce((sum, { packet }) => sum + packet.payload.length, 0),
      marker: markerPlace(group),
      broken,
      firstArrivedAtMs,
      lastArrivedAtMs,
    };
  });
}

function markerPlace(group: readonly TimedPacket[]): TimestampGroup['marker'] {
  const first = group.findIndex(({ packet }) => packet.marker);
  return first === -1 ? 'none' : first === group.length - 1 ? 'last' : 'elsewhere';
}

/** Of the line that fits the points best; null where they don't differ in x. */
function slope(points: readonly (readonly [x: number, y: number])[]): number | null {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  let above = 0;
  let below = 0;
  for (const [x, y] of points) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  return below > 0 ? above / below : null;
}

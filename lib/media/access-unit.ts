/** Pictures as they come out of RTP, the same for H.264 and H.265: NAL units gathered into access units. */
import type { DeviationLog } from './deviation-log.ts';
import type { RtpPacket } from './rtp.ts';

/** A whole NAL unit and the packet that completed it. */
export interface ReceivedNal {
  readonly bytes: Uint8Array;
  readonly timestamp: number;
  /** the marker bit of a packet whose last unit this is */
  readonly marker: boolean;
}

export interface AccessUnit {
  /** of its first coded slice, 32 bits; of its first unit where there is no slice */
  readonly timestamp: number;
  /** since the first access unit, wrap-around taken out */
  readonly ticks: number;
  readonly nals: readonly Uint8Array[];
  /** an IDR picture (H.264), an intra random access picture (H.265) */
  readonly isKey: boolean;
  /** whether it holds a coded slice: only such units are pictures */
  readonly hasPicture: boolean;
  /** whether packets are missing in it or right before it */
  readonly broken: boolean;
  readonly bytes: number;
}

export interface Depacketised {
  readonly accessUnits: readonly AccessUnit[];
  /** all that stand in-band, in order of first sight, each once */
  readonly parameterSets: readonly Uint8Array[];
  /** payloads by structure */
  readonly structures: Readonly<Record<'single' | 'aggregate' | 'fragment' | 'unknown', number>>;
}

/** What a codec says about one NAL unit. */
export interface NalRole {
  /** a coded slice */
  readonly isSlice: boolean;
  /** a slice that belongs to a key picture */
  readonly isKey: boolean;
  /** the first slice of its picture, as far as the slice itself says so */
  readonly startsPicture: boolean;
  /** comes before the first slice of its access unit: parameter set, delimiter, prefix SEI */
  readonly isPrefix: boolean;
  readonly isParameterSet: boolean;
}

/** Whether the packet at `index` follows the one before it without a gap. */
export const follows = (packets: readonly RtpPacket[], index: number): boolean =>
  index === 0 || (((packets[index - 1]?.sequenceNumber ?? 0) + 1) & 0xffff) === packets[index]?.sequenceNumber;

interface Draft {
  nals: ReceivedNal[];
  slices: number;
  isKey: boolean;
  broken: boolean;
}

/**
 * Gathers NAL units into access units. A unit ends where RTP says so (timestamp) or where the slices say so (first slice,
 * parameter set after a slice), but never before it has a slice: some cameras stamp parameter sets with the time of the
 * picture before (scottlamb/moonfire-nvr#352), or set the marker on them (scottlamb/retina#13).
 *
 * Ids of deviations: `marker-before-picture-end`, `marker-missing`, `parameter-set-timestamp`.
 * `fieldsShare` says that two first slices with one timestamp are the fields of one frame.
 */
export function gatherAccessUnits(log: DeviationLog, roleOf: (nal: Uint8Array) => NalRole, fieldsShare: () => boolean) {
  const done: Draft[] = [];
  const parameterSets = new Map<string, Uint8Array>();
  let draft: Draft = { nals: [], slices: 0, isKey: false, broken: false };
  let brokenAhead = false;
  let last: ReceivedNal | null = null;

  const close = (): void => {
    if (draft.nals.length === 0) return;
    done.push(draft);
    draft = { nals: [], slices: 0, isKey: false, broken: false };
  };

  const push = (nal: ReceivedNal): void => {
    const role = roleOf(nal.bytes);
    const timeMoved = last !== null && last.timestamp !== nal.timestamp;
    if (role.isParameterSet) parameterSets.set(Buffer.from(nal.bytes).toString('latin1'), nal.bytes);
    if (draft.slices > 0 && (timeMoved || role.isPrefix || (role.startsPicture && !fieldsShare()))) {
      // the last slice of the picture had no marker, and no packet is missing that could have had it
      if (last && !last.marker && !brokenAhead) log.note('marker-missing', `picture ${done.length + 1}, timestamp ${last.timestamp}`);
      if (role.isPrefix && !timeMoved)
        log.note('parameter-set-timestamp', `units before picture ${done.length + 2} with the timestamp of picture ${done.length + 1}`);
      close();
    } else if (last?.marker && draft.nals.length > 0 && !(role.startsPicture && draft.slices > 0)) {
      const what = draft.slices > 0 ? 'a slice before the last' : 'a unit without a slice';
      log.note('marker-before-picture-end', `${what}, timestamp ${last.timestamp}`);
    }
    if (draft.slices === 0 && draft.nals.length > 0 && timeMoved && last && roleOf(last.bytes).isPrefix && role.isSlice)
      log.note('parameter-set-timestamp', `${last.timestamp} before a picture with ${nal.timestamp}`);
    draft.nals.push(nal);
    if (role.isSlice) {
      draft.slices++;
      draft.isKey ||= role.isKey;
    }
    draft.broken ||= brokenAhead;
    brokenAhead = false;
    last = nal;
  };

  return {
    push,
    /** Packets are missing here. */
    lose: (): void => {
      brokenAhead = true;
      if (draft.nals.length > 0) draft.broken = true;
    },
    finish: (structures: Depacketised['structures']): Depacketised => {
      close();
      return { accessUnits: withTicks(done, roleOf), parameterSets: [...parameterSets.values()], structures };
    },
  };
}

function withTicks(drafts: readonly Draft[], roleOf: (nal: Uint8Array) => NalRole): readonly AccessUnit[] {
  let ticks = 0;
  let previous: number | null = null;
  return drafts.map(({ nals, slices, isKey, broken }) => {
    const { timestamp } = (nals.find(({ bytes }) => roleOf(bytes).isSlice) ?? nals[0]) as ReceivedNal;
    if (previous !== null) ticks += (timestamp - previous) | 0;
    previous = timestamp;
    const bytes = nals.reduce((sum, nal) => sum + nal.bytes.length, 0);
    return { timestamp, ticks, nals: nals.map((nal) => nal.bytes), isKey, hasPicture: slices > 0, broken, bytes };
  });
}

/**
 * NAL units out of RTP payloads, the same for H.264 (RFC 6184) and H.265 (RFC 7798): single ones, aggregated ones, fragments put
 * together. What differs is the codec's to say: its types, and how it builds each kind of payload.
 */
import { type Depacketised, follows, gatherAccessUnits, type NalRole } from './access-unit.ts';
import type { DeviationLog } from './deviation-log.ts';
import { type Fragment, fragmentAssembly } from './fragment-assembly.ts';
import { hasStartCode, splitAnnexB } from './nal-unit.ts';
import type { RtpPacket } from './rtp.ts';

export interface NalPayloads {
  readonly typeOf: (nal: Uint8Array) => number;
  readonly roleOf: (nal: Uint8Array) => NalRole;
  /** of a payload that is not empty */
  readonly structureOf: (payload: Uint8Array) => keyof Depacketised['structures'];
  /** id of the deviation of a payload whose structure is `unknown` */
  readonly unknownId: string;
  /** the unit of a payload that is one */
  readonly single: (payload: Uint8Array) => Uint8Array;
  readonly aggregated: (payload: Uint8Array) => readonly Uint8Array[];
  /** null where it is too short to be one */
  readonly fragment: (payload: Uint8Array) => Fragment | null;
  /** told of each whole unit, in order */
  readonly sees?: (nal: Uint8Array) => void;
  /** whether an access unit may be a field */
  readonly isInterlaced: () => boolean;
}

/** Ids of deviations, besides those of `gatherAccessUnits` and `fragmentAssembly`: `payload-empty`, `annex-b-in-payload`, `nal-forbidden-bit`. */
export function depacketise(packets: readonly RtpPacket[], log: DeviationLog, codec: NalPayloads): Depacketised {
  const structures = { single: 0, aggregate: 0, fragment: 0, unknown: 0 };
  const fragments = fragmentAssembly(log);
  const units = gatherAccessUnits(log, codec.roleOf, codec.isInterlaced);
  packets.forEach((packet, index) => {
    if (!follows(packets, index)) {
      fragments.lose();
      units.lose();
    }
    const nals = unpack(packet.payload);
    nals.forEach((bytes, at) => {
      if ((bytes[0] as number) & 0x80) log.note('nal-forbidden-bit', `NAL unit of type ${codec.typeOf(bytes)}`);
      codec.sees?.(bytes);
      units.push({ bytes, timestamp: packet.timestamp, marker: packet.marker && at === nals.length - 1 });
    });
  });
  return units.finish(structures);

  function unpack(payload: Uint8Array): readonly Uint8Array[] {
    if (payload.length === 0) {
      log.note('payload-empty', 'a packet without payload');
      return [];
    }
    const structure = codec.structureOf(payload);
    structures[structure]++;
    if (structure === 'fragment') {
      const fragment = codec.fragment(payload);
      const whole = fragment === null ? null : fragments.add(fragment);
      return whole ? split(whole) : [];
    }
    fragments.interrupt();
    if (structure === 'single') return split(codec.single(payload));
    if (structure === 'aggregate') return codec.aggregated(payload).flatMap(split);
    log.note(codec.unknownId, `a payload of type ${codec.typeOf(payload)}`);
    return [];
  }

  function split(nal: Uint8Array): readonly Uint8Array[] {
    if (!hasStartCode(nal)) return [nal];
    const parts = splitAnnexB(nal);
    log.note('annex-b-in-payload', `start codes in a NAL unit of type ${codec.typeOf(parts[0] ?? nal)} and ${nal.length} bytes`);
    return parts;
  }
}

/**
 * The units of an aggregation from `at` on, each behind its size.
 *
 * @param beforeUnit bytes before the size of the n-th unit
 * @param beyondId id of the deviation of a size that the payload does not hold
 */
export function aggregatedUnits(
  payload: Uint8Array,
  log: DeviationLog,
  { from, beforeUnit, beyondId }: { readonly from: number; readonly beforeUnit: (index: number) => number; readonly beyondId: string },
): readonly Uint8Array[] {
  const nals: Uint8Array[] = [];
  for (let at = from; at < payload.length; ) {
    at += beforeUnit(nals.length);
    const size = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0);
    if (size === 0 || at + 2 + size > payload.length) {
      log.note(beyondId, `a unit of ${size} bytes where ${Math.max(0, payload.length - at - 2)} are left`);
      break;
    }
    nals.push(payload.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return nals;
}

/** The same program in other packets, for cameras that pack it otherwise. */
import type { Program } from './program.ts';
import { packetise } from './rtp-payload.ts';
import type { RtpPacket } from './rtp-sender.ts';
import type { StreamTamper } from './stream-tamper.ts';
import { type Codec, codecOf, unpacked } from './unpack.ts';

const MARKER = 0x80;

/** Changes the packets of each picture; made once for each picture. */
export function packing(change: (payloads: readonly Uint8Array[], codec: Codec) => readonly Uint8Array[]): StreamTamper {
  const made = new WeakMap<Program, Program>();
  return {
    program: (program) => {
      const codec = codecOf(program);
      if (codec === null) return program;
      const known = made.get(program);
      if (known) return known;
      const units = new WeakMap<object, ReturnType<Program['unit']>>();
      const changed: Program = {
        ...program,
        unit: (index) => {
          const unit = program.unit(index);
          const other = units.get(unit) ?? { ...unit, payloads: change(unit.payloads, codec) };
          units.set(unit, other);
          return other;
        },
      };
      made.set(program, changed);
      return changed;
    },
  };
}

/** Changes the NAL units of each picture. */
export const units = (change: (nals: readonly Uint8Array[], codec: Codec) => readonly Uint8Array[]): StreamTamper =>
  packing((payloads, codec) => packetise(codec, change(unpacked(payloads, codec), codec)));

export const withMarker = (packet: RtpPacket, isSet: boolean): RtpPacket => {
  const header = Buffer.from(packet.header);
  header[1] = ((header[1] as number) & ~MARKER) | (isSet ? MARKER : 0);
  return { ...packet, header };
};

/** RTP, H.264 and H.265 as cameras send them. */
import type { Program } from '../stream/program.ts';
import { packing, units, withMarker } from '../stream/repacking.ts';
import type { StreamTamper } from '../stream/stream-tamper.ts';
import { type Codec, codecOf, isParameterSet, unpacked } from '../stream/unpack.ts';
import { everywhere, over } from './stream-checks.ts';
import type { Trait } from './trait.ts';

const RTSP = [19] as const;
const [SEI, SPS, PPS, STAP_A, FU_A] = [6, 7, 8, 24, 28] as const;
const START_CODE = Uint8Array.of(0, 0, 0, 1);

const stream = (streamTamper: StreamTamper): ReturnType<Trait['make']> => ({ streamTamper });

const h265: Pick<ReturnType<Trait['make']>, 'starts'> = { starts: { getVencConf: [{ encode_type: 5 }] } };

/** A last fragment with its header alone, behind what was the last one. */
function withEmptyFragment(payloads: readonly Uint8Array[], codec: Codec): readonly Uint8Array[] {
  const [at, isFragment] =
    codec === 'h264'
      ? [1, (payload: Uint8Array) => ((payload[0] as number) & 0x1f) === FU_A]
      : [2, (payload: Uint8Array) => (payload[0] as number) >> 1 === 49];
  return payloads.flatMap((payload) => {
    if (!isFragment(payload) || ((payload[at] as number) & 0x40) === 0) return [payload];
    const [open, end] = [Buffer.from(payload), Buffer.from(payload.subarray(0, at + 1))];
    open[at] = (open[at] as number) & ~0x40;
    return [open, end];
  });
}

const ofSps = (nal: Uint8Array, codec: Codec): boolean => (codec === 'h264' ? ((nal[0] as number) & 0x1f) === SPS : (nal[0] as number) >> 1 === 33);

/** Turns the lowest bit of the type that a fragment header names, but for the first fragment. */
const ofAnotherType =
  (at: number, typeBits: number) =>
  (payload: Uint8Array): Uint8Array => {
    const isFragment = at === 1 ? ((payload[0] as number) & 0x1f) === FU_A : (payload[0] as number) >> 1 === 49;
    const header = payload[at] as number;
    if (!isFragment || (header & 0x80) !== 0) return payload;
    const changed = Buffer.from(payload);
    changed[at] = (header & ~typeBits) | ((header & typeBits) ^ 1);
    return changed;
  };

export const MEDIA_TRAITS: readonly Trait[] = [
  {
    id: 'rtp-oversized',
    does: 'sends a whole NAL unit in each packet, however large',
    sections: RTSP,
    warns: over('udp', 'payload'),
    because: 'over TCP a packet may have 64 kB; over UDP the network cuts it up',
    make: () => stream(packing((payloads, codec) => unpacked(payloads, codec))),
  },
  {
    id: 'rtp-no-marker',
    does: 'never sets the marker bit',
    sections: RTSP,
    warns: everywhere('marker'),
    make: () => stream({ packet: (media, packet) => (media === 'video' ? withMarker(packet, false) : packet) }),
  },
  {
    id: 'rtp-marker-everywhere',
    does: 'sets the marker bit on parameter sets, too',
    sections: RTSP,
    warns: everywhere('marker'),
    make: () =>
      stream({
        ...packing((payloads, codec) =>
          payloads.flatMap((payload) => (((payload[0] as number) & 0x1f) === STAP_A ? unpacked([payload], codec) : [payload])),
        ),
        packet: (media, packet) => {
          const type = (packet.payload[0] as number) & 0x1f;
          return media === 'video' && [SEI, SPS, PPS].some((each) => each === type) ? withMarker(packet, true) : packet;
        },
      }),
  },
  {
    id: 'rtp-starts-at-zero',
    does: 'begins sequence numbers and timestamps at 0 in each session',
    sections: RTSP,
    make: () => stream({ start: { seq: 0, rtptime: 0 } }),
  },
  {
    id: 'rtp-gaps',
    does: 'drops every 80th packet inside, over TCP, too',
    sections: RTSP,
    warns: over('tcp', 'sequence'),
    make: () => {
      const sent = new Map<number, number>();
      return stream({
        packet: (_, packet) => {
          const source = packet.header.readUInt32BE(8);
          const count = (sent.get(source) ?? 0) + 1;
          sent.set(source, count);
          return count % 80 === 9 ? null : packet;
        },
      });
    },
  },
  {
    id: 'h264-annex-b',
    does: 'puts parameter sets and key picture into one NAL unit, with start codes between them',
    sections: RTSP,
    warns: everywhere('payload'),
    make: () =>
      stream(
        units((nals, codec) => {
          const sets = nals.filter((nal) => isParameterSet(nal, codec));
          if (sets.length === 0) return nals;
          const [first, ...others] = nals as [Uint8Array, ...Uint8Array[]];
          return [Buffer.concat([first, ...others.flatMap((nal) => [START_CODE, nal])])];
        }),
      ),
  },
  {
    id: 'h264-empty-fragment',
    does: 'ends each fragmented NAL unit of H.264 with a fragment that has no payload',
    sections: RTSP,
    make: () => stream(packing(withEmptyFragment)),
  },
  {
    id: 'h265-empty-fragment',
    does: 'streams H.265 and ends each fragmented NAL unit with a fragment that has no payload',
    sections: RTSP,
    warns: ['rtsp/stream_0.tcp/payload', 'rtsp/stream_0.udp/payload'],
    make: () => ({ ...h265, ...stream(packing(withEmptyFragment)) }),
  },
  {
    id: 'h264-sets-announced-only',
    does: 'sends no parameter sets in the stream: they are in the description',
    sections: RTSP,
    make: () => stream(units((nals, codec) => nals.filter((nal) => !isParameterSet(nal, codec)))),
  },
  {
    id: 'h264-no-sets',
    does: 'has parameter sets neither in the stream nor in the description',
    sections: RTSP,
    fails: everywhere('decodable'),
    make: () =>
      stream({
        ...units((nals, codec) => nals.filter((nal) => !isParameterSet(nal, codec))),
        response: (_, text) => text.replace(/;sprop-parameter-sets=(\S+)/, (all) => `;x=${'x'.repeat(all.length - 3)}`),
      }),
  },
  {
    id: 'h264-sps-trailing',
    does: 'appends a stray byte to the sequence parameter set',
    sections: RTSP,
    warns: everywhere('payload'),
    make: () => stream(units((nals, codec) => nals.map((nal) => (ofSps(nal, codec) ? Buffer.concat([nal, Uint8Array.of(0x80)]) : nal)))),
  },
  {
    id: 'joins-between-key-frames',
    does: 'lets a client join between two key frames',
    sections: RTSP,
    make: () => stream({ program: (program) => (codecOf(program) === null ? program : joinedLate(program)) }),
  },
  {
    id: 'smart-codec',
    does: 'has a key frame every 250 pictures, whatever gop says',
    sections: [19, 21],
    warns: ['video/gop/in-stream'],
    because: 'the contract recommends that the distance of key frames takes effect',
    make: () => stream({ settings: (_, settings) => ({ ...settings, video: { ...settings.video, gop: 250 } }) }),
  },
  {
    id: 'key-frames-10-s',
    does: 'is set to a key frame every 10 s',
    sections: RTSP,
    make: () => ({ starts: { getVencConf: [{ gop: 250 }] } }),
  },
  {
    id: 'rtcp-far-clock',
    does: 'has a wall clock 50 years off in its sender reports',
    sections: RTSP,
    make: () =>
      stream({
        report: (packet) => {
          const report = Buffer.from(packet);
          report.writeUInt32BE((report.readUInt32BE(8) + 50 * 365 * 86_400) >>> 0, 8);
          return report;
        },
      }),
  },
  {
    id: 'rtp-new-sources',
    does: 'gives its video another SSRC with each key picture, while numbers and times go on',
    sections: RTSP,
    warns: ['rtsp/packets/one-source'],
    because: 'players go on (bluenviron/gortsplib#687)',
    make: (random) => ({
      starts: { getVencConf: [{ gop: 10 }, { gop: 10 }, { gop: 10 }] },
      streamTamper: {
        packet: (() => {
          const now = new Map<number, { ssrc: number; time: number }>();
          return (media, packet) => {
            if (media !== 'video') return packet;
            const [own, time] = [packet.header.readUInt32BE(8), packet.header.readUInt32BE(4)];
            const known = now.get(own) ?? { ssrc: own, time };
            const isKey = [SPS, STAP_A].some((type) => type === ((packet.payload[0] as number) & 0x1f));
            if (isKey && time !== known.time) Object.assign(known, { ssrc: Math.floor(random() * 2 ** 32), time });
            now.set(own, known);
            const header = Buffer.from(packet.header);
            header.writeUInt32BE(known.ssrc, 8);
            return { ...packet, header };
          };
        })(),
      },
    }),
  },
  {
    id: 'h264-fragments-of-two-types',
    does: 'names another type in the later fragments of an H.264 picture than in its first',
    sections: RTSP,
    warns: everywhere('payload'),
    make: () => stream(packing((payloads, codec) => (codec === 'h264' ? payloads.map(ofAnotherType(1, 0x1f)) : payloads))),
  },
  {
    id: 'h265-fragments-of-two-types',
    does: 'streams H.265, and names another type in the later fragments of a picture than in its first (scottlamb/moonfire-nvr#344)',
    sections: RTSP,
    warns: ['rtsp/stream_0.tcp/payload', 'rtsp/stream_0.udp/payload'],
    make: () => ({ ...h265, ...stream(packing((payloads, codec) => (codec === 'h265' ? payloads.map(ofAnotherType(2, 0x3f)) : payloads))) }),
  },
];

const LATE: WeakMap<Program, Program> = new WeakMap();

/** The program from its 30th unit on. */
function joinedLate(program: Program): Program {
  const late = LATE.get(program) ?? { ...program, unit: (index) => program.unit(index + 30) };
  LATE.set(program, late);
  return late;
}

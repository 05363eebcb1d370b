/** Section 19, RTSP: H.264 and H.265 packed against their rules (RFC 6184, RFC 7798), or not to be decoded. */
import { combineStreamTampers } from '../../combine-tampers.ts';
import type { Habits } from '../../habits.ts';
import { redescribing } from '../../stream/redescribing.ts';
import { packing, units } from '../../stream/repacking.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import { type Codec, isParameterSet } from '../../stream/unpack.ts';
import type { Defect } from './notation.ts';
import { ofMain, only, planted, type Stream, sifting, type Way } from './streaming.ts';

const [IDR, SPS, PPS, STAP_A, FU_A] = [5, 7, 8, 24, 28] as const;
const [START, END] = [0x80, 0x40] as const;
const START_CODE = Uint8Array.of(0, 0, 0, 1);

const typeOf = (nal: Uint8Array, codec: Codec): number => (codec === 'h264' ? (nal[0] as number) & 0x1f : ((nal[0] as number) >> 1) & 0x3f);
const isSps = (nal: Uint8Array, codec: Codec): boolean => typeOf(nal, codec) === (codec === 'h264' ? SPS : 33);
const isPps = (nal: Uint8Array, codec: Codec): boolean => typeOf(nal, codec) === (codec === 'h264' ? PPS : 34);
const isVps = (nal: Uint8Array, codec: Codec): boolean => codec === 'h265' && typeOf(nal, codec) === 32;
const isKey = (nal: Uint8Array, codec: Codec): boolean =>
  codec === 'h264' ? typeOf(nal, codec) === IDR : typeOf(nal, codec) >= 16 && typeOf(nal, codec) <= 21;

/** The same bytes with another value at a place. */
const patched = (bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[at] = change(copy[at] as number);
  return copy;
};

/** No parameter sets of these kinds, neither in the stream nor in the description. */
const without = (isGone: (nal: Uint8Array, codec: Codec) => boolean): StreamTamper =>
  combineStreamTampers([
    units((nals, codec) => nals.filter((nal) => !isGone(nal, codec))),
    redescribing((sdp) =>
      sdp
        .replace(/;sprop-parameter-sets=(\S+)/g, (_, sets: string) => {
          const left = sets.split(',').filter((set) => !isGone(Buffer.from(set, 'base64'), 'h264'));
          return left.length === 0 ? '' : `;sprop-parameter-sets=${left.join(',')}`;
        })
        .replace(/sprop-[vsp]ps=[^;\r]+;?/g, (parameter) => {
          const set = /=([^;]+)/.exec(parameter)?.[1] ?? '';
          return isGone(Buffer.from(set, 'base64'), 'h265') ? '' : parameter;
        }),
    ),
  ]);

/** Changes the fragments of H.264; `at` is the byte with the flags. */
const fragments = (change: (payload: Uint8Array, flags: number) => Uint8Array | null): StreamTamper =>
  packing((payloads, codec) =>
    payloads.flatMap((payload) => {
      const isFragment = codec === 'h264' ? typeOf(payload, codec) === FU_A : typeOf(payload, codec) === 49;
      return isFragment ? (change(payload, payload[codec === 'h264' ? 1 : 2] as number) ?? []) : [payload];
    }),
  );

const H264: readonly (readonly [id: string, does: string, plant: () => StreamTamper])[] = [
  ['forbidden-bit', 'sets the forbidden bit of its NAL units', () => units((nals) => nals.map((nal) => patched(nal, 0, (byte) => byte | 0x80)))],
  [
    'annex-b',
    'puts parameter sets and key picture into one NAL unit, with start codes between them',
    () =>
      units((nals, codec) => {
        const [first, ...others] = nals as [Uint8Array, ...Uint8Array[]];
        return isParameterSet(first, codec) ? [Buffer.concat([first, ...others.flatMap((nal) => [START_CODE, nal])])] : nals;
      }),
  ],
  ['start-code-before', 'puts a start code before each NAL unit', () => units((nals) => nals.map((nal) => Buffer.concat([START_CODE, nal])))],
  [
    'no-first-fragment',
    'leaves the first fragment of each NAL unit out, and numbers the others',
    () => fragments((payload, flags) => (flags & START ? null : payload)),
  ],
  [
    'no-last-fragment',
    'leaves the last fragment of each NAL unit out, and numbers the others',
    () => fragments((payload, flags) => (flags & END ? null : payload)),
  ],
  ['start-never-marked', 'does not mark first fragments', () => fragments((payload) => patched(payload, 1, (byte) => byte & ~START))],
  ['end-never-marked', 'does not mark last fragments', () => fragments((payload) => patched(payload, 1, (byte) => byte & ~END))],
  ['every-fragment-first', 'marks each fragment as the first', () => fragments((payload) => patched(payload, 1, (byte) => byte | START))],
  [
    'first-and-last',
    'marks first fragments as the last, too',
    () => fragments((payload, flags) => (flags & START ? patched(payload, 1, (byte) => byte | END) : payload)),
  ],
  [
    'one-byte-fragments',
    'ends each NAL unit with a fragment of one byte',
    () => fragments((payload, flags) => (flags & END ? payload.subarray(0, 1) : payload)),
  ],
  ['empty-packets', 'sends a packet without payload before each picture', () => packing((payloads) => [new Uint8Array(), ...payloads])],
  [
    'aggregate-beyond',
    'tells sizes in aggregates that go beyond the packet',
    () => packing((payloads, codec) => payloads.map((payload) => (typeOf(payload, codec) === STAP_A ? patched(payload, 1, () => 0x7f) : payload))),
  ],
  [
    'aggregate-cut',
    'cuts aggregates in their last unit',
    () => packing((payloads, codec) => payloads.map((payload) => (typeOf(payload, codec) === STAP_A ? payload.subarray(0, -3) : payload))),
  ],
  ['type-0', 'sends NAL units of type 0', () => packing((payloads) => payloads.map((payload) => patched(payload, 0, (byte) => byte & ~0x1f)))],
  [
    'type-30',
    'sends NAL units of a type that is reserved',
    () => packing((payloads) => payloads.map((payload) => patched(payload, 0, (byte) => (byte & ~0x1f) | 30))),
  ],
  [
    'interleaved-units',
    'sends packets of interleaved mode, which its description does not announce',
    () =>
      packing((payloads, codec) =>
        payloads.map((payload) => (typeOf(payload, codec) === STAP_A ? patched(payload, 0, (byte) => (byte & ~0x1f) | 25) : payload)),
      ),
  ],
  [
    'sps-trailing',
    'appends bytes to the sequence parameter set',
    () => units((nals, codec) => nals.map((nal) => (isSps(nal, codec) ? Buffer.concat([nal, Uint8Array.of(0xff, 0x80)]) : nal))),
  ],
];

const h265 = (id: string, does: string, property: string, plant: () => StreamTamper): Defect => ({
  id: `h265/${id}`,
  does: `${does}, while it streams H.265`,
  noticedBy: [`stream_0.tcp/${property}`],
  plant: (): Habits => ({ starts: { getVencConf: [{ encode_type: 5 }] }, streamTamper: plant() }),
});

const H265: readonly Defect[] = [
  h265('no-parameter-sets', 'has parameter sets nowhere', 'decodable', () => without(isParameterSet)),
  h265('no-vps', 'has no video parameter set', 'decodable', () => without(isVps)),
  h265('no-sps', 'has no sequence parameter set', 'decodable', () => without(isSps)),
  h265('no-pps', 'has no picture parameter set', 'decodable', () => without(isPps)),
  h265('forbidden-bit', 'sets the forbidden bit of its NAL units', 'payload', () =>
    units((nals) => nals.map((nal) => patched(nal, 0, (byte) => byte | 0x80))),
  ),
  h265('annex-b', 'puts start codes before NAL units', 'payload', () => units((nals) => nals.map((nal) => Buffer.concat([START_CODE, nal])))),
  h265('no-first-fragment', 'leaves the first fragment of each NAL unit out', 'payload', () =>
    fragments((payload, flags) => (flags & START ? null : payload)),
  ),
  h265('end-never-marked', 'does not mark last fragments', 'payload', () => fragments((payload) => patched(payload, 2, (byte) => byte & ~END))),
  h265('empty-fragments', 'ends each NAL unit with a fragment that has no payload', 'payload', () =>
    packing((payloads, codec) =>
      payloads.flatMap((payload) =>
        typeOf(payload, codec) === 49 && (payload[2] as number) & END
          ? [patched(payload, 2, (byte) => byte & ~END), payload.subarray(0, 3)]
          : [payload],
      ),
    ),
  ),
  h265('described-as-h264', 'describes H.265 as H.264', 'decodable', () =>
    redescribing((sdp) => sdp.replace('H265/90000', 'H264/90000').replace(/^a=fmtp:96 .*\r\n/m, '')),
  ),
  h265('type-48-cut', 'cuts aggregates in their last unit', 'payload', () =>
    packing((payloads, codec) => payloads.map((payload) => (typeOf(payload, codec) === 48 ? payload.subarray(0, -3) : payload))),
  ),
];

const DECODABLE: readonly Defect[] = [
  ofMain('pictures/no-parameter-sets', 'has parameter sets neither in the stream nor in its description', 'decodable', () => without(isParameterSet)),
  ofMain('pictures/no-sps', 'has no sequence parameter set', 'decodable', () => without(isSps)),
  ofMain('pictures/no-pps', 'has no picture parameter set', 'decodable', () => without(isPps)),
  ofMain('pictures/sps-cut', 'cuts the sequence parameter set, and announces none', 'decodable', () =>
    combineStreamTampers([
      units((nals, codec) => nals.map((nal) => (isSps(nal, codec) ? nal.subarray(0, 5) : nal))),
      redescribing((sdp) => sdp.replace(/;sprop-parameter-sets=\S+/, '')),
    ]),
  ),
  ofMain('pictures/parameter-sets-alone', 'sends parameter sets and no pictures', 'decodable', () =>
    units((nals, codec) => {
      const sets = nals.filter((nal) => isParameterSet(nal, codec));
      return sets.length > 0 ? sets : [Uint8Array.of(6, 5, 1, 0, 0x80)];
    }),
  ),
  ofMain('pictures/no-key-picture', 'sends no key picture', 'decodable', () =>
    units((nals, codec) => (nals.some((nal) => isKey(nal, codec)) ? nals.filter((nal) => !isKey(nal, codec)) : nals)),
  ),
  ofMain('pictures/key-pictures-as-others', 'marks key pictures as ordinary ones', 'decodable', () =>
    units((nals, codec) => nals.map((nal) => (codec === 'h264' && typeOf(nal, codec) === IDR ? patched(nal, 0, (byte) => (byte & ~0x1f) | 1) : nal))),
  ),
  {
    ...ofMain('pictures/slices-cut', 'cuts the last third of each slice of a key picture', 'decodable', () =>
      units((nals, codec) => nals.map((nal) => (isKey(nal, codec) ? nal.subarray(0, Math.ceil((nal.length * 2) / 3)) : nal))),
    ),
    unseen: 'slices are put together and measured, not decoded',
  },
];

const ELSEWHERE: readonly (readonly [stream: Stream, way: Way])[] = [
  ['stream_0', 'udp'],
  ['stream_1', 'tcp'],
  ['stream_1', 'udp'],
];

const isSetPacket = (payload: Uint8Array): boolean => [SPS, PPS, STAP_A].some((type) => ((payload[0] as number) & 0x1f) === type);

const OF_EACH: readonly Defect[] = ELSEWHERE.flatMap(([stream, way]) => {
  const here = (id: string, does: string, property: string, plant: () => StreamTamper): Defect =>
    planted(`${stream}.${way}/${id}`, `${does} (${stream} over ${way.toUpperCase()} alone)`, [`${stream}.${way}/${property}`], () =>
      only(stream, way, plant()),
    );
  return [
    here('forbidden-bit', 'sets the forbidden bit of its NAL units', 'payload', () =>
      sifting(({ header, payload }) => ({ header, payload: patched(payload, 0, (byte) => byte | 0x80) })),
    ),
    {
      ...here('no-parameter-sets', 'has no parameter sets', 'decodable', () => ({})),
      plant: (): Habits => ({
        streamTamper: combineStreamTampers([
          redescribing((sdp) => sdp.replace(/;sprop-parameter-sets=\S+/, '')),
          only(
            stream,
            way,
            sifting((packet) => (isSetPacket(packet.payload) ? null : packet)),
          ),
        ]),
      }),
    },
  ];
});

export const rtspPayloadDefects: readonly Defect[] = [
  ...H264.map(([id, does, plant]) => ofMain(`h264/${id}`, does, 'payload', plant)),
  ...H265,
  ...DECODABLE,
  ...OF_EACH,
];

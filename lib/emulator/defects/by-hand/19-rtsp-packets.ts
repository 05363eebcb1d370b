/** Section 19, RTSP: packets that do not come, come elsewhere, or have a wrong header (RFC 3550). */
import { combineStreamTampers } from '../../combine-tampers.ts';
import { packing, withMarker } from '../../stream/repacking.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import { unpacked } from '../../stream/unpack.ts';
import type { Defect } from './notation.ts';
import { heading, numbering, ofMain, only, planted, type Stream, sifting, type Way } from './streaming.ts';

const MARKER = 0x80;
const SSRC = 8;
const setType = (header: Buffer, type: number): void => {
  header[1] = ((header[1] as number) & MARKER) | type;
};
const setVersion = (version: number) => (header: Buffer) => {
  header[0] = ((header[0] as number) & 0x3f) | (version << 6);
};
const moveSource = (header: Buffer, by: number): void => {
  header.writeUInt32BE((header.readUInt32BE(SSRC) + by) % 2 ** 32, SSRC);
};

const ARRIVING: readonly Defect[] = [
  ofMain('packets/none', 'is silent after PLAY', 'rtp-arrives', () => ({ packet: () => null })),
  ofMain('packets/sound-alone', 'sends sound and no picture', 'rtp-arrives', () => sifting(() => null)),
  ofMain('packets/one-picture', 'stops after the first packets', 'keeps-playing', () => sifting((packet, count) => (count < 40 ? packet : null))),
  ofMain('packets/stop-after-a-second', 'stops after a second', 'keeps-playing', () => {
    const begun = new Map<number, number>();
    return sifting((packet) => {
      const source = packet.header.readUInt32BE(SSRC);
      const since = begun.get(source) ?? performance.now();
      begun.set(source, since);
      return performance.now() - since < 1000 ? packet : null;
    });
  }),
  planted('packets/ports-swapped', 'sends packets to the port of the reports', ['stream_0.udp/rtp-header'], () => ({
    ports: ([rtp, rtcp]) => [rtcp, rtp],
  })),
  planted('packets/datagrams-of-any-size', 'sends a whole NAL unit in each datagram', ['stream_0.udp/payload'], () =>
    packing((payloads, codec) => unpacked(payloads, codec)),
  ),
];

const HEADERS: readonly Defect[] = [
  ofMain('header/version-0', 'sends packets of RTP version 0', 'rtp-header', () => heading(setVersion(0))),
  ofMain('header/version-1', 'sends packets of RTP version 1', 'rtp-header', () => heading(setVersion(1))),
  ofMain('header/version-3', 'sends packets of RTP version 3', 'rtp-header', () => heading(setVersion(3))),
  ofMain('header/unlisted-type', 'sends another payload type than its description lists', 'rtp-header', () =>
    heading((header) => setType(header, 111)),
  ),
  ofMain('header/type-of-sound', 'sends the payload type of sound with pictures', 'rtp-header', () => heading((header) => setType(header, 0))),
  ofMain('header/type-changes', 'changes the payload type after some packets', 'rtp-header', () =>
    heading((header, count) => {
      if (count > 20) setType(header, 98);
    }),
  ),
  ofMain('header/other-source', 'sends another SSRC than it announced', 'rtp-header', () => heading((header) => moveSource(header, 1))),
  ofMain('header/source-0', 'sends the SSRC 0', 'rtp-header', () => heading((header) => header.writeUInt32BE(0, SSRC))),
  ofMain('header/source-of-each-packet', 'gives each packet an SSRC of its own', 'rtp-header', () =>
    heading((header, count) => moveSource(header, count)),
  ),
  ofMain('header/source-of-each-picture', 'gives each picture an SSRC of its own', 'rtp-header', () =>
    heading((header) => moveSource(header, header.readUInt32BE(4) % 1000)),
  ),
  ofMain('header/source-changes', 'changes its SSRC after some packets', 'rtp-header', () =>
    heading((header, count) => moveSource(header, count > 30 ? 1 : 0)),
  ),
  ofMain('header/source-backwards', 'writes the SSRC with its last byte first', 'rtp-header', () =>
    heading((header) => header.writeUInt32LE(header.readUInt32BE(SSRC), SSRC)),
  ),
  ofMain('header/padding-without', 'sets the bit of padding and sends none', 'payload', () =>
    sifting(({ header, payload }) => {
      const copy = Buffer.from(header);
      copy[0] = (copy[0] as number) | 0x20;
      return { header: copy, payload: Buffer.concat([payload.subarray(0, -1), Buffer.of(0)]) };
    }),
  ),
  ofMain('header/padding-too-long', 'tells of more padding than a packet has bytes', 'payload', () =>
    sifting(({ header, payload }) => {
      const copy = Buffer.from(header);
      copy[0] = (copy[0] as number) | 0x20;
      return payload.length > 200 ? { header, payload } : { header: copy, payload: Buffer.concat([payload, Buffer.of(255)]) };
    }),
  ),
  ofMain('header/extension-without', 'sets the bit of an extension and sends none', 'payload', () =>
    heading((header) => {
      header[0] = (header[0] as number) | 0x10;
    }),
  ),
  ofMain('header/sources-without', 'tells of 15 contributing sources and names none', 'payload', () =>
    heading((header) => {
      header[0] = (header[0] as number) | 0x0f;
    }),
  ),
];

const SEQUENCE: readonly Defect[] = [
  ofMain('sequence/every-80th-missing', 'drops every 80th packet inside', 'sequence', () =>
    sifting((packet, count) => (count % 80 === 9 ? null : packet)),
  ),
  ofMain('sequence/every-other-missing', 'drops every other packet', 'sequence', () => sifting((packet, count) => (count % 2 === 1 ? null : packet))),
  ofMain('sequence/pictures-missing', 'drops every fifth picture whole', 'sequence', () =>
    sifting((packet) => (Math.round(packet.header.readUInt32BE(4) / 3600) % 5 === 0 ? null : packet)),
  ),
  ofMain('sequence/frozen', 'gives every packet the same sequence number', 'sequence', () => numbering('sequence', () => 0)),
  ofMain('sequence/in-steps-of-2', 'counts sequence numbers in steps of 2', 'sequence', () => numbering('sequence', (since) => since * 2)),
  ofMain('sequence/backwards', 'counts sequence numbers down', 'sequence', () => numbering('sequence', (since) => -since)),
  ofMain('sequence/each-twice', 'gives each sequence number to two packets', 'sequence', () => numbering('sequence', (since) => since >> 1)),
  ofMain('sequence/pairs-swapped', 'swaps the numbers of neighbouring packets', 'sequence', () => numbering('sequence', (since) => since ^ 1)),
  ofMain('sequence/starts-anew', 'starts sequence numbers anew after 30 packets', 'sequence', () => numbering('sequence', (since) => since % 30)),
  ofMain('sequence/last-byte-first', 'writes sequence numbers with their last byte first', 'sequence', () =>
    heading((header) => header.writeUInt16LE(header.readUInt16BE(2), 2)),
  ),
  ofMain('sequence/leaps', 'leaps by 5000 sequence numbers now and then', 'sequence', () =>
    numbering('sequence', (since, count) => since + 5000 * Math.floor(count / 25)),
  ),
];

const TIMES: readonly Defect[] = [
  ofMain('timestamps/at-45-kHz', 'stamps at 45 kHz', 'timestamps', () => numbering('timestamp', (since) => since / 2)),
  ofMain('timestamps/at-180-kHz', 'stamps at 180 kHz', 'timestamps', () => numbering('timestamp', (since) => since * 2)),
  ofMain('timestamps/in-milliseconds', 'stamps in milliseconds', 'timestamps', () => numbering('timestamp', (since) => since / 90)),
  ofMain('timestamps/in-microseconds', 'stamps in microseconds', 'timestamps', () => numbering('timestamp', (since) => (since * 100) / 9)),
  ofMain('timestamps/at-8-kHz', 'stamps at 8 kHz, as sound', 'timestamps', () => numbering('timestamp', (since) => (since * 8) / 90)),
  ofMain('timestamps/frozen', 'stamps every picture alike', 'timestamps', () => numbering('timestamp', () => 0)),
  ofMain('timestamps/in-whole-seconds', 'stamps in whole seconds', 'timestamps', () => numbering('timestamp', (since) => Math.floor(since / 90_000))),
  ofMain('timestamps/backwards', 'stamps backwards', 'timestamps', () => numbering('timestamp', (since) => -since)),
  ofMain('timestamps/leap', 'leaps by an hour after half a second', 'timestamps', () =>
    numbering('timestamp', (since) => (since > 45_000 ? since + 3600 * 90_000 : since)),
  ),
  ofMain('timestamps/leap-back', 'leaps back by a second after half a second', 'timestamps', () =>
    numbering('timestamp', (since) => (since > 45_000 ? since - 90_000 : since)),
  ),
  ofMain('timestamps/step-back-each-time', 'stamps every third picture with an earlier time', 'timestamps', () =>
    numbering('timestamp', (since) => (Math.round(since / 3600) % 3 === 2 ? since - 9000 : since)),
  ),
  ofMain('timestamps/last-byte-first', 'writes timestamps with their last byte first', 'timestamps', () =>
    heading((header) => header.writeUInt32LE(header.readUInt32BE(4), 4)),
  ),
  ofMain('timestamps/of-packets', 'gives each packet a time of its own', 'marker', () => numbering('timestamp', (since, count) => since + count)),
  ofMain('timestamps/of-16-bits', 'counts timestamps in 16 bits', 'timestamps', () => numbering('timestamp', (since) => since % 65_536)),
];

const marking = (isSet: (wasSet: boolean, count: number) => boolean): StreamTamper =>
  sifting((packet, count) => withMarker(packet, isSet(((packet.header[1] as number) & MARKER) !== 0, count)));

const MARKERS: readonly Defect[] = [
  ofMain('marker/never', 'never sets the marker bit', 'marker', () => marking(() => false)),
  ofMain('marker/always', 'sets the marker bit in every packet', 'marker', () => marking(() => true)),
  ofMain('marker/inverted', 'sets the marker bit where it should not', 'marker', () => marking((wasSet) => !wasSet)),
  ofMain('marker/first-packet', 'sets the marker bit on the first packet of a picture', 'marker', () => {
    let isFirst = true;
    return sifting((packet) => {
      const marked = withMarker(packet, isFirst);
      isFirst = ((packet.header[1] as number) & MARKER) !== 0;
      return marked;
    });
  }),
  ofMain('marker/every-other-picture', 'sets the marker bit on every other picture', 'marker', () => {
    let pictures = 0;
    return marking((wasSet) => {
      if (wasSet) pictures += 1;
      return wasSet && pictures % 2 === 0;
    });
  }),
  ofMain('marker/every-tenth-packet', 'sets the marker bit on every tenth packet besides', 'marker', () =>
    marking((wasSet, count) => wasSet || count % 10 === 3),
  ),
];

const ELSEWHERE: readonly (readonly [stream: Stream, way: Way])[] = [
  ['stream_0', 'udp'],
  ['stream_1', 'tcp'],
  ['stream_1', 'udp'],
];

const OF_EACH: readonly Defect[] = ELSEWHERE.flatMap(([stream, way]) => {
  const here = (id: string, does: string, property: string, plant: () => StreamTamper): Defect =>
    planted(`${stream}.${way}/${id}`, `${does} (${stream} over ${way.toUpperCase()} alone)`, [`${stream}.${way}/${property}`], () =>
      only(stream, way, plant()),
    );
  return [
    here('silent', 'is silent after PLAY', 'rtp-arrives', () => sifting(() => null)),
    here('version-1', 'sends packets of RTP version 1', 'rtp-header', () => heading(setVersion(1))),
    here('unlisted-type', 'sends another payload type than its description lists', 'rtp-header', () => heading((header) => setType(header, 111))),
    here('other-source', 'sends another SSRC than it announced', 'rtp-header', () => heading((header) => moveSource(header, 1))),
    here('sequence-starts-anew', 'starts sequence numbers anew after 8 packets', 'sequence', () =>
      numbering('sequence', (since) => (since % 8) + 5000 * Math.floor(since / 8)),
    ),
    here('sequence-frozen', 'gives every packet the same sequence number', 'sequence', () => numbering('sequence', () => 0)),
    here('45-kHz', 'stamps at 45 kHz', 'timestamps', () => numbering('timestamp', (since) => since / 2)),
    here('frozen-time', 'stamps every picture alike', 'timestamps', () => numbering('timestamp', () => 0)),
    here('no-marker', 'never sets the marker bit', 'marker', () => marking(() => false)),
  ];
});

/** Both tracks from one source: players tell them apart by their SSRC. */
const BOTH: readonly Defect[] = [
  ofMain('header/sound-unlisted-type', 'sends another payload type of sound than its description lists', 'rtp-header', () =>
    heading((header) => setType(header, 111), 'audio'),
  ),
  ofMain('header/all-version-1', 'sends sound and pictures of RTP version 1', 'rtp-header', () =>
    combineStreamTampers([heading(setVersion(1)), heading(setVersion(1), 'audio')]),
  ),
];

export const rtspPacketDefects: readonly Defect[] = [...ARRIVING, ...HEADERS, ...SEQUENCE, ...TIMES, ...MARKERS, ...OF_EACH, ...BOTH];

/** The building blocks of defects in RTSP dialogues and streams. */
import type { Habits } from '../../habits.ts';
import type { RtpPacket } from '../../stream/rtp-sender.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import { parseStreamUri } from '../../stream/stream-uri.ts';
import type { Defect } from './notation.ts';

export type Stream = 'stream_0' | 'stream_1';
export type Way = 'tcp' | 'udp';

/** A defect that the checks of the main stream over TCP must notice; those of other streams and ways would tell the same. */
export const ofMain = (id: string, does: string, property: string, plant: () => StreamTamper): Defect =>
  planted(id, does, [`stream_0.tcp/${property}`], plant);

export const planted = (id: string, does: string, noticedBy: readonly string[], plant: () => StreamTamper): Defect => ({
  id,
  does,
  noticedBy,
  plant: (): Habits => ({ streamTamper: plant() }),
});

/** The same in one stream alone, and over one way where it is named: known from its SETUP on. */
export function only(stream: Stream, way: Way | null, tamper: StreamTamper): StreamTamper {
  let [isStream, chosen]: [boolean, Way | null] = [false, null];
  const isHere = (): boolean => isStream && (way === null || way === chosen);
  return {
    request: (request) => {
      const path = parseStreamUri(request.uri)?.path;
      if (path !== undefined) isStream = path === `/${stream}`;
      if (request.method === 'OPTIONS' || request.method === 'DESCRIBE') chosen = null;
      if (request.method === 'SETUP') chosen = /interleaved/.test(request.headers.get('transport') ?? '') ? 'tcp' : 'udp';
      return isHere() ? tamper.request?.(request) : undefined;
    },
    response: (method, text) => {
      const isConcerned = method === 'DESCRIBE' ? isStream : isHere();
      return isConcerned && tamper.response ? tamper.response(method, text) : text;
    },
    packet: (media, packet) => (isHere() && tamper.packet ? tamper.packet(media, packet) : packet),
  };
}

/** Changes the text of successful responses, of one method where it is named. */
export const responding = (change: (text: string) => string, method?: string): StreamTamper => ({
  response: (asked, text) => ((method === undefined || asked === method) && text.startsWith('RTSP/1.0 200') ? change(text) : text),
});

/** Another value of a header, or none, in successful responses to a method. */
export const withoutHeader = (name: string, method?: string): StreamTamper =>
  responding((text) => text.replace(new RegExp(`^${name}: .*\\r\\n`, 'm'), ''), method);
export const withHeader = (name: string, change: (value: string) => string, method?: string): StreamTamper =>
  responding((text) => text.replace(new RegExp(`^${name}: (.*)\\r$`, 'm'), (_, value: string) => `${name}: ${change(value)}\r`), method);

export const refusing = (method: string, status: string): StreamTamper =>
  responding((text) => text.replace(/^RTSP\/1\.0 200 OK/, `RTSP/1.0 ${status}`), method);

/** Changes the header of each packet of the video; `count` counts the packets of its source from 0. */
export function heading(change: (header: Buffer, count: number, packet: RtpPacket) => void, media: 'video' | 'audio' = 'video'): StreamTamper {
  const counts = new Map<number, number>();
  return {
    packet: (of, packet) => {
      if (of !== media) return packet;
      const source = packet.header.readUInt32BE(8);
      const count = counts.get(source) ?? 0;
      counts.set(source, count + 1);
      const header = Buffer.from(packet.header);
      change(header, count, packet);
      return { ...packet, header };
    },
  };
}

/** Changes or drops packets of the video; `count` counts those of a source from 0. */
export function sifting(change: (packet: RtpPacket, count: number) => RtpPacket | null): StreamTamper {
  const counts = new Map<number, number>();
  return {
    packet: (media, packet) => {
      if (media !== 'video') return packet;
      const source = packet.header.readUInt32BE(8);
      const count = counts.get(source) ?? 0;
      counts.set(source, count + 1);
      return change(packet, count);
    },
  };
}

const SEQUENCE = 2;
const TIMESTAMP = 4;
const SSRC = 8;
/** What numbers of a source become, all counted from its first packet. */
export function numbering(
  at: 'sequence' | 'timestamp',
  change: (sinceFirst: number, count: number) => number,
  media: 'video' | 'audio' = 'video',
): StreamTamper {
  const firsts = new Map<number, number>();
  const bits = at === 'sequence' ? 16 : 32;
  const read = (header: Buffer): number => (at === 'sequence' ? header.readUInt16BE(SEQUENCE) : header.readUInt32BE(TIMESTAMP));
  return heading((header, count) => {
    const source = header.readUInt32BE(SSRC);
    const first = firsts.get(source) ?? read(header);
    firsts.set(source, first);
    const since = (read(header) - first + 2 ** bits) % 2 ** bits;
    const number = (((first + Math.round(change(since, count))) % 2 ** bits) + 2 ** bits) % 2 ** bits;
    if (at === 'sequence') header.writeUInt16BE(number, SEQUENCE);
    else header.writeUInt32BE(number, TIMESTAMP);
  }, media);
}

export const combined = (...tampers: readonly StreamTamper[]): StreamTamper => Object.assign({}, ...tampers);

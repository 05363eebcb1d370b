/** The two ways of RTP to a client: datagrams, and frames between the replies on the RTSP connection (RFC 2326 10.12). */
import type { Socket as UdpSocket } from 'node:dgram';
import type { Writable } from 'node:stream';
import type { Carrier } from './rtp-sender.ts';

/** Bytes that may wait for a slow reader; what is beyond is dropped, whole units at a time. */
export const MOST_WAITING = 1_000_000;

/** @param channels of RTP and of RTCP */
export function interleavedCarrier(socket: Writable, [rtp, rtcp]: readonly [number, number]): Carrier {
  const frameHeader = (channel: number, length: number): readonly number[] => [0x24, channel, length >> 8, length & 0xff];
  return {
    rtp: (packets) => {
      if (!socket.writable || socket.writableLength > MOST_WAITING) return false;
      const frames = Buffer.allocUnsafe(packets.reduce((sum, { header, payload }) => sum + 4 + header.length + payload.length, 0));
      let at = 0;
      for (const { header, payload } of packets) {
        frames.set(frameHeader(rtp, header.length + payload.length), at);
        frames.set(header, at + 4);
        frames.set(payload, at + 4 + header.length);
        at += 4 + header.length + payload.length;
      }
      if (frames.length > 0) socket.write(frames);
      return true;
    },
    rtcp: (packet) => {
      if (socket.writable && socket.writableLength <= MOST_WAITING)
        socket.write(Buffer.concat([Buffer.from(frameHeader(rtcp, packet.length)), packet]));
    },
  };
}

export interface UdpPair {
  readonly rtp: UdpSocket;
  readonly rtcp: UdpSocket;
}

/** @param ports of the client, for RTP and for RTCP */
export function datagramCarrier(sockets: UdpPair, address: string, [rtp, rtcp]: readonly [number, number]): Carrier {
  // Nobody can be told that a datagram could not be sent; a client that is gone is found by its silence.
  const ignore = (): void => undefined;
  return {
    rtp: (packets) => {
      for (const { header, payload } of packets) sockets.rtp.send([header, payload], rtp, address, ignore);
      return true;
    },
    rtcp: (packet) => sockets.rtcp.send(packet, rtcp, address, ignore),
  };
}

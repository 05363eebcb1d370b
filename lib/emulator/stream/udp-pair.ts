/** Two UDP sockets next to each other, RTP on the even port: one pair serves all sessions, told apart by their clients' ports. */
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { UdpPair } from './carrier.ts';

const ATTEMPTS = 20;

/** @param onReport a packet of RTCP, with where it came from; rejects where no pair can be had */
export async function openUdpPair(host: string, onReport: (packet: Uint8Array, address: string, port: number) => void): Promise<UdpPair> {
  const type = isIPv6(host) ? 'udp6' : 'udp4';
  for (let attempt = 1; ; attempt++) {
    const first = await bind(type, host, 0);
    const port = first.address().port;
    const neighbour = await bind(type, host, port ^ 1).catch(() => undefined);
    if (!neighbour) {
      first.close();
      if (attempt === ATTEMPTS) throw new Error(`Could not find two UDP ports next to each other on ${host}.`);
      continue;
    }
    const [rtp, rtcp] = port % 2 === 0 ? [first, neighbour] : [neighbour, first];
    // A client behind a firewall sends something to the port of RTP first; it says nothing.
    rtcp.on('message', (packet, { address, port: from }) => onReport(packet, address, from));
    return { rtp, rtcp };
  }
}

function bind(type: 'udp4' | 'udp6', host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // Addresses are numbers here: nothing is to be looked up.
    const socket = createSocket({ type, lookup: (address, _, found) => found(null, address, type === 'udp6' ? 6 : 4) });
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ port, address: host, exclusive: true }, () => {
      socket.removeAllListeners('error');
      // What a client's host refuses comes back here; its session ends by its silence.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

export function closeUdpPair({ rtp, rtcp }: UdpPair): Promise<void> {
  const ended = [rtp, rtcp].map((socket) => new Promise<void>((resolve) => socket.close(() => resolve())));
  return Promise.all(ended).then(() => undefined);
}

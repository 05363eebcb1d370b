/** RTP over UDP: a pair of sockets on an even port and the odd one above it (RFC 3550, 11), at the address the camera is reached from. */
import * as dgram from 'node:dgram';
import { once } from 'node:events';
import * as net from 'node:net';
import { RtspFault } from './fault.ts';
import { isTcp, type Transport, transport } from './headers/transport.ts';
import type { MediaTransport, PacketHandler } from './media-transport.ts';
import { formatReceiverReport } from './receiver-report.ts';

/** Ports that the system offers before giving up: each is even with its neighbour free more often than not. */
const ATTEMPTS = 50;
/** A key frame arrives in one burst; the default of 208 KiB loses part of it. The system may grant less. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

const bind = async (address: string, port: number): Promise<dgram.Socket | null> => {
  const socket = dgram.createSocket(net.isIPv6(address) ? 'udp6' : 'udp4');
  try {
    socket.bind(port, address);
    await once(socket, 'listening');
    return socket;
  } catch {
    socket.close();
    return null;
  }
};

const bindPair = async (address: string): Promise<readonly [rtp: dgram.Socket, rtcp: dgram.Socket]> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const first = await bind(address, 0);
    if (first === null) break;
    const { port } = first.address();
    const isEven = port % 2 === 0;
    const second = await bind(address, isEven ? port + 1 : port - 1);
    if (second !== null) return isEven ? [first, second] : [second, first];
    first.close();
  }
  throw new RtspFault('no-port', `receive over UDP at ${address}`);
};

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * Packets are taken from the camera's address and from the `source` that it names, whatever their port: cameras behind a
 * second interface and those that send from another port than announced are played by every client. What is sent goes to the camera's
 * address alone: nobody else's is written to because a reply names it.
 * @throws RtspFault `no-port`
 */
export const openUdpTransport = async (localAddress: string, remoteAddress: string, onPacket: PacketHandler): Promise<MediaTransport> => {
  const local = plain(localAddress);
  const sockets = await bindPair(local);
  const [rtp, rtcp] = sockets;
  const camera = plain(remoteAddress);
  const friends = new Set([camera]);
  let strangers = 0;
  let target: { readonly rtpPort: number; readonly rtcpPort: number } | null = null;

  sockets.forEach((socket, index) => {
    const kind = index === 0 ? 'rtp' : 'rtcp';
    // An error of a datagram socket is about one datagram; the session's own limits see what is missing.
    socket.on('error', () => {});
    socket.on('message', (bytes, { address }) => {
      if (friends.has(plain(address))) onPacket(kind, bytes, performance.now());
      else strangers += 1;
    });
    try {
      socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    } catch {
      // The system's own size serves too.
    }
  });

  const send = (socket: dgram.Socket, packet: Buffer, port: number): void => {
    if (target !== null && port > 0) socket.send(packet, port, camera, () => {});
  };

  return {
    offer: transport('RTP/AVP', { delivery: 'unicast', clientPort: { first: rtp.address().port, second: rtcp.address().port } }),
    accept(answer: Transport | null, note) {
      if (answer !== null && isTcp(answer)) note({ id: 'other-transport', detail: `${answer.protocol} came, RTP/AVP was asked` });
      const source = answer?.source ?? null;
      const isAddress = source !== null && net.isIP(source) === net.isIP(local) && !/^(?:0\.0\.0\.0|::)$/.test(source);
      if (source !== null && net.isIP(source) === 0) note({ id: 'bad-source', detail: `source=${source}` });
      if (isAddress) friends.add(source);
      const ports = answer?.serverPort ?? null;
      if (ports === null) return;
      target = { rtpPort: ports.first, rtcpPort: ports.second ?? ports.first + 1 };
      // Firewalls let in what answers: an RTP packet without payload, as ffmpeg sends, and an empty report.
      send(rtp, Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), target.rtpPort);
      send(rtcp, formatReceiverReport(0, [], 'camera-conformance'), target.rtcpPort);
    },
    sendRtcp(packet) {
      if (target !== null) send(rtcp, packet, target.rtcpPort);
    },
    strangers: () => strangers,
    close: async () => {
      target = null;
      await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
    },
  };
};

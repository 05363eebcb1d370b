/** RTP within the RTSP connection (RFC 2326, 10.12). The camera may choose other channels than asked (deepch/RTSPtoWeb#83). */
import type { RtspConnection } from './connection.ts';
import { isTcp, transport } from './headers/transport.ts';
import type { MediaTransport, PacketHandler } from './media-transport.ts';

/** @param channel the even channel to ask for; RTCP is the next */
export const createTcpTransport = (connection: RtspConnection, channel: number, onPacket: PacketHandler): MediaTransport => {
  let rtcpChannel: number | null = null;
  return {
    offer: transport('RTP/AVP/TCP', { delivery: 'unicast', interleaved: { first: channel, second: channel + 1 } }),
    accept(answer, note) {
      if (answer !== null && !isTcp(answer)) note({ id: 'other-transport', detail: `${answer.protocol} came, RTP/AVP/TCP was asked` });
      if (answer !== null && answer.interleaved === null) note({ id: 'missing-interleaved', detail: `asked for ${channel}-${channel + 1}` });
      const rtp = answer?.interleaved?.first ?? channel;
      rtcpChannel = answer?.interleaved?.second ?? (rtp + 1) & 0xff;
      connection.openChannel(rtp, (bytes, arrivedAt) => onPacket('rtp', bytes, arrivedAt));
      connection.openChannel(rtcpChannel, (bytes, arrivedAt) => onPacket('rtcp', bytes, arrivedAt));
    },
    sendRtcp(packet) {
      if (rtcpChannel !== null) connection.sendFrame(rtcpChannel, packet);
    },
    strangers: () => 0,
    close: () => Promise.resolve(),
  };
};

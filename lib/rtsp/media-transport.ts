/** How the packets of one track reach us: the same for UDP and for TCP. */
import type { Deviation } from '../wire/exchange.ts';
import type { Transport } from './headers/transport.ts';

export type PacketKind = 'rtp' | 'rtcp';

/** `arrivedAt` in ms of `performance.now()`, taken as the bytes were read. */
export type PacketHandler = (kind: PacketKind, bytes: Buffer, arrivedAt: number) => void;

export interface MediaTransport {
  /** what the Transport header of SETUP asks for: one transport, unicast, no `mode` */
  readonly offer: Transport;
  /** Obeys the response; null when it has no Transport: then what was asked holds. Packets come from now on. */
  accept(answer: Transport | null, note: (deviation: Deviation) => void): void;
  sendRtcp(packet: Buffer): void;
  /** Packets that came from somewhere else. */
  strangers(): number;
  close(): Promise<void>;
}

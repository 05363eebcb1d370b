/** The one error of the RTSP client: there is no response, or none that lets a session go on. Its message holds no secrets. */

import type { RtspExchange } from '../wire/exchange.ts';
import { printable, shorten } from '../wire/printable.ts';
import { codeOf, reasonOf } from '../wire/socket-failure.ts';

export type RtspFaultReason =
  | 'refused'
  | 'unreachable'
  | 'name-not-found'
  | 'timeout'
  | 'dropped'
  | 'too-large'
  | 'not-rtsp'
  /** this side ended the connection */
  | 'closed'
  /** a step that a session needs got another status than 2xx */
  | 'status'
  /** this machine has no port or socket left to receive on */
  | 'no-port';

const because = (reason: RtspFaultReason, detail: string): string => {
  const with_ = detail === '' ? '' : ` (${printable(shorten(detail, 200))})`;
  switch (reason) {
    case 'refused':
      return 'nothing listens on that port. Check the port, and that RTSP is enabled on the camera';
    case 'unreachable':
      return 'the network has no way to that address. Check the address and the network';
    case 'name-not-found':
      return 'the host name is not known. Check its spelling, or use the address';
    case 'timeout':
      return `no complete response came in time${with_}. Check the address, or raise the time limit`;
    case 'dropped':
      return `the camera ended the connection${with_}. Try again; if it stays so, restart the camera`;
    case 'too-large':
      return `what it sent is larger than the limit${with_}. Check that the address is that of a camera`;
    case 'not-rtsp':
      return `what it sent is no RTSP${with_}. Check that the port is that of the RTSP server`;
    case 'closed':
      return 'the connection was closed on this side';
    case 'status':
      return `the camera answered ${printable(shorten(detail, 200))}`;
    case 'no-port':
      return `this machine has no pair of free UDP ports${with_}. End other programs that receive streams`;
  }
};

export class RtspFault extends Error {
  override readonly name = 'RtspFault';
  readonly reason: RtspFaultReason;
  /** the request that failed, null when it was none */
  readonly exchange: RtspExchange | null;

  /** @param what what could not be done, such as `reach 192.168.1.89:554` */
  constructor(reason: RtspFaultReason, what: string, detail = '', exchange: RtspExchange | null = null) {
    super(`Could not ${what}: ${because(reason, detail)}.`);
    this.reason = reason;
    this.exchange = exchange;
  }
}

/** Why a socket failed. */
export const reasonOfSocketError = (error: Error): { readonly reason: RtspFaultReason; readonly detail: string } => {
  const reason = reasonOf(error);
  return { reason: reason === 'tls' || reason === 'unparseable' ? 'dropped' : reason, detail: codeOf(error) };
};

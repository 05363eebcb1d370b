/** The error of a request that got no usable reply, and its sentence for people. */
import type { HttpExchange } from '../wire/exchange.ts';
import type { NoReplyReason } from '../wire/socket-failure.ts';

const origin = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed === null ? 'the camera' : `${parsed.protocol}//${parsed.host}`;
};

const portOf = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed === null ? '' : parsed.port || (parsed.protocol === 'https:' ? '443' : '80');
};

const because = (reason: NoReplyReason, url: string, durationMs: number): string => {
  switch (reason) {
    case 'refused':
      return `nothing listens on port ${portOf(url)}. Check the port, and that the camera has started`;
    case 'unreachable':
      return 'the network has no way to that address. Check the address and the network';
    case 'name-not-found':
      return 'the host name is not known. Check its spelling, or use the address';
    case 'tls':
      return 'no secure connection came about. Check whether the camera speaks HTTPS on that port';
    case 'timeout':
      return `no complete reply within ${Math.round(durationMs)} ms. Check the address, or raise the time limit`;
    case 'dropped':
      return 'the camera ended the connection before it had replied. Try again; if it stays so, restart the camera';
    case 'too-large':
      return 'the reply was given up because it is larger than the limit. Check that the address is that of a camera';
    case 'unparseable':
      return 'what it sent is no HTTP reply. Check that the port is that of the web server';
  }
};

const sentence = (reason: NoReplyReason, url: string, durationMs: number): string =>
  `Could not ${reason === 'refused' || reason === 'unreachable' || reason === 'name-not-found' || reason === 'tls' ? 'reach' : 'get a reply from'} ${origin(url)}: ${because(reason, url, durationMs)}.`;

/** No reply, or none that can be used. Its message and its exchange hold no secrets. */
export class NoReply extends Error {
  override readonly name = 'NoReply';
  readonly exchange: HttpExchange;
  readonly reason: NoReplyReason;

  constructor(reason: NoReplyReason, exchange: Omit<HttpExchange, 'failure'>) {
    const message = sentence(reason, exchange.url, exchange.durationMs);
    super(message);
    this.reason = reason;
    this.exchange = { ...exchange, failure: message };
  }
}

/** One sentence for people. Of `url` only scheme, host and port are shown. */
export const errorSentence = (error: NoReply, url: URL | string): string => sentence(error.reason, String(url), error.exchange.durationMs);

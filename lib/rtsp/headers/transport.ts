/** Transport (RFC 2326, 12.39): how the media of one track travel. A request may list several, a response holds one. */
import type { Deviation } from '../../wire/exchange.ts';
import { deviation, type Parsed } from './parsed.ts';

/** RTP first, RTCP second; null where the header names one only (legal: `interleaved=0`). */
export interface NumberPair {
  readonly first: number;
  readonly second: number | null;
}

export interface Transport {
  /** `RTP/AVP` (UDP), `RTP/AVP/UDP`, `RTP/AVP/TCP`, as spelt */
  readonly protocol: string;
  readonly delivery: 'unicast' | 'multicast' | null;
  readonly destination: string | null;
  readonly source: string | null;
  readonly port: NumberPair | null;
  readonly clientPort: NumberPair | null;
  readonly serverPort: NumberPair | null;
  /** 0 to 255 */
  readonly interleaved: NumberPair | null;
  /** 32 bits, as 8 hexadecimal digits on the wire */
  readonly ssrc: number | null;
  /** everything else, in order: `mode`, `ttl`, `layers`, `append`; value null for a bare word */
  readonly others: readonly (readonly [name: string, value: string | null])[];
}

const PLAIN: Omit<Transport, 'protocol'> = {
  delivery: null,
  destination: null,
  source: null,
  port: null,
  clientPort: null,
  serverPort: null,
  interleaved: null,
  ssrc: null,
  others: [],
};

/** A transport of that protocol with nothing else said. */
export const transport = (protocol: string, parameters: Partial<Omit<Transport, 'protocol'>> = {}): Transport => ({
  ...PLAIN,
  protocol,
  ...parameters,
});

export const isTcp = ({ protocol }: Transport): boolean => /\/TCP$/i.test(protocol);

const pairOf = (text: string, most: number): NumberPair | null => {
  const match = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(text);
  if (match === null) return null;
  const first = Number(match[1]);
  const second = match[2] === undefined ? null : Number(match[2]);
  return first > most || (second ?? 0) > most ? null : { first, second };
};

const PAIRS: Readonly<Record<string, readonly [member: 'port' | 'clientPort' | 'serverPort' | 'interleaved', most: number]>> = {
  port: ['port', 65_535],
  client_port: ['clientPort', 65_535],
  server_port: ['serverPort', 65_535],
  interleaved: ['interleaved', 255],
};

const unquote = (text: string): string => text.replace(/^"(.*)"$/, '$1');

/** The text of one transport, without commas between several. */
const parseOne = (text: string, deviations: Deviation[]): Transport => {
  const [protocol = '', ...parts] = text.split(';').map((part) => part.trim());
  if (!/^RTP\/AVP(?:\/(?:TCP|UDP))?$/i.test(protocol)) deviations.push(deviation('unknown-protocol', protocol));
  const read: { -readonly [K in keyof Transport]: Transport[K] } = { ...transport(protocol) };
  const others: [string, string | null][] = [];
  for (const part of parts.filter((each) => each !== '')) {
    const equals = part.indexOf('=');
    const spelt = equals < 0 ? part : part.slice(0, equals).trim();
    const name = spelt.toLowerCase();
    const value = equals < 0 ? null : part.slice(equals + 1).trim();
    const pair = PAIRS[name];
    if (value === null && (name === 'unicast' || name === 'multicast')) read.delivery = name;
    else if (pair !== undefined && value !== null) {
      read[pair[0]] = pairOf(value, pair[1]);
      if (read[pair[0]] === null) deviations.push(deviation('bad-port', part));
    } else if ((name === 'source' || name === 'destination') && value !== null) read[name] = unquote(value);
    else if (name === 'ssrc' && value !== null) {
      // 12.39 wants eight digits; what is longer is decimal or rubbish, and tells nothing.
      if (/^[0-9a-f]{1,8}$/i.test(value)) read.ssrc = Number.parseInt(value, 16);
      if (!/^[0-9a-f]{8}$/i.test(value)) deviations.push(deviation('bad-ssrc', part));
    } else others.push([spelt, value]);
  }
  return { ...read, others };
};

/** All transports of the header, best first as the sender ranks them; empty for an empty header. */
export const parseTransport = (text: string): Parsed<readonly Transport[]> => {
  const deviations: Deviation[] = [];
  const value = text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => parseOne(part, deviations));
  if (value.length === 0) deviations.push(deviation('empty-transport', text));
  return { value, deviations };
};

const formatPair = (name: string, pair: NumberPair | null): string[] =>
  pair === null ? [] : [`${name}=${pair.first}${pair.second === null ? '' : `-${pair.second}`}`];

const formatOne = (one: Transport): string =>
  [
    one.protocol,
    ...(one.delivery === null ? [] : [one.delivery]),
    ...(one.destination === null ? [] : [`destination=${one.destination}`]),
    ...formatPair('port', one.port),
    ...formatPair('client_port', one.clientPort),
    ...(one.source === null ? [] : [`source=${one.source}`]),
    ...formatPair('server_port', one.serverPort),
    ...formatPair('interleaved', one.interleaved),
    ...(one.ssrc === null ? [] : [`ssrc=${one.ssrc.toString(16).padStart(8, '0')}`]),
    ...one.others.map(([name, value]) => (value === null ? name : `${name}=${value}`)),
  ].join(';');

export const formatTransport = (transports: readonly Transport[]): string => transports.map(formatOne).join(',');

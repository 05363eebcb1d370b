/**
 * A request and its reply as they are read: the query decoded, a parameter a line; what the masked password was, in words; JSON broken
 * over lines, a blank line before the body. Nothing is made printable here: that is for who shows it.
 */
import type { Credentials } from '../wire/credentials.ts';
import type { Exchange, HttpExchange, RtspExchange } from '../wire/exchange.ts';
import { MASK } from '../wire/redact.ts';
import { brokenJson } from './broken-json.ts';

const MASKED = {
  right: 'the MD5 of the right password',
  'wrong-user': 'the MD5 of the right password',
  'wrong-password': 'the MD5 of a wrong password',
  'no-password': '',
  'plain-password': 'the right password itself, not its MD5',
  'near-miss': 'nearly the right one',
} as const satisfies Record<Credentials, string>;

/** Over RTSP as it was sent. */
export const requestText = (exchange: Exchange): string => (exchange.kind === 'rtsp' ? exchange.request.trimEnd() : httpRequestText(exchange));

function httpRequestText({ method, url, credentials, json }: HttpExchange): string {
  if (method === 'POST') return [`${method} ${url}`, '', ...(json === null ? [] : [brokenJson(json)])].join('\n').trimEnd();
  const at = url.indexOf('?');
  if (at < 0) return `${method} ${url}`;
  const parameters = url.slice(at + 1).split('&');
  return [`${method} ${url.slice(0, at)}`, ...parameters.map((parameter) => parameterText(parameter, credentials))].join('\n');
}

function parameterText(parameter: string, credentials: Credentials | undefined): string {
  const [name = '', encoded = ''] = parameter.split(/=(.*)/s);
  const masked = credentials === undefined || encoded !== MASK ? '' : MASKED[credentials];
  if (name === 'pwd' && masked !== '') return `pwd=${MASK} (${masked})`;
  const value = decoded(encoded);
  return `${name}=${name === 'json' ? brokenJson(value) : value}`;
}

/** As it is where it is no percent-encoded UTF-8. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Over RTSP as it came. Null where there was none. */
export function replyText(exchange: Exchange): string | null {
  if (exchange.reply === null) return null;
  if (exchange.kind === 'rtsp') return exchange.reply.text.trimEnd();
  const { statusLine, headers, text, bytes } = exchange.reply;
  const body = text === null ? `(${bytes.toLocaleString('en-US')} bytes that are no text)` : brokenJson(text);
  return [statusLine, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join('\n').trimEnd();
}

/** One of a dialogue: the request, what came, and the deviations. */
export const formatRtspExchange = ({ request, reply, failure, deviations, durationMs, remote }: RtspExchange): string =>
  [
    `To ${remote}`,
    request.trimEnd(),
    '',
    reply === null ? `No response: ${failure ?? ''}` : `After ${durationMs} ms\n${reply.text.trimEnd()}`,
    ...deviations.map(({ id, detail }) => `Deviation ${id}: ${detail}`),
  ].join('\n');

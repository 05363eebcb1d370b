/** An RTSP session for a person: a line that plays the stream, and the requests as they have to be sent, in order. */
import type { RtspExchange } from '../../wire/exchange.ts';
import { printable } from '../../wire/printable.ts';
import { MASK } from '../../wire/redact.ts';
import { shellWord } from './shell-word.ts';

const USER = { expansion: `\${CAMERA_USER:-admin}` };
const PASSWORD = { expansion: `\${CAMERA_PASSWORD:-123456}` };
/** How long the line plays a stream. */
export const PLAYED_S = 5;

const UNAUTHORIZED = 401;
const FIRST_REFUSAL = 400;

/** What of ffmpeg's words shows a fault: the replies line by line, what refused, what the stream is, and how much came. */
const TELLING = `grep -aE "line='[^']|method .* failed|Stream #|video:"`;

/**
 * ffmpeg says what the camera replies and what the stream is, and when it ends how much came. Null where the session did not get as far as to a stream, unless a
 * step to it was refused: a login that is tried on purpose is none that ffmpeg could repeat.
 */
export function playLine(exchanges: readonly RtspExchange[]): string | null {
  const described = exchanges.find(({ method }) => method === 'DESCRIBE');
  const last = exchanges.at(-1)?.reply?.status ?? FIRST_REFUSAL;
  const isPlayed = exchanges.some(({ method }) => method === 'PLAY');
  if (described === undefined || (!isPlayed && (last < FIRST_REFUSAL || last === UNAUTHORIZED))) return null;
  const address = /^rtsp:\/\/(?:[^@/]*@)?(.*)$/s.exec(described.url)?.[1] ?? '';
  const transport = exchanges.some(({ method, request }) => method === 'SETUP' && /^Transport:.*\bRTP\/AVP\/TCP\b/im.test(request)) ? 'tcp' : 'udp';
  const url = shellWord('rtsp://', USER, ':', PASSWORD, `@${printable(address)}`);
  return `ffmpeg -hide_banner -nostdin -nostats -loglevel trace -rtsp_transport ${transport} -i ${url} -t ${PLAYED_S} -c copy -f null - 2>&1 | ${TELLING}`;
}

/** The text of the requests, and a line before it that says what has to be known to send them. Printable as it is. */
export function dialogueOf(exchanges: readonly RtspExchange[]): string | null {
  const requests = exchanges.filter((exchange, index) => !isAskedAgain(exchange, exchanges[index + 1]));
  const [first] = requests;
  if (first === undefined) return null;
  const session = exchanges.map(({ reply }) => headerIn(reply?.text, 'Session')?.split(';')[0]?.trim()).find((id) => id !== undefined && id !== '');
  const texts = requests.map((exchange) => textOf(exchange, session));
  return [
    `Over one connection to ${printable(URL.canParse(first.url) ? new URL(first.url).host : first.url)}, each request when the one before is answered. ${loginOf(exchanges)}`,
    ...texts,
  ].join('\n\n');
}

/** Refused for want of a login, and asked again with one. */
const isAskedAgain = ({ method, url, reply }: RtspExchange, next: RtspExchange | undefined): boolean =>
  reply?.status === UNAUTHORIZED && next !== undefined && next.method === method && next.url === url;

function loginOf(exchanges: readonly RtspExchange[]): string {
  const refused = exchanges.find(({ reply }) => reply?.status === UNAUTHORIZED);
  if (refused === undefined)
    return 'The camera asked for no authentication during this session: where it does, each request needs an Authorization header.';
  const scheme = headerIn(refused.reply?.text, 'WWW-Authenticate')?.split(' ')[0] ?? '';
  return `The camera asked for authentication (status 401, ${printable(scheme)}): its nonce goes into the answer, which is made of user and password.`;
}

const headerIn = (text: string | null | undefined, name: string): string | undefined =>
  new RegExp(`^${name}[ \\t]*:[ \\t]*(.*)$`, 'im').exec(text?.split(/\r?\n\r?\n/)[0] ?? '')?.[1]?.trim();

/** As sent; what holds only in the connection that it belongs to is said in words. */
function textOf({ request }: RtspExchange, session: string | undefined): string {
  const lines = request.trimEnd().split(/\r?\n/).map(printable);
  return lines
    .map((line) => {
      if (session !== undefined && line === `Session: ${printable(session)}`) return 'Session: <Session of the reply to SETUP>';
      if (!/^Authorization:/i.test(line)) return line;
      return line
        .replace(/nonce="[^"]*"/, 'nonce="<nonce of the reply with status 401>"')
        .replace(`response="${MASK}"`, 'response="<MD5 of user, password, nonce, method and URL: RFC 2617>"')
        .replace(`Basic ${MASK}`, 'Basic <Base64 of user:password>');
    })
    .join('\n');
}

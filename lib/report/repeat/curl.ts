/**
 * A recorded HTTP request as a `curl` line that sends it again, to be pasted into a shell. The line is printable as it is: what a
 * terminal would take for something else goes into it percent-encoded. It holds no secret; the password comes from
 * `CAMERA_PASSWORD`, and whatever else is masked in the record has to be given as `CAMERA_SECRET`.
 */

import { WEB_LOG_IN } from '../../cgi/web-dialect.ts';
import { type Credentials, WRONG_ENDING } from '../../wire/credentials.ts';
import type { HttpExchange, RecordedReply } from '../../wire/exchange.ts';
import { encodeValue, rawValue } from '../../wire/percent-encoding.ts';
import { printable } from '../../wire/printable.ts';
import { MASK } from '../../wire/redact.ts';
import { shellWord, type WordPart } from './shell-word.ts';

/** The same defaults as the suite has (`CAMERA_PASSWORD`). */
const PASSWORD = `\${CAMERA_PASSWORD:-123456}`;
const USER: WordPart = { expansion: `\${CAMERA_USER:-admin}` };
const SECRET: WordPart = { expansion: `\${CAMERA_SECRET:?must hold what the report masks}` };
const digestOf = (password: string): WordPart => ({ expansion: `$(printf %s "${password}" | md5sum | cut -c1-32)` });

const PWD: Readonly<Record<Credentials, WordPart>> = {
  right: digestOf(PASSWORD),
  'wrong-user': digestOf(PASSWORD),
  'wrong-password': digestOf(PASSWORD + WRONG_ENDING),
  'no-password': '',
  'plain-password': { expansion: PASSWORD },
  'near-miss': SECRET,
};

/** A camera that did not answer in this time would not have answered the suite either. */
const LONGEST_WAIT_S = 30;

interface Parameter {
  readonly name: string;
  /** as in the record: percent-encoded */
  readonly encoded: string;
}

/** Repeats an exchange over HTTP. `-i` shows the head of the reply; bytes that are no text go to a file, each step's to its own. */
export function curlLine(exchange: HttpExchange, step = 0): string {
  if (exchange.method === 'POST') return postLine(exchange);
  const [address = '', query] = split(exchange.url, '?');
  const parameters = query === undefined ? [] : query.split('&').map(parameterOf);
  const words = [
    'curl',
    exchange.reply !== null && exchange.reply.text === null && exchange.reply.bytes > 0 ? `-sS -D - -o ${fileOf(exchange.reply, step)}` : '-sSi',
    ...(exchange.isHttpLogIn ? [`--anyauth --user ${shellWord(USER, ':', { expansion: PASSWORD })}`] : []),
    ...(exchange.url.startsWith('https:') ? ['--insecure'] : []),
    ...(/[[\]{}]/.test(address) ? ['--globoff'] : []),
    ...(exchange.reply === null ? [`--max-time ${LONGEST_WAIT_S}`] : []),
    ...(parameters.length > 0 ? ['-G'] : []),
    shellWord(...withSecrets(harmless(address))),
    ...parameters.map((parameter) => wordsOf(parameter, exchange)),
  ];
  return words.join(' ');
}

/** With the JSON as body; what may not stand on a terminal is escaped as JSON has it. */
function postLine({ url, json, reply }: Pick<HttpExchange, 'url' | 'json' | 'reply'>): string {
  return postWords(harmless(url), withSecrets(escaped(json ?? '')), reply === null);
}

/** The line that a person is let in by before all others, as `WEB` is: whoever asks from this address is the administrator then. */
export const logInLine = ({ url }: Pick<HttpExchange, 'url'>): string =>
  postWords(harmless(url.replace(/\/action\/\w*$/, `/action/${WEB_LOG_IN}`)), ['{"passwd":"', digestOf(PASSWORD), '"}'], false);

const postWords = (url: string, body: readonly WordPart[], isUnanswered: boolean): string =>
  [
    'curl -sSi',
    ...(url.startsWith('https:') ? ['--insecure'] : []),
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(isUnanswered ? [`--max-time ${LONGEST_WAIT_S}`] : []),
    `-H 'Content-Type: application/json'`,
    `--data-raw ${shellWord(...body)}`,
    shellWord(...withSecrets(url)),
  ].join(' ');

const escaped = (json: string): string =>
  [...json].map((character) => (printable(character) === character ? character : unitsOf(character))).join('');

const unitsOf = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/bmp': 'bmp' };

const fileOf = ({ headers }: RecordedReply, step: number): string => {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? '';
  return `reply${step === 0 ? '' : step + 1}.${EXTENSIONS[type] ?? 'bin'}`;
};

const split = (text: string, separator: string): readonly [string, string?] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
};

const parameterOf = (text: string): Parameter => {
  const [name, encoded = ''] = split(text, '=');
  return { name, encoded };
};

function wordsOf({ name, encoded }: Parameter, { url, credentials, deviations }: HttpExchange): string {
  const claimed = credentials ?? (url.includes(`pwd=${MASK}`) ? 'right' : undefined);
  const value = decoded(encoded);
  if (name === 'user' && claimed !== undefined && claimed !== 'wrong-user' && claimed !== 'near-miss') return encodedBy('user=', userOf(value));
  if (name === 'pwd' && encoded === MASK && claimed !== undefined) return encodedBy('pwd=', PWD[claimed]);
  const isRaw = name === 'json' && deviations.some(({ id }) => id === 'percent-encoding-refused');
  if (isRaw) return `--data ${shellWord(`${name}=`, ...withSecrets(unescaped(encoded)))}`;
  if (value === null || printable(value) !== value || !/^\w+$/.test(name))
    return `--data ${shellWord(...withSecrets(harmless(`${name}=${encoded}`)))}`;
  return encodedBy(`${name}=`, ...withSecrets(value));
}

const encodedBy = (...parts: readonly WordPart[]): string => `--data-urlencode ${shellWord(...parts)}`;

/** The user of the run, unless the variable names another. */
const userOf = (user: string | null): WordPart => ({
  expansion: user !== null && /^[\w.@-]+$/.test(user) ? `\${CAMERA_USER:-${user}}` : `\${CAMERA_USER:?}`,
});

const withSecrets = (text: string): readonly WordPart[] => text.split(MASK).flatMap((part, index) => (index === 0 ? [part] : [SECRET, part]));

/** null where it is no percent-encoded UTF-8, which no request of the suite is. */
function decoded(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** What is not printable is percent-encoded, as it should have been. */
const harmless = (text: string): string =>
  [...text].map((character) => (printable(character) === character ? character : encodeValue(character))).join('');

/** The form that some cameras insist on, see `rawValue`; what may not stand on a terminal stays percent-encoded. */
const unescaped = (encoded: string): string => harmless(Buffer.from(rawValue(encoded), 'latin1').toString('utf8'));

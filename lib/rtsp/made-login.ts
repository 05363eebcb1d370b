/** Credentials of one's own making for a challenge: such as a server must refuse although whoever sends them knows the password. */
import { MASK } from '../wire/redact.ts';
import type { Authorized, RtspCredentials } from './auth.ts';
import { digestAlgorithm, digestResponse } from './digest.ts';
import { formatAuthorization } from './headers/authorization.ts';
import { type Challenge, parameterOf, parseWwwAuthenticate } from './headers/www-authenticate.ts';
import type { Header } from './messages.ts';

/** What a Digest was computed with in place of what the challenge says: a nonce that was never given, another realm, another method. */
export type Forgery = 'nonce' | 'realm' | 'method';

export interface ForgedRequest {
  readonly method: string;
  readonly url: string;
}

/** A Digest for the challenge of a 401, with one thing forged where that is named; null where the server offers no Digest that could be answered. */
export function madeDigest(
  challenges: readonly Header[],
  { user, password }: RtspCredentials,
  { method, url }: ForgedRequest,
  what: Forgery | null = null,
): Authorized | null {
  const offered = challengesIn(challenges).find(
    ({ scheme, parameters }) =>
      scheme.toLowerCase() === 'digest' &&
      digestAlgorithm(parameterOf(parameters, 'algorithm')) === 'MD5' &&
      parameterOf(parameters, 'qop') === undefined,
  );
  const given = (name: string): string => parameterOf(offered?.parameters ?? [], name) ?? '';
  if (offered === undefined || given('nonce') === '') return null;
  const realm = what === 'realm' ? `${given('realm')} of another` : given('realm');
  const nonce =
    what === 'nonce'
      ? [...given('nonce')]
          .reverse()
          .join('')
          .replace(/^./, (first) => (first === '0' ? '1' : '0'))
      : given('nonce');
  const response = digestResponse({
    algorithm: 'MD5',
    user,
    realm,
    password,
    method: what === 'method' ? 'OPTIONS' : method,
    uri: url,
    nonce,
    qop: null,
    nc: '',
    cnonce: '',
  });
  const written = (shown: string): string =>
    formatAuthorization({
      scheme: 'digest',
      parameters: [
        ['username', user],
        ['realm', realm],
        ['nonce', nonce],
        ['uri', url],
        ['response', shown],
      ],
    });
  return { sent: written(response), shown: written(MASK), secrets: [response] };
}

/** Basic for a challenge of a 401; null where the server does not offer it. */
export function madeBasic(challenges: readonly Header[], { user, password }: RtspCredentials): Authorized | null {
  const isOffered = challengesIn(challenges).some(({ scheme }) => scheme.toLowerCase() === 'basic');
  if (!isOffered) return null;
  const sent = formatAuthorization({ scheme: 'basic', user, password });
  return { sent, shown: `Basic ${MASK}`, secrets: [sent.replace('Basic ', ''), password] };
}

const challengesIn = (headers: readonly Header[]): readonly Challenge[] =>
  headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').flatMap(([, value]) => parseWwwAuthenticate(value).value);

/**
 * Who the client claims to be. Nothing is sent before the server asks (rroller/dahua#583: pre-emptive Basic is refused by
 * some). Any 401 is answered once per nonce, since cameras change it in mid-session.
 */
import { randomBytes } from 'node:crypto';
import type { Deviation } from '../wire/exchange.ts';
import { type DigestAlgorithm, digestAlgorithm, digestResponse } from './digest.ts';
import { type Authorization, basicToken, formatAuthorization, showAuthorization } from './headers/authorization.ts';
import { deviation } from './headers/parsed.ts';
import { type Challenge, parameterOf, parseWwwAuthenticate } from './headers/www-authenticate.ts';
import type { Header } from './messages.ts';

export interface RtspCredentials {
  readonly user: string;
  /** plain */
  readonly password: string;
}

/** `none` never answers a challenge. */
export type RtspLogin = 'right' | 'none' | 'wrong-user' | 'wrong-password';

/** The Authorization header of one request: as sent, as recorded, and what an echo of it must not show. */
export interface Authorized {
  readonly sent: string;
  readonly shown: string;
  readonly secrets: readonly string[];
}

export interface Authenticator {
  /** null while no challenge is there to answer. */
  authorize(method: string, url: string): Authorized | null;
  /**
   * Takes the challenges of a 401; true when the request is worth repeating. What is odd about them goes to `note`.
   * @param answered the refused request already answered a challenge of just now: then only `stale=true` asks for another
   */
  challenged(headers: readonly Header[], note: (deviation: Deviation) => void, answered: boolean): boolean;
  /** What the last challenge made it choose, null before one. */
  chosen(): { readonly scheme: 'basic' | 'digest'; readonly algorithm: DigestAlgorithm | null; readonly qop: 'auth' | null } | null;
  /** Whatever must never be recorded. */
  readonly secrets: readonly string[];
}

/** Nonces that were used are remembered, at most so many. */
const MAX_NONCES = 1000;

const claimOf = ({ user, password }: RtspCredentials, login: RtspLogin): RtspCredentials => {
  if (login === 'wrong-user') return { user: user === 'nobody' ? 'noone' : 'nobody', password };
  return login === 'wrong-password' ? { user, password: `${password}-wrong` } : { user, password };
};

interface Candidate {
  readonly scheme: 'basic' | 'digest';
  readonly strength: number;
  readonly challenge: Challenge;
}

/** null for what cannot be answered: another scheme or algorithm, `qop` without `auth`, no nonce. */
const candidateOf = (challenge: Challenge): Candidate | null => {
  const scheme = challenge.scheme.toLowerCase();
  if (scheme === 'basic') return { scheme, strength: 1, challenge };
  if (scheme !== 'digest' || !parameterOf(challenge.parameters, 'nonce')) return null;
  const algorithm = digestAlgorithm(parameterOf(challenge.parameters, 'algorithm'));
  const qop = parameterOf(challenge.parameters, 'qop');
  if (algorithm === null || (qop !== undefined && qop.trim() !== '' && !offersAuth(qop))) return null;
  return { scheme, strength: algorithm.startsWith('SHA') ? 3 : 2, challenge };
};

const offersAuth = (qop: string): boolean => qop.split(',').some((each) => each.trim().toLowerCase() === 'auth');

export const createAuthenticator = (credentials: RtspCredentials | null, login: RtspLogin = 'right'): Authenticator => {
  const claim = credentials === null || login === 'none' ? null : claimOf(credentials, login);
  const nonces = new Set<string>();
  let chosen: Candidate | null = null;
  let basicTried = false;
  let count = 0;

  const digest = ({ challenge }: Candidate, { user, password }: RtspCredentials, method: string, uri: string): Authorization => {
    const get = (name: string): string | undefined => parameterOf(challenge.parameters, name);
    const realm = get('realm') ?? '';
    const nonce = get('nonce') ?? '';
    const algorithm = digestAlgorithm(get('algorithm')) ?? 'MD5';
    const qop = offersAuth(get('qop') ?? '') ? 'auth' : null;
    count += 1;
    const nc = count.toString(16).padStart(8, '0');
    const cnonce = randomBytes(8).toString('hex');
    const response = digestResponse({ algorithm, user, realm, password, method, uri, nonce, qop, nc, cnonce });
    const optional: (readonly [string, string | undefined])[] = [
      ['algorithm', get('algorithm') === undefined ? undefined : algorithm],
      ['opaque', get('opaque')],
      ['qop', qop ?? undefined],
      ['nc', qop === null ? undefined : nc],
      ['cnonce', qop === null && !algorithm.endsWith('-sess') ? undefined : cnonce],
    ];
    return {
      scheme: 'digest',
      parameters: [
        ['username', user],
        ['realm', realm],
        ['nonce', nonce],
        ['uri', uri],
        ['response', response],
        ...optional.filter((parameter): parameter is readonly [string, string] => parameter[1] !== undefined),
      ],
    };
  };

  return {
    authorize(method, url) {
      if (claim === null || chosen === null) return null;
      if (chosen.scheme === 'basic') basicTried = true;
      else if (nonces.size < MAX_NONCES) nonces.add(parameterOf(chosen.challenge.parameters, 'nonce') ?? '');
      const authorization: Authorization = chosen.scheme === 'basic' ? { scheme: 'basic', ...claim } : digest(chosen, claim, method, url);
      const secret =
        authorization.scheme === 'basic' ? basicToken(claim.user, claim.password) : (parameterOf(authorization.parameters, 'response') as string);
      return { sent: formatAuthorization(authorization), shown: showAuthorization(authorization), secrets: [secret] };
    },
    challenged(headers, note, answered) {
      const values = headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').map(([, value]) => value);
      if (values.length === 0) note(deviation('missing-challenge', '401 without WWW-Authenticate'));
      const parsed = values.map(parseWwwAuthenticate);
      for (const { deviations } of parsed) deviations.forEach(note);
      let best: Candidate | null = null;
      for (const challenge of parsed.flatMap(({ value }) => value)) {
        const candidate = candidateOf(challenge);
        if (candidate !== null && candidate.strength > (best?.strength ?? 0)) best = candidate;
      }
      if (best === null || claim === null) return false;
      const nonce = parameterOf(best.challenge.parameters, 'nonce') ?? '';
      // Many servers give each refusal a new nonce; trying them all would lock the user out.
      const isWanted = !answered || parameterOf(best.challenge.parameters, 'stale')?.trim().toLowerCase() === 'true';
      const isNew = best.scheme === 'basic' ? !basicTried : !nonces.has(nonce) && nonces.size < MAX_NONCES;
      if (best.scheme !== chosen?.scheme || nonce !== parameterOf(chosen.challenge.parameters, 'nonce')) count = 0;
      chosen = best;
      return isNew && isWanted;
    },
    chosen() {
      if (chosen === null) return null;
      const { scheme, challenge } = chosen;
      if (scheme === 'basic') return { scheme, algorithm: null, qop: null };
      const qop = offersAuth(parameterOf(challenge.parameters, 'qop') ?? '') ? 'auth' : null;
      return { scheme, algorithm: digestAlgorithm(parameterOf(challenge.parameters, 'algorithm')), qop };
    },
    secrets: credentials === null ? [] : [credentials.password, ...(claim === null ? [] : [claim.password, basicToken(claim.user, claim.password)])],
  };
};

import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAuthenticator } from './auth.ts';
import { parseAuthorization } from './headers/authorization.ts';
import type { Header } from './messages.ts';

const CREDENTIALS = { user: 'admin', password: 'secret-1' };
const URL = 'rtsp://h/stream_0';
const challenge = (...values: string[]): Header[] => values.map((value) => ['Www-Authenticate', value] as const);
const MD5 = 'Digest realm="r", nonce="n1"';
const SHA = 'Digest realm="r", nonce="n1", algorithm=SHA-256, qop="auth,auth-int", opaque="o"';
const none = (): void => {};

const parametersOf = (sent: string): Record<string, string> => {
  const { value } = parseAuthorization(sent);
  return value?.scheme === 'digest' ? Object.fromEntries(value.parameters) : {};
};
const hash = (name: string, text: string): string => createHash(name).update(text).digest('hex');

it('sends nothing before it is asked', () => {
  expect(createAuthenticator(CREDENTIALS).authorize('OPTIONS', URL)).toBeNull();
});

it.each([
  ['Basic alone', challenge('Basic realm="r"'), { scheme: 'basic', algorithm: null, qop: null }],
  ['Digest without qop', challenge(MD5), { scheme: 'digest', algorithm: 'MD5', qop: null }],
  ['Digest beside Basic', challenge('Basic realm="r"', MD5), { scheme: 'digest', algorithm: 'MD5', qop: null }],
  ['SHA-256 beside MD5', challenge(SHA, MD5, 'Basic realm="r"'), { scheme: 'digest', algorithm: 'SHA-256', qop: 'auth' }],
  ['several in one line', challenge(`Basic realm="r", ${MD5}`), { scheme: 'digest', algorithm: 'MD5', qop: null }],
  [
    'one beside what nobody knows',
    challenge('Digest realm="r", nonce="x", algorithm=SHA-512', 'Basic realm="r"'),
    { scheme: 'basic', algorithm: null, qop: null },
  ],
  [
    'Basic where Digest wants auth-int',
    challenge('Digest realm="r", nonce="x", qop="auth-int"', 'Basic realm="r"'),
    { scheme: 'basic', algorithm: null, qop: null },
  ],
])('chooses %s', (_, headers, chosen) => {
  const authenticator = createAuthenticator(CREDENTIALS);
  expect(authenticator.challenged(headers, none, false)).toBe(true);
  expect(authenticator.chosen()).toEqual(chosen);
});

it('answers Basic, and shows nothing of it', () => {
  const authenticator = createAuthenticator(CREDENTIALS);
  authenticator.challenged(challenge('Basic realm="r"'), none, false);
  expect(authenticator.authorize('OPTIONS', URL)).toEqual({
    sent: 'Basic YWRtaW46c2VjcmV0LTE=',
    shown: 'Basic ***',
    secrets: ['YWRtaW46c2VjcmV0LTE='],
  });
  expect(authenticator.challenged(challenge('Basic realm="r"'), none, false)).toBe(false);
});

it('answers Digest without qop as RFC 2069', () => {
  const authenticator = createAuthenticator(CREDENTIALS);
  authenticator.challenged(challenge(MD5), none, false);
  const authorized = authenticator.authorize('PLAY', URL);
  const response = hash('md5', `${hash('md5', 'admin:r:secret-1')}:n1:${hash('md5', `PLAY:${URL}`)}`);
  expect(parametersOf(authorized?.sent ?? '')).toEqual({ username: 'admin', realm: 'r', nonce: 'n1', uri: URL, response });
  expect(authorized?.shown).not.toContain(response);
  expect(authorized?.secrets).toEqual([response]);
});

it('answers Digest with SHA-256 and qop, counting', () => {
  const authenticator = createAuthenticator(CREDENTIALS);
  authenticator.challenged(challenge(SHA), none, false);
  authenticator.authorize('OPTIONS', URL);
  const sent = parametersOf(authenticator.authorize('PLAY', URL)?.sent ?? '');
  const key = hash('sha256', 'admin:r:secret-1');
  const response = hash('sha256', `${key}:n1:00000002:${sent.cnonce}:auth:${hash('sha256', `PLAY:${URL}`)}`);
  expect(sent).toMatchObject({ algorithm: 'SHA-256', opaque: 'o', qop: 'auth', nc: '00000002', response });
});

it('answers each nonce once, and a second one in a row only when the first was stale', () => {
  const authenticator = createAuthenticator(CREDENTIALS);
  const nonce = (name: string, more = ''): Header[] => challenge(`Digest realm="r", nonce="${name}"${more}`);
  expect(authenticator.challenged(nonce('n1'), none, false)).toBe(true);
  authenticator.authorize('PLAY', URL);
  expect(authenticator.challenged(nonce('n1'), none, false)).toBe(false);
  expect(authenticator.challenged(nonce('n2'), none, false)).toBe(true);
  authenticator.authorize('PLAY', URL);
  expect(authenticator.challenged(nonce('n3'), none, true)).toBe(false);
  expect(authenticator.challenged(nonce('n4', ', stale=TRUE'), none, true)).toBe(true);
});

it('notes what is odd about challenges', () => {
  const ids: string[] = [];
  const authenticator = createAuthenticator(CREDENTIALS);
  authenticator.challenged(challenge('Digest realm="r", nonce="n", stale="FALSE"'), ({ id }) => ids.push(id), false);
  expect(authenticator.challenged([], ({ id }) => ids.push(id), false)).toBe(false);
  expect(ids).toEqual(['quoted-parameter', 'missing-challenge']);
});

it.each([
  ['none', null],
  ['wrong-user', 'nobody:secret-1'],
  ['wrong-password', 'admin:secret-1-wrong'],
] as const)('can be told to log in as %s', (login, token) => {
  const authenticator = createAuthenticator(CREDENTIALS, login);
  expect(authenticator.challenged(challenge('Basic realm="r"'), none, false)).toBe(token !== null);
  const sent = authenticator.authorize('OPTIONS', URL)?.sent ?? null;
  expect(sent).toBe(token === null ? null : `Basic ${Buffer.from(token).toString('base64')}`);
});

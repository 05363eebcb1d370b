import { describe, expect, it } from 'vitest';
import { MASK } from '../wire/redact.ts';
import { digestResponse } from './digest.ts';
import { type Forgery, forgedDigest, wrongBasic } from './forged-login.ts';
import { parseAuthorization } from './headers/authorization.ts';
import type { Header } from './messages.ts';

const CREDENTIALS = { user: 'admin', password: 'secret-1' };
const REQUEST = { method: 'DESCRIBE', url: 'rtsp://h/stream_0' };
const challenges: readonly Header[] = [
  ['WWW-Authenticate', 'Basic realm="r"'],
  ['WWW-Authenticate', 'Digest realm="r", nonce="0a1b2c"'],
];

const parametersOf = (sent: string): Record<string, string> => {
  const { value } = parseAuthorization(sent);
  return value?.scheme === 'digest' ? Object.fromEntries(value.parameters) : {};
};
const responseFor = (parameters: Record<string, string>, method: string): string =>
  digestResponse({
    algorithm: 'MD5',
    ...CREDENTIALS,
    realm: parameters.realm ?? '',
    nonce: parameters.nonce ?? '',
    method,
    uri: parameters.uri ?? '',
    qop: null,
    nc: '',
    cnonce: '',
  });

describe('a Digest that is right but for', () => {
  it.each<[Forgery, Record<string, string>]>([
    ['nonce', { realm: 'r' }],
    ['realm', { nonce: '0a1b2c' }],
    ['method', { realm: 'r', nonce: '0a1b2c' }],
  ])('%s', (what, kept) => {
    const forged = forgedDigest(challenges, CREDENTIALS, REQUEST, what);
    const parameters = parametersOf(forged?.sent ?? '');
    expect(parameters).toMatchObject({ username: 'admin', uri: REQUEST.url, ...kept });
    if (what !== 'method') expect(parameters[what]).not.toBe({ nonce: '0a1b2c', realm: 'r' }[what]);
    expect(parameters.response).toBe(responseFor(parameters, what === 'method' ? 'OPTIONS' : 'DESCRIBE'));
    expect(forged?.shown).toContain(MASK);
    expect(forged?.shown).not.toContain(parameters.response);
    expect(forged?.secrets).toEqual([parameters.response]);
  });

  it.each([
    ['no Digest', ['WWW-Authenticate', 'Basic realm="r"']],
    ['SHA-256 alone', ['WWW-Authenticate', 'Digest realm="r", nonce="n", algorithm=SHA-256']],
    ['a Digest with qop', ['WWW-Authenticate', 'Digest realm="r", nonce="n", qop="auth"']],
  ] as const)('nothing, where the server offers %s', (_, header) => {
    expect(forgedDigest([header], CREDENTIALS, REQUEST, 'nonce')).toBeNull();
  });
});

it('writes Basic with another password, and shows neither', () => {
  const { sent, shown, secrets } = wrongBasic(CREDENTIALS);
  expect(parseAuthorization(sent).value).toEqual({ scheme: 'basic', user: 'admin', password: 'secret-1-wrong' });
  expect(shown).toBe(`Basic ${MASK}`);
  expect(secrets).toContain(sent.replace('Basic ', ''));
});

import { describe, expect, it } from 'vitest';
import { MASK } from '../wire/redact.ts';
import { digestResponse } from './digest.ts';
import { parseAuthorization } from './headers/authorization.ts';
import { type Forgery, madeBasic, madeDigest } from './made-login.ts';
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
    const forged = madeDigest(challenges, CREDENTIALS, REQUEST, what);
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
    expect(madeDigest([header], CREDENTIALS, REQUEST, 'nonce')).toBeNull();
  });
});

it('a Digest with nothing forged is right', () => {
  const parameters = parametersOf(madeDigest(challenges, CREDENTIALS, REQUEST)?.sent ?? '');
  expect(parameters).toMatchObject({ realm: 'r', nonce: '0a1b2c', response: responseFor(parameters, 'DESCRIBE') });
});

it('writes Basic where it is offered, and shows neither password nor token', () => {
  const made = madeBasic(challenges, CREDENTIALS);
  expect(parseAuthorization(made?.sent ?? '').value).toEqual({ scheme: 'basic', ...CREDENTIALS });
  expect(made?.shown).toBe(`Basic ${MASK}`);
  expect(made?.secrets).toEqual([made?.sent.replace('Basic ', ''), CREDENTIALS.password]);
  expect(madeBasic([['WWW-Authenticate', 'Digest realm="r", nonce="n"']], CREDENTIALS)).toBeNull();
});

/**
 * Credentials that are nearly right: what careless firmware lets in beside the right ones. Each is made from the right ones where the
 * request is made, so that no check holds them.
 */
import { Buffer } from 'node:buffer';
import type { NearMissOf, RightLogin } from '../../wire/credentials.ts';
import { md5Hex } from '../../wire/md5.ts';

export interface NearMiss {
  readonly words: string;
  readonly make: NearMissOf;
}

const password = (words: string, pwd: (right: RightLogin) => string | null): NearMiss => ({
  words,
  make: (right) => ({ user: right.user, pwd: pwd(right) }),
});

const user = (words: string, name: (right: string) => string | null): NearMiss => ({
  words,
  make: (right) => ({ user: name(right.user), pwd: right.digest }),
});

const otherCase = (name: string): string => (name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase());

export const USER_IN_OTHER_CASE: NearMiss = user('the user in another case', (name) => (otherCase(name) === name ? `${name}?` : otherCase(name)));
export const LONGER_PASSWORD: NearMiss = password('the MD5 with a digit more behind it', ({ digest }) => `${digest}0`);
const BEGINNING_OF_PASSWORD: NearMiss = password('the first 8 digits of the MD5', ({ digest }) => digest.slice(0, 8));
const EMPTY_PASSWORD: NearMiss = password('an empty password', () => '');
const PASSWORD_OF_NOTHING: NearMiss = password('the MD5 of the empty text', () => md5Hex(''));
const EMPTY_USER: NearMiss = user('an empty user', () => '');
const NO_USER: NearMiss = user('no user', () => null);
const NOBODY: NearMiss = { words: 'neither user nor password', make: () => ({ user: null, pwd: null }) };

/** Whether it is what logs in: of an empty password, say, the MD5 of the empty text does. */
export function isRightLogin({ make }: NearMiss, { user: name, password: word }: Pick<RightLogin, 'user' | 'password'>): boolean {
  const digest = md5Hex(word);
  const sent = make({ user: name, password: word, digest });
  return sent.user === name && sent.pwd?.toLowerCase() === digest;
}

/** What each action is asked with, beside a wrong user and a wrong password. */
export const NEAR_MISSES: readonly NearMiss[] = [BEGINNING_OF_PASSWORD, EMPTY_PASSWORD, PASSWORD_OF_NOTHING, EMPTY_USER, NO_USER, NOBODY];

/** The MD5 in the other case is the same MD5, so that it is none of these. */
export const NEAR_PASSWORDS: readonly NearMiss[] = [
  BEGINNING_OF_PASSWORD,
  password('the first 31 digits of the MD5', ({ digest }) => digest.slice(0, -1)),
  LONGER_PASSWORD,
  password('the MD5 with a blank behind it', ({ digest }) => `${digest} `),
  EMPTY_PASSWORD,
  PASSWORD_OF_NOTHING,
  password('the MD5 of the MD5', ({ digest }) => md5Hex(digest)),
  password('the MD5 of the password and a line feed', (right) => md5Hex(`${right.password}\n`)),
  password("the MD5 of the user's name", (right) => md5Hex(`${right.user}${right.user === right.password ? '?' : ''}`)),
  password('the password in Base64', (right) => Buffer.from(right.password).toString('base64')),
  password('the password "0"', () => '0'),
  password('the password "*"', () => '*'),
];

export const NEAR_USERS: readonly NearMiss[] = [
  USER_IN_OTHER_CASE,
  user("the beginning of the user's name", (name) => name.slice(0, Math.ceil(name.length / 2) - (name.length === 1 ? 1 : 0))),
  user("the user's name with more behind it", (name) => `${name}x`),
  EMPTY_USER,
  NO_USER,
  user('the user root', (name) => (name === 'root' ? 'toor' : 'root')),
];

export const NEITHER: readonly NearMiss[] = [NOBODY, { words: 'an empty user and an empty password', make: () => ({ user: '', pwd: '' }) }];

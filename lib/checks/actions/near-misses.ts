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

/** The MD5 in the other case is the same MD5, so that it is none of these. */
export const NEAR_PASSWORDS: readonly NearMiss[] = [
  password('the first 8 digits of the MD5', ({ digest }) => digest.slice(0, 8)),
  password('the first 31 digits of the MD5', ({ digest }) => digest.slice(0, -1)),
  password('the MD5 with a digit more behind it', ({ digest }) => `${digest}0`),
  password('the MD5 with a blank behind it', ({ digest }) => `${digest} `),
  password('an empty password', () => ''),
  password('the MD5 of the empty text', () => md5Hex('')),
  password('the MD5 of the MD5', ({ digest }) => md5Hex(digest)),
  password('the MD5 of the password and a line feed', (right) => md5Hex(`${right.password}\n`)),
  password("the MD5 of the user's name", (right) => md5Hex(`${right.user}${right.user === right.password ? '?' : ''}`)),
  password('the password in Base64', (right) => Buffer.from(right.password).toString('base64')),
  password('the password "0"', () => '0'),
  password('the password "*"', () => '*'),
];

const otherCase = (name: string): string => (name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase());

export const NEAR_USERS: readonly NearMiss[] = [
  user('the user in another case', (name) => (otherCase(name) === name ? `${name}?` : otherCase(name))),
  user("the beginning of the user's name", (name) => name.slice(0, Math.ceil(name.length / 2) - (name.length === 1 ? 1 : 0))),
  user("the user's name with more behind it", (name) => `${name}x`),
  user('an empty user', () => ''),
  user('no user', () => null),
  user('the user root', (name) => (name === 'root' ? 'toor' : 'root')),
];

export const NEITHER: readonly NearMiss[] = [
  { words: 'neither user nor password', make: () => ({ user: null, pwd: null }) },
  { words: 'an empty user and an empty password', make: () => ({ user: '', pwd: '' }) },
];

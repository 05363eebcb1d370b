/** Who may ask: one administrator, whose password goes over the wire as MD5. */
import { createHash } from 'node:crypto';

export const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export interface Account {
  /** `digest`: MD5 in hexadecimal, of either case */
  admits(user: string | undefined, digest: string | undefined): boolean;
  isPassword(digest: string): boolean;
  isUser(user: string | undefined): boolean;
  /** hash of user, realm and password: what Digest authentication starts from (RFC 2617, 3.2.2.2; RFC 7616, 3.4.2) */
  secret(realm: string, hash?: (text: string) => string): string;
  change(password: string): void;
  reset(): void;
  /** user and MD5 of the password in force */
  contents(): { user: string; digest: string };
}

export function createAccount(user: string, password: string): Account {
  let digest = md5(password);
  let plain = password;
  const change = (next: string): void => {
    plain = next;
    digest = md5(next);
  };
  const isPassword = (given: string): boolean => given === digest || given.toLowerCase() === digest;
  return {
    admits: (name, given) => name === user && given !== undefined && isPassword(given),
    isPassword,
    isUser: (name) => name === user,
    secret: (realm, hash = md5) => hash(`${user}:${realm}:${plain}`),
    change,
    reset: () => change(password),
    contents: () => ({ user, digest }),
  };
}

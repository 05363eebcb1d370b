/** Who may ask: one administrator, whose password goes over the wire as MD5. */
import { createHash } from 'node:crypto';

export const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

export interface Account {
  /** `digest`: MD5 in hexadecimal, of either case */
  admits(user: string | undefined, digest: string | undefined): boolean;
  isPassword(digest: string): boolean;
  change(password: string): void;
  reset(): void;
  /** user and MD5 of the password in force */
  contents(): { user: string; digest: string };
}

export function createAccount(user: string, password: string): Account {
  const start = md5(password);
  let digest = start;
  const isPassword = (given: string): boolean => given === digest || given.toLowerCase() === digest;
  return {
    admits: (name, given) => name === user && given !== undefined && isPassword(given),
    isPassword,
    change: (next) => {
      digest = md5(next);
    },
    reset: () => {
      digest = start;
    },
    contents: () => ({ user, digest }),
  };
}

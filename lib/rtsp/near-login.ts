/** Credentials that are nearly right: what a comparison that ends too soon, or does not look at the case of letters, lets in. */
import type { RtspCredentials } from './auth.ts';

export interface NearLogin {
  /** `the beginning of the password` */
  readonly what: string;
  readonly credentials: RtspCredentials;
}

const inOtherCase = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

/** Those that differ from the right ones. */
export function nearLogins({ user, password }: RtspCredentials): readonly NearLogin[] {
  const all: readonly NearLogin[] = [
    { what: 'the beginning of the password', credentials: { user, password: password.slice(0, -1) } },
    { what: 'the first character of the password', credentials: { user, password: password.slice(0, 1) } },
    { what: 'an empty password', credentials: { user, password: '' } },
    { what: 'the password in the other case', credentials: { user, password: inOtherCase(password) } },
    { what: 'the beginning of the user name', credentials: { user: user.slice(0, -1), password } },
    { what: 'an empty user name', credentials: { user: '', password } },
    { what: 'the user name in the other case', credentials: { user: inOtherCase(user), password } },
    { what: 'neither user name nor password', credentials: { user: '', password: '' } },
  ];
  return all.filter(({ credentials }) => credentials.user !== user || credentials.password !== password);
}

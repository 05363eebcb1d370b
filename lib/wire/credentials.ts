/** Who a request claims to be, for the refusals of 1.1 as well as for ordinary requests. */
import { credentialsQuery, encodeValue } from './cgi-url.ts';
import { md5Hex } from './md5.ts';
import { MASK } from './redact.ts';

export const CREDENTIALS = ['right', 'wrong-user', 'wrong-password', 'no-password', 'plain-password'] as const;
export type Credentials = (typeof CREDENTIALS)[number];

/** What makes of the right password the wrong one. */
export const WRONG_ENDING = '-wrong';

/** One way to log in: the query as sent, and as recorded. */
export interface LoginQuery {
  readonly sent: string;
  readonly shown: string;
}

export interface Login {
  readonly queries: Readonly<Record<Credentials, LoginQuery>>;
  /** whatever must never be recorded */
  readonly secrets: readonly string[];
}

/** All ways to log in or to fail to. `no-password` leaves the parameter out. */
export const loginOf = (user: string, password: string): Login => {
  const digest = md5Hex(password);
  const wrongPassword = `${password}${WRONG_ENDING}`;
  const wrongDigest = md5Hex(wrongPassword);
  const wrongUser = user === 'nobody' ? 'noone' : 'nobody';
  const query = (name: string, pwd: string | null): LoginQuery => ({
    sent: credentialsQuery(name, pwd),
    shown: pwd === null ? credentialsQuery(name, null) : `user=${encodeValue(name)}&pwd=${MASK}`,
  });
  return {
    queries: {
      right: query(user, digest),
      'wrong-user': query(wrongUser, digest),
      'wrong-password': query(user, wrongDigest),
      'no-password': query(user, null),
      'plain-password': query(user, password),
    },
    secrets: [password, wrongPassword, digest, digest.toUpperCase(), wrongDigest, wrongDigest.toUpperCase()],
  };
};

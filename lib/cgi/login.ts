/** All ways to log in to the document's interface, or to fail to: as parameters of a query, sent and recorded. */
import { type Claim, WRONG_ENDING } from '../wire/credentials.ts';
import { md5Hex } from '../wire/md5.ts';
import { encodeValue } from '../wire/percent-encoding.ts';
import { MASK } from '../wire/redact.ts';

/** One way to log in: the query as sent, and as recorded. */
interface LoginQuery {
  readonly sent: string;
  readonly shown: string;
}

export interface Login {
  readonly query: (claim: Claim) => LoginQuery;
  /** MD5 of the password */
  readonly digest: string;
  /** whatever must never be recorded */
  readonly secrets: readonly string[];
}

/** `no-password` leaves the parameter out. */
export const loginOf = (user: string, password: string): Login => {
  const digest = md5Hex(password);
  const wrongPassword = `${password}${WRONG_ENDING}`;
  const wrongDigest = md5Hex(wrongPassword);
  const wrongUser = user === 'nobody' ? 'noone' : 'nobody';
  const query = (name: string | null, pwd: string | null): LoginQuery => ({
    sent: credentialsQuery(name, pwd),
    shown: pwd === null ? credentialsQuery(name, null) : `${name === null ? '' : `user=${encodeValue(name)}&`}pwd=${MASK}`,
  });
  const queries = {
    right: query(user, digest),
    'wrong-user': query(wrongUser, digest),
    'wrong-password': query(user, wrongDigest),
    'no-password': query(user, null),
    'plain-password': query(user, password),
  };
  return {
    query: (claim) => {
      if (typeof claim === 'string') return queries[claim];
      const { user: name, pwd } = claim({ user, password, digest });
      return query(name, pwd);
    },
    digest,
    secrets: [password, wrongPassword, digest, digest.toUpperCase(), wrongDigest, wrongDigest.toUpperCase()],
  };
};

/** `user=…&pwd=…`, in the document's order; null leaves a parameter out. */
const credentialsQuery = (user: string | null, pwd: string | null): string =>
  [...(user === null ? [] : [`user=${encodeValue(user)}`]), ...(pwd === null ? [] : [`pwd=${encodeValue(pwd)}`])].join('&');

/** Who a request claims to be, for the refusals of 1.1 as well as for ordinary requests. */

export const CREDENTIALS = ['right', 'wrong-user', 'wrong-password', 'no-password', 'plain-password', 'near-miss'] as const;
export type Credentials = (typeof CREDENTIALS)[number];

/** What makes of the right password the wrong one. */
export const WRONG_ENDING = '-wrong';

/** What is right, for whoever makes something of it that is nearly so. */
export interface RightLogin {
  readonly user: string;
  readonly password: string;
  /** MD5 of the password */
  readonly digest: string;
}

/** What a request says; null leaves the parameter out. */
export interface LoginParts {
  readonly user: string | null;
  readonly pwd: string | null;
}

/** Credentials that are nearly right are made from the right ones where the request is made, so that nobody else holds them. */
export type NearMissOf = (right: RightLogin) => LoginParts;
export type Claim = Exclude<Credentials, 'near-miss'> | NearMissOf;

export const nameOfClaim = (claim: Claim): Credentials => (typeof claim === 'function' ? 'near-miss' : claim);

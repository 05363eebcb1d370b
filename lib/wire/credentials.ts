/** Who a request claims to be, for the refusals of 1.1 as well as for ordinary requests. */

export const CREDENTIALS = ['right', 'wrong-user', 'wrong-password', 'no-password', 'plain-password'] as const;
export type Credentials = (typeof CREDENTIALS)[number];

/** What makes of the right password the wrong one. */
export const WRONG_ENDING = '-wrong';

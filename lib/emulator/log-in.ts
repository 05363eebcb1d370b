/** The log-in of endpoints that the document shows open, where a camera wants one: in the query, or as HTTP has it. */
import type { Account } from './account.ts';
import type { HttpRequest } from './http-message.ts';
import { createGate } from './stream/authentication.ts';
import type { LogIn } from './tamper.ts';

export interface LogInGate {
  admits(wanted: LogIn, request: HttpRequest, query: ReadonlyMap<string, string>): boolean;
  /** the value of WWW-Authenticate */
  challenge(wanted: 'basic' | 'digest'): string;
}

export function createLogIn(account: Account): LogInGate {
  const gate = createGate(account);
  return {
    admits: (wanted, { method = 'GET', url = '/', headers }, query) => {
      if (wanted === 'query') return account.admits(query.get('user'), query.get('pwd'));
      const authorization = headers.authorization ?? '';
      if (!authorization.toLowerCase().startsWith(`${wanted} `)) return false;
      return gate.admits({ method, uri: url, version: '', head: '', headers: new Map([['authorization', authorization]]) });
    },
    challenge: (wanted) => gate.challenges().find((each) => each.toLowerCase().startsWith(wanted)) ?? '',
  };
}

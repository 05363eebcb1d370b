/** Authorization (RFC 2326, 12.5; RFC 7617; RFC 7616, 3.4): credentials on the wire, and the same as evidence shows them. */
import { MASK } from '../../wire/redact.ts';
import { deviation, type Parsed } from './parsed.ts';
import { type Challenge, formatParameters, parseWwwAuthenticate } from './www-authenticate.ts';

export type Authorization =
  | { readonly scheme: 'basic'; readonly user: string; readonly password: string }
  | { readonly scheme: 'digest'; readonly parameters: Challenge['parameters'] };

/** Without quotes in a request (RFC 7616, 3.4); cameras are picky about these. */
const BARE = new Set(['algorithm', 'nc', 'qop', 'userhash']);

/** `value` null for another scheme and for what cannot be read. */
export const parseAuthorization = (text: string): Parsed<Authorization | null> => {
  const basic = /^\s*Basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(text)?.[1];
  if (basic !== undefined) {
    const decoded = Buffer.from(basic, 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    if (colon >= 0) return { value: { scheme: 'basic', user: decoded.slice(0, colon), password: decoded.slice(colon + 1) }, deviations: [] };
  } else if (/^\s*Digest\s/i.test(text)) {
    const [first] = parseWwwAuthenticate(text).value;
    if (first !== undefined) return { value: { scheme: 'digest', parameters: first.parameters }, deviations: [] };
  }
  return { value: null, deviations: [deviation('bad-authorization', /^\s*\S+/.exec(text)?.[0] ?? '(empty)')] };
};

export const basicToken = (user: string, password: string): string => Buffer.from(`${user}:${password}`, 'utf8').toString('base64');

/** A head is latin1 on the wire; this carries UTF-8 through it. */
const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export const formatAuthorization = (authorization: Authorization): string =>
  authorization.scheme === 'basic'
    ? `Basic ${basicToken(authorization.user, authorization.password)}`
    : `Digest ${asBytes(formatParameters(authorization.parameters, BARE))}`;

/** As `formatAuthorization`, with what is secret masked: the Basic token, the response hash. */
export const showAuthorization = (authorization: Authorization): string =>
  authorization.scheme === 'basic'
    ? `Basic ${MASK}`
    : `Digest ${asBytes(
        formatParameters(
          authorization.parameters.map(([name, value]) => [name, name === 'response' ? MASK : value] as const),
          BARE,
        ),
      )}`;

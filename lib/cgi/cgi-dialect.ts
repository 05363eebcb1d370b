/**
 * The document's interface: an action and its JSON are parameters of a GET, and so are the user and the MD5 of the password (1.2);
 * a camera that is busy says so by a code (1.3).
 */
import { BUSY_CODES } from '../document/sections/01-generic.ts';
import type { Dialect, Query, Speaker } from '../wire/dialect.ts';
import { encodeValue, rawValue } from '../wire/percent-encoding.ts';
import { loginOf } from './login.ts';

export const CGI: Dialect = {
  speaker: speakerFor,
  isBusy: (body) => body.kind === 'json' && typeof body.value.code === 'number' && BUSY_CODES.has(body.value.code),
  // Each request says who asks: a refusal is the answer.
  isLoggedOut: () => false,
  isSet: (action) => /^set/i.test(action),
  isSecretParameter: (name) => name === 'pwd',
};

function speakerFor(user: string, password: string): Speaker {
  const { query: queryOf, secrets } = loginOf(user, password);
  return {
    secrets,
    action(action, json, claim) {
      const login = queryOf(claim);
      const sent = json.sent === null ? null : encodeValue(json.sent);
      const shown = json.shown === json.sent ? sent : encodeValue(json.shown ?? '');
      const raw = sent === null ? null : rawValue(sent);
      return {
        sent: cgiTarget(login.sent, action, sent),
        raw: raw === sent ? null : cgiTarget(login.sent, action, raw),
        shown: cgiTarget(login.shown, action, shown),
      };
    },
    path(path, query, claim) {
      const login = claim === undefined ? { sent: '', shown: '' } : queryOf(claim);
      return { sent: plainTarget(path, login.sent, query.sent), raw: null, shown: plainTarget(path, login.shown, query.shown) };
    },
  };
}

/** `/action/cgi_action?user=…&pwd=…&action=…&json=…` (1.2); `json` is already encoded, null leaves it out. */
function cgiTarget(credentials: string, action: string, json: string | null): string {
  const target = `/action/cgi_action?${credentials === '' ? '' : `${credentials}&`}action=${encodeValue(action)}`;
  return json === null ? target : `${target}&json=${json}`;
}

/** A path of the camera that belongs to neither interface. */
export function plainTarget(path: string, credentials: string, query: Query): string {
  const parts = credentials === '' ? [] : [credentials];
  for (const [name, value] of Object.entries(query)) parts.push(`${encodeValue(name)}=${encodeValue(value)}`);
  const encodedPath = encodeURI(path.startsWith('/') ? path : `/${path}`)
    .replaceAll('?', '%3F')
    .replaceAll('#', '%23');
  return parts.length === 0 ? encodedPath : `${encodedPath}?${parts.join('&')}`;
}

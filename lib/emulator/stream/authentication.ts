/** Basic and Digest authentication of RTSP requests (RFC 2617; SHA-256 and qop as in RFC 7616), by the camera's own account. */
import { randomBytes } from 'node:crypto';
import { type Account, md5, sha256 } from '../account.ts';
import type { RtspRequest } from './request-reader.ts';
import { parseStreamUri } from './stream-uri.ts';

const REALM = 'camera';

export interface Gate {
  /** whether the credentials of a request are right */
  admits(request: RtspRequest): boolean;
  /** values of WWW-Authenticate */
  challenges(): readonly string[];
}

/** One for each connection, with a nonce of its own; a new one when that has served so many requests. */
export function createGate(account: Account, uses = Number.POSITIVE_INFINITY): Gate {
  const newNonce = (): string => randomBytes(16).toString('hex');
  let nonce = newNonce();
  let used = 0;
  return {
    challenges: () => [`Digest realm="${REALM}", nonce="${nonce}"`, `Basic realm="${REALM}"`],
    admits: ({ method, uri, headers }) => {
      const [, scheme = '', credentials = ''] = /^(\S+)\s+(.*)$/.exec(headers.get('authorization') ?? '') ?? [];
      if (scheme.toLowerCase() === 'basic') {
        const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? [];
        return account.admits(user, password === undefined ? undefined : md5(password));
      }
      if (scheme.toLowerCase() !== 'digest') return false;
      const given = parameters(credentials);
      const signed = given.get('uri') ?? '';
      if (pathOf(signed) !== pathOf(uri)) return false;
      if (given.get('nonce') !== nonce) return false;
      const hash = given.get('algorithm')?.toUpperCase() === 'SHA-256' ? sha256 : md5;
      const protection = given.has('qop') ? `:${given.get('nc')}:${given.get('cnonce')}:${given.get('qop')}` : '';
      const expected = hash(`${account.secret(REALM, hash)}:${nonce}${protection}:${hash(`${method}:${signed}`)}`);
      const isRight = account.isUser(given.get('username')) && given.get('response')?.toLowerCase() === expected;
      used += 1;
      if (used >= uses) [nonce, used] = [newNonce(), 0];
      return isRight;
    },
  };
}

/** Clients sign the URL as they know it: with or without host, and of the stream where the request is about a track. */
function pathOf(uri: string): string {
  return parseStreamUri(uri.startsWith('/') ? `rtsp://camera${uri}` : uri)?.path ?? uri;
}

function parameters(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))/gi);
  return new Map([...found].map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']));
}

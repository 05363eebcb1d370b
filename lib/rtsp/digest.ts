/** The arithmetic of Digest authentication (RFC 2069, RFC 7616): what client and server both compute. */
import { createHash } from 'node:crypto';

export type DigestAlgorithm = 'MD5' | 'SHA-256' | 'MD5-sess' | 'SHA-256-sess';

export interface DigestInput {
  readonly algorithm: DigestAlgorithm;
  readonly user: string;
  readonly realm: string;
  readonly password: string;
  readonly method: string;
  /** the request URL exactly as in the request line */
  readonly uri: string;
  readonly nonce: string;
  /** null: as RFC 2069, without `nc` and `cnonce` */
  readonly qop: 'auth' | null;
  /** eight hexadecimal digits */
  readonly nc: string;
  readonly cnonce: string;
}

/** The spelling of RFC 7616 for an algorithm that is supported; null for others. Absent means MD5. */
export const digestAlgorithm = (name: string | undefined): DigestAlgorithm | null => {
  switch ((name ?? 'MD5').trim().toLowerCase()) {
    case 'md5':
      return 'MD5';
    case 'md5-sess':
      return 'MD5-sess';
    case 'sha-256':
      return 'SHA-256';
    case 'sha-256-sess':
      return 'SHA-256-sess';
    default:
      return null;
  }
};

/** The `response` parameter, lower-case hexadecimal. Texts are hashed as UTF-8. */
export const digestResponse = (input: DigestInput): string => {
  const name = input.algorithm.startsWith('MD5') ? 'md5' : 'sha256';
  const hash = (text: string): string => createHash(name).update(text, 'utf8').digest('hex');
  const plain = hash(`${input.user}:${input.realm}:${input.password}`);
  const first = input.algorithm.endsWith('-sess') ? hash(`${plain}:${input.nonce}:${input.cnonce}`) : plain;
  const second = hash(`${input.method}:${input.uri}`);
  return hash(
    input.qop === null ? `${first}:${input.nonce}:${second}` : `${first}:${input.nonce}:${input.nc}:${input.cnonce}:${input.qop}:${second}`,
  );
};

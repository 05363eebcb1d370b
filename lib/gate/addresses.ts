/** Which addresses lead nowhere: whatever a camera sends there, nobody hears it. */
import { isIP } from 'node:net';

/** RFC 5737: for documentation. 0.0.0.0/8 is no destination, 240.0.0.0/4 no host (RFC 1122, 3.2.1.3): such as a mask. */
const NOWHERE_V4 = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^(0|24\d|25[0-5])\./;
/** RFC 3849 and RFC 9637: for documentation; `::` is no destination. */
const NOWHERE_V6 = /^(2001:0?db8:|3fff:)|^::$/i;
/** RFC 2606, 2 and 3. */
const RESERVED_NAME = /(^|\.)(test|example|invalid|localhost|example\.(com|net|org))\.?$/i;
/** What a resolver can be asked for. */
const NAME = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i;

/** Whether a text that is written where an address goes could lead to a host that exists; `testers` are our own. */
export function mayExist(value: unknown, testers: readonly string[] = []): boolean {
  if (typeof value !== 'string') return false;
  const host = hostIn(value);
  if (host === '' || testers.includes(host)) return false;
  if (isIP(host) === 4) return !NOWHERE_V4.test(host);
  if (isIP(host) === 6) return !NOWHERE_V6.test(host);
  return NAME.test(host) && !RESERVED_NAME.test(host);
}

/** Of `scheme://user@host:port/path` the host. */
function hostIn(text: string): string {
  const authority = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '');
  return /^\[(.*)\](?::\d*)?$/s.exec(authority)?.[1] ?? (isIP(authority) === 6 ? authority : authority.replace(/:\d*$/, ''));
}

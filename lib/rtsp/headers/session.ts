/** Session (RFC 2326, 12.37): an opaque token of at least eight octets (3.4), and after how many seconds of silence it ends. */
import type { Deviation } from '../../wire/exchange.ts';
import { deviation, type Parsed } from './parsed.ts';

/** What holds when no timeout is given, in seconds (12.37). */
export const DEFAULT_TIMEOUT_S = 60;

export interface SessionHeader {
  readonly id: string;
  /** seconds; null when not given */
  readonly timeout: number | null;
}

/** Odd blanks are legal; too short an id, characters beyond the token's and a timeout that is no number are noted. */
export const parseSession = (text: string): Parsed<SessionHeader> => {
  const [first = '', ...parameters] = text.split(';').map((part) => part.trim());
  const deviations: Deviation[] = [];
  if (first === '') deviations.push(deviation('empty-session-id', text));
  else if (first.length < 8) deviations.push(deviation('short-session-id', first));
  if (!/^[A-Za-z0-9$\-_.+]*$/.test(first)) deviations.push(deviation('bad-session-id', first));
  let timeout: number | null = null;
  for (const parameter of parameters) {
    const [, value] = /^timeout\s*=\s*(.*)$/i.exec(parameter) ?? [];
    if (value === undefined) continue;
    if (/^\d{1,9}$/.test(value) && Number(value) > 0) timeout = Number(value);
    else deviations.push(deviation('bad-timeout', parameter));
  }
  return { value: { id: first, timeout }, deviations };
};

export const formatSession = ({ id, timeout }: SessionHeader): string => (timeout === null ? id : `${id};timeout=${timeout}`);

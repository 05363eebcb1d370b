/** The head of a reply, read tolerantly: what it breaks is noted, never thrown. Both transports record their evidence through it. */
import type { Deviation } from '../wire/exchange.ts';
import { quotedLine } from '../wire/printable.ts';

export interface ReplyHead {
  readonly statusLine: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** the whole head as received, latin1 */
  readonly text: string;
  /** offset of the first byte of the body */
  readonly end: number;
  readonly deviations: readonly Deviation[];
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const STATUS_LINE = /^HTTP\/\d\.\d (\d{3})(?: .*)?$/;
/** `ICY 200 OK`, `HTTP 200`, `HTTP/1.1  200`: something, then three digits. */
const LOOSE_STATUS_LINE = /^[A-Za-z]\S*\s+(\d{3})(?!\d)/;
const NO_DEVIATIONS: readonly Deviation[] = [];
/** Cameras send about ten; what is beyond is counted and forgotten. */
const MOST_HEADERS = 200;
/** Of one kind so many are told. */
const MOST_TOLD = 10;

/** The offset behind the blank line that ends the head begun at `start`, or -1 when it has not come yet. */
export const endOfHead = (bytes: Buffer, start: number): number => {
  for (let lf = bytes.indexOf(10, start); lf >= 0; lf = bytes.indexOf(10, lf + 1)) {
    if (bytes[lf + 1] === 10) return lf + 2;
    if (bytes[lf + 1] === 13 && bytes[lf + 2] === 10) return lf + 3;
  }
  return -1;
};

/** Reads the head between `start` and `end` (the offset that `endOfHead` gave); null when it does not begin with a status. */
export const parseHead = (bytes: Buffer, start: number, end: number): ReplyHead | null => {
  const deviations: Deviation[] = [];
  const text = bytes.toString('latin1', start, end);
  const lines = text.split('\n');
  // After the split the last element is empty and the one before it is the blank line.
  let bare = 0;
  for (let i = 0; i < lines.length - 1; i += 1) {
    const line = lines[i] as string;
    if (line.charCodeAt(line.length - 1) === 13) lines[i] = line.slice(0, -1);
    else bare += 1;
  }
  if (bare > 0) deviations.push({ id: 'bare-lf', detail: `${bare} of ${lines.length - 1} lines of the head end with a line feed alone` });

  const statusLine = lines[0] as string;
  let status = STATUS_LINE.exec(statusLine)?.[1];
  if (status === undefined) {
    status = LOOSE_STATUS_LINE.exec(statusLine)?.[1];
    if (status === undefined) return null;
    deviations.push({ id: 'bad-status-line', detail: quotedLine(statusLine) });
  }

  const headers: [string, string][] = [];
  const told = new Map<string, number>();
  const note = (id: string, line: string): void => {
    const count = (told.get(id) ?? 0) + 1;
    told.set(id, count);
    if (count <= MOST_TOLD) deviations.push({ id, detail: quotedLine(line) });
  };
  if (lines.length - 2 > MOST_HEADERS)
    deviations.push({ id: 'too-many-headers', detail: `${lines.length - 2} header lines; the first ${MOST_HEADERS} are read` });
  for (let i = 1; i < Math.min(lines.length - 2, MOST_HEADERS + 1); i += 1) {
    const line = lines[i] as string;
    const colon = line.indexOf(':');
    const name = colon < 0 ? '' : line.slice(0, colon);
    const last = headers.at(-1);
    if (TOKEN.test(name)) {
      headers.push([name, line.slice(colon + 1).trim()]);
    } else if (last !== undefined && (line.startsWith(' ') || line.startsWith('\t'))) {
      last[1] = `${last[1]} ${line.trim()}`;
      note('folded-header', line);
    } else if (TOKEN.test(name.trim())) {
      headers.push([name.trim(), line.slice(colon + 1).trim()]);
      note('space-before-colon', line);
    } else {
      // GoaHead's snapshot.cgi sends a date alone: home-assistant/core#14960.
      note('header-without-name', line);
    }
  }
  for (const [id, count] of told) if (count > MOST_TOLD) deviations.push({ id, detail: `${count - MOST_TOLD} more` });
  return { statusLine, status: Number(status), headers, text, end, deviations: deviations.length === 0 ? NO_DEVIATIONS : deviations };
};

/** The first line of a message: a request line (RFC 2326, 6.1) or a status line (7.1), read tolerantly. `formatStartLine` is its pair. */
import type { Deviation } from '../wire/exchange.ts';
import { quotedLine } from '../wire/printable.ts';
import { RTSP_VERSION, type RtspRequest, type RtspResponse } from './messages.ts';

export type StartLine = Pick<RtspRequest, 'kind' | 'method' | 'url' | 'version'> | Pick<RtspResponse, 'kind' | 'version' | 'status' | 'reason'>;

export interface ParsedStartLine {
  readonly line: StartLine;
  readonly deviations: readonly Deviation[];
}

const STATUS_LINE = /^(RTSP\/\d\.\d) (\d{3})(?: (.*))?$/s;
/** Two blanks, a tab, lower case, a version without minor number, a phrase right behind the code: something like a status line. */
const LOOSE_STATUS_LINE = /^(RTSP\/?\d*(?:\.\d*)?)\s+(\d{3})(?!\d)\s*(.*)$/is;
const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,40}) (\S+) (RTSP\/\d+\.\d+)$/;

/** null when the line begins no RTSP message. `line` is without its line end. */
export const parseStartLine = (line: string): ParsedStartLine | null => {
  const request = REQUEST_LINE.exec(line);
  if (request !== null) {
    const [, method, url, version] = request as unknown as [string, string, string, string];
    return { line: { kind: 'request', method, url, version }, deviations: versionDeviations(version) };
  }
  const strict = STATUS_LINE.exec(line);
  const match = strict ?? LOOSE_STATUS_LINE.exec(line);
  if (match === null) return null;
  const [, version = '', status = '', reason] = match;
  const deviations = [...(strict === null ? [{ id: 'bad-status-line', detail: quotedLine(line) }] : versionDeviations(version))];
  // The blank behind the code is demanded even where the phrase is empty (7.1).
  if (strict !== null && reason === undefined) deviations.push({ id: 'missing-reason', detail: quotedLine(line) });
  return { line: { kind: 'response', version, status: Number(status), reason: reason ?? '' }, deviations };
};

const versionDeviations = (version: string): Deviation[] => (version === RTSP_VERSION ? [] : [{ id: 'wrong-version', detail: quotedLine(version) }]);

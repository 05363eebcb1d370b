/** RTP-Info (RFC 2326, 12.33): where each stream starts. Cameras get it wrong often; only checks look at it. */
import type { Deviation } from '../../wire/exchange.ts';
import { deviation, type Parsed } from './parsed.ts';

export interface RtpInfo {
  /** as it came, absolute or not; empty when missing */
  readonly url: string;
  /** 0 to 65535 */
  readonly seq: number | null;
  /** 0 to 4294967295 */
  readonly rtptime: number | null;
}

const numberOf = (text: string | undefined, most: number): number | null => {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
};

/** A trailing `;` is passed over; numbers out of their range are noted and null. */
export const parseRtpInfo = (text: string): Parsed<readonly RtpInfo[]> => {
  const deviations: Deviation[] = [];
  // A URL may hold commas, and not the word that begins the next one.
  const value = text
    .split(/,\s*(?=url\s*=)/i)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const parameters = new Map<string, string>();
      for (const parameter of part.split(';')) {
        const equals = parameter.indexOf('=');
        if (equals > 0) parameters.set(parameter.slice(0, equals).trim().toLowerCase(), parameter.slice(equals + 1).trim());
      }
      const url = parameters.get('url') ?? '';
      const seq = numberOf(parameters.get('seq'), 0xffff);
      const rtptime = numberOf(parameters.get('rtptime'), 0xffff_ffff);
      if (url === '') deviations.push(deviation('missing-url', part));
      if (seq === null && parameters.has('seq')) deviations.push(deviation('bad-seq', `seq=${parameters.get('seq')}`));
      if (rtptime === null && parameters.has('rtptime')) deviations.push(deviation('bad-rtptime', `rtptime=${parameters.get('rtptime')}`));
      return { url, seq, rtptime };
    });
  return { value, deviations };
};

export const formatRtpInfo = (streams: readonly RtpInfo[]): string =>
  streams.map(({ url, seq, rtptime }) => `url=${url}${seq === null ? '' : `;seq=${seq}`}${rtptime === null ? '' : `;rtptime=${rtptime}`}`).join(',');

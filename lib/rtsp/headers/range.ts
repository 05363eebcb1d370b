/** Range (RFC 2326, 12.29): what is played. Normal play time (3.6) is read, other units are kept as text. */
import { deviation, type Parsed } from './parsed.ts';

export type PlayRange =
  /** seconds; `end` null for an open end */
  { readonly unit: 'npt'; readonly start: number | 'now' | null; readonly end: number | null } | { readonly unit: 'other'; readonly text: string };

/** From the start of a live source: what PLAY sends, digits as the pickiest cameras want them. */
export const LIVE_RANGE: PlayRange = { unit: 'npt', start: 0, end: null };

const TIME = '(?:\\d+(?:\\.\\d*)?|\\d+:\\d{1,2}:\\d{1,2}(?:\\.\\d*)?)';
const NPT = new RegExp(`^npt\\s*=\\s*(now|${TIME})?\\s*-\\s*(${TIME})?\\s*$`, 'i');

const seconds = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

export const parseRange = (text: string): Parsed<PlayRange> => {
  const [range = ''] = text.split(';');
  const match = NPT.exec(range.trim());
  if (match !== null && (match[1] !== undefined || match[2] !== undefined)) {
    const [, start, end] = match;
    return {
      value: {
        unit: 'npt',
        start: start === undefined ? null : start.toLowerCase() === 'now' ? 'now' : seconds(start),
        end: end === undefined ? null : seconds(end),
      },
      deviations: [],
    };
  }
  const legal = /^(?:clock|smpte(?:-25|-30-drop)?)\s*=/i.test(range.trim());
  return { value: { unit: 'other', text: text.trim() }, deviations: legal ? [] : [deviation('bad-range', text)] };
};

export const formatRange = (range: PlayRange): string => {
  if (range.unit === 'other') return range.text;
  const time = (value: number | 'now' | null): string => (typeof value === 'number' ? value.toFixed(3) : (value ?? ''));
  return `npt=${time(range.start)}-${time(range.end)}`;
};

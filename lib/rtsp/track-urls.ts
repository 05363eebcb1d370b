/** Where the tracks of a description may be set up: what their control URLs are relative to, and the ways in which cameras mean them. */
import { headerValue } from '../wire/header-value.ts';
import type { RtspReply } from './connection.ts';
import { parseContentBase } from './headers/content-base.ts';
import { noted } from './headers/parsed.ts';
import { appendControl, joinControl } from './rtsp-url.ts';
import type { MediaOutline } from './sdp-outline.ts';

/** What control URLs are relative to (RFC 2326, C.1.1), under the name that the document's example prints too (19.2). */
export const baseOf = ({ response, note }: RtspReply, requestUrl: string): string => {
  const spelt = headerValue(response.headers, 'content-base');
  const misspelt = headerValue(response.headers, 'context-base');
  if (spelt === undefined && misspelt !== undefined) note({ id: 'context-header', detail: 'Context-Base in place of Content-Base' });
  const text = spelt ?? misspelt ?? headerValue(response.headers, 'content-location');
  return text === undefined ? requestUrl : (noted(parseContentBase(text), note) ?? requestUrl);
};

/** The likeliest first, for a track of `tracks`. */
export function urlsOfTrack(base: string, { control, index }: MediaOutline, tracks: number): readonly string[] {
  // Several media without control (C.3 forbids it): trackID is the name that most cameras use, counted from 1 or from 0.
  const guessed = control === null && tracks > 1 ? [index + 1, index].map((number) => appendControl(base, `trackID=${number}`)) : [];
  return [...new Set([appendControl(base, control), joinControl(base, control), ...guessed])];
}

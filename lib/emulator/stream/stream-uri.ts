/** The URLs of the streams: `rtsp://host/stream_0`, and of one track, `rtsp://host/stream_0/trackID=0`. */

export interface StreamUri {
  /** `/stream_0`, without query and last slash */
  readonly path: string;
  readonly track: number | null;
  /** what a track's part is appended to, with a slash at its end and without credentials */
  readonly base: string;
}

/** Null for what is no URL of RTSP. */
export function parseStreamUri(uri: string): StreamUri | null {
  const parts = /^rtsp:\/\/(?:[^/@]*@)?([^/?#@]+)([^#]*)$/i.exec(uri);
  if (!parts) return null;
  const [, authority = '', rest = ''] = parts;
  // The track is appended even behind a query, as most clients do.
  const found = /^(.*)\/trackID=(\d{1,3})\/?$/i.exec(rest);
  const stream = found?.[1] ?? rest;
  const path = stream.replace(/\?.*$/, '').replace(/\/+$/, '');
  return { path, track: found ? Number(found[2]) : null, base: `rtsp://${authority}${stream.replace(/\/+$/, '')}/` };
}

export const trackPart = (track: number): string => `trackID=${track}`;

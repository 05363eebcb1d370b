/** RTSP URLs (RFC 2326, 3.2) as text: nothing in them is re-encoded, since cameras compare them byte by byte. */

export const DEFAULT_PORT = 554;

export interface RtspUrl {
  /** without credentials, scheme in lower case, else as given */
  readonly url: string;
  /** without brackets */
  readonly host: string;
  readonly port: number;
  /** percent-decoded; null when the URL has none */
  readonly user: string | null;
  readonly password: string | null;
}

const SHAPE = /^(rtsp):\/\/(?:([^/?#@]*)@)?(\[[^\]]+\]|[^/?#:@]+)(?::(\d{1,5}))?([/?].*)?$/is;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** null for what is no `rtsp://` URL with a host. */
export const parseRtspUrl = (text: string): RtspUrl | null => {
  const match = SHAPE.exec(text.trim());
  if (match === null) return null;
  const [, , login, host = '', port, path = ''] = match;
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (number < 1 || number > 65_535) return null;
  const colon = login?.indexOf(':') ?? -1;
  return {
    url: `rtsp://${host}${port === undefined ? '' : `:${port}`}${path}`,
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: number,
    user: login === undefined ? null : decoded(colon < 0 ? login : login.slice(0, colon)),
    password: login === undefined || colon < 0 ? null : decoded(login.slice(colon + 1)),
  };
};

export const isAbsolute = (url: string): boolean => /^rtspu?:\/\//i.test(url);

/**
 * The URL of a track: its control attribute appended to the base, query and all, as nearly every camera wants it
 * (AlexxIT/go2rtc#1236). `*` and nothing stand for the base itself (RFC 2326, C.1.1).
 */
export const appendControl = (base: string, control: string | null): string => {
  const relative = control?.trim() ?? '';
  if (relative === '' || relative === '*') return base;
  if (isAbsolute(relative)) return relative;
  return `${base.replace(/\/$/, '')}/${relative.replace(/^\//, '')}`;
};

/** The same as RFC 1808 joins it: in place of the last part of the path, without the query of the base. */
export const joinControl = (base: string, control: string | null): string => {
  const relative = control?.trim() ?? '';
  if (relative === '' || relative === '*') return base;
  if (isAbsolute(relative)) return relative;
  const [, authority = '', path = ''] = /^(rtspu?:\/\/[^/?#]*)([^?#]*)/i.exec(base) ?? [];
  if (relative.startsWith('/')) return `${authority}${relative}`;
  return `${authority}${path.slice(0, path.lastIndexOf('/') + 1) || '/'}${relative}`;
};

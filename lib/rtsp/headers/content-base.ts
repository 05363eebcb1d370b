/** Content-Base (RFC 2326, 12.11): what control URLs are relative to. Broken ones are common, and are repaired as ordinary clients do. */
import { deviation, type Parsed } from './parsed.ts';

const ABSOLUTE = /^rtspu?:\/\/(?:[^/?#@]*@)?(?:\[[0-9A-Fa-f:.%]+\]|[^/?#:[\]@]+)(?::\d{1,5})?(?:[/?]|$)/i;

/** `value` null when nothing can be made of it: the request URL holds then. */
export const parseContentBase = (text: string): Parsed<string | null> => {
  const base = text.trim();
  if (ABSOLUTE.test(base) && !/^rtspu?:\/\/rtspu?:/i.test(base)) return { value: base, deviations: [] };
  // AlexxIT/go2rtc#208: the scheme twice. What else is broken has no safe reading.
  const once = base.replace(/^(?:rtsp:\/\/)+(?=rtsp:\/\/)/i, '');
  return { value: once !== base && ABSOLUTE.test(once) ? once : null, deviations: [deviation('bad-content-base', text === '' ? '(empty)' : text)] };
};

export const formatContentBase = (url: string): string => url;

/** The action that a recorded request asked for: a parameter of the document's interface, or a path that was posted to. */
import type { Exchange } from './exchange.ts';

/** Null where it asked for none. */
export function askedAction({ method, url }: Pick<Exchange, 'method' | 'url'>): string | null {
  if (!URL.canParse(url)) return null;
  const { pathname, searchParams } = new URL(url);
  return method === 'POST' ? (/\/action\/(\w*)$/.exec(pathname)?.[1] ?? null) : searchParams.get('action');
}

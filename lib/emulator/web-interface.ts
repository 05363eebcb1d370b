/**
 * The calls of the camera's own page, beside the document: a log-in after which an address is trusted, and every action with its JSON as body.
 * As seen on boards of the field; a restart forgets who is trusted.
 */
import type { HttpRequest } from './http-message.ts';
import { parseQuery } from './server.ts';

/** `beside` cgi_action, or in its place: then that has gone. */
export type WebMode = 'beside' | 'only';

export const WEB_LOG_IN = 'hiLogin';
/** What a log-in is answered with beside the envelope, as it was seen. */
export const WEB_LOG_IN_REPLY = { userRole: 3, failedAttempts: 3, TempType: 0, deyType: 'H2S02P100000' } as const;
const PATH = /^\/action\/(\w+)$/;
/** Endpoints of the document. */
const OTHERS: ReadonlySet<string> = new Set(['cgi_action', 'cgi_images', 'telnet']);

export interface WebCall {
  readonly action: string;
  /** the text of its JSON, undefined where there is none */
  readonly json: string | undefined;
  readonly isTrusted: boolean;
}

export interface WebInterface {
  /** undefined for what is no call of the page */
  callIn(request: HttpRequest): WebCall | undefined;
  /** from now on whoever asks from there is the administrator */
  trust(request: HttpRequest): void;
}

/**
 * @param boots how often the camera has started
 * @param isOpen whether everybody is trusted
 */
export function createWebInterface(boots: () => number, isOpen = false): WebInterface {
  const trusted = new Set<string>();
  let trustedIn = 0;
  const forget = (): void => {
    if (trustedIn !== boots()) trusted.clear();
    trustedIn = boots();
  };
  return {
    callIn: (request) => {
      const { path, query } = parseQuery(request.url ?? '/');
      const action = PATH.exec(path)?.[1];
      if (action === undefined || OTHERS.has(action)) return undefined;
      forget();
      const isTrusted = isOpen || trusted.has(request.address ?? '');
      if (request.method === 'POST') return { action, json: request.body?.trim() || undefined, isTrusted };
      return request.method === 'GET' ? { action, json: membersOf(query), isTrusted } : undefined;
    },
    trust: ({ address = '' }) => {
      forget();
      trusted.add(address);
    },
  };
}

/** `channel=0` as `{"channel":0}`. */
function membersOf(query: ReadonlyMap<string, string>): string | undefined {
  if (query.size === 0) return undefined;
  return JSON.stringify(Object.fromEntries([...query].map(([name, value]) => [name, /^-?\d+$/.test(value) ? Number(value) : value])));
}

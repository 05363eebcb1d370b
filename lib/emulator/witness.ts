/**
 * What a test knows of each request: what was asked, unmasked, whether the log-in was right, and what the camera was like just before. Not the
 * request log, which is to read and holds no secrets.
 */
import { isMembers, type Members } from '../document/row-value.ts';
import type { HttpRequest } from './http-message.ts';
import { CGI_PATH, parseQuery } from './server.ts';
import type { StreamTamper } from './stream/stream-tamper.ts';
import { WEB_LOG_IN, type WebCall } from './web-interface.ts';

/** `none`: the document shows the endpoint without one, or no credentials came over RTSP yet. */
export type WitnessedLogIn = 'right' | 'wrong' | 'none';

export interface WitnessedRequest {
  /** host time, in ms since 1970 */
  readonly at: number;
  /** the action of cgi_action; the path of any other endpoint; `RTSP DESCRIBE` */
  readonly action: string;
  /** the object of `json`; null where there is none, or it is no object */
  readonly json: Members | null;
  readonly logIn: WitnessedLogIn;
  /** by how many seconds the camera's clock differs from what it would be, had nobody set it */
  readonly drift: number;
  /** the settings that are not what they were at the request before this one, whole, as `getOsdConf` and `getVencConf[1]`; all of them at the first */
  readonly changed: Readonly<Record<string, Members>>;
}

export interface Witnessed {
  /** what the camera would say of itself, as `state()` does */
  readonly state: () => Record<string, unknown>;
  readonly admits: (user: string | undefined, digest: string | undefined) => boolean;
  readonly isPassword: (digest: string) => boolean;
}

export interface Witness {
  /** sees a request before the camera does */
  seeHttp(request: HttpRequest, call?: WebCall): void;
  /** sees log-ins at streams; behind everything else that decides about them */
  readonly streams: StreamTamper;
  requests(): readonly WitnessedRequest[];
}

export function createWitness({ state, admits, isPassword }: Witnessed): Witness {
  const requests: WitnessedRequest[] = [];
  const last = new Map<string, string>();

  const changes = (settings: Readonly<Record<string, Members>>): Readonly<Record<string, Members>> =>
    Object.fromEntries(
      Object.entries(settings).filter(([name, values]) => {
        const text = JSON.stringify(values);
        const isNew = last.get(name) !== text;
        last.set(name, text);
        return isNew;
      }),
    );
  const isAdmitted = ({ action, json, isTrusted }: WebCall): boolean =>
    action === WEB_LOG_IN ? isPassword(String(parsedObject(json)?.passwd)) : isTrusted;
  const note = (action: string, json: Members | null, logIn: WitnessedLogIn): void => {
    const { settings, clock } = state() as { settings: Record<string, Members>; clock: { drift: number } };
    requests.push({ at: Date.now(), action, json, logIn, drift: clock.drift, changed: changes(settings) });
  };

  return {
    seeHttp: ({ url = '/' }, call) => {
      if (call) return note(call.action, parsedObject(call.json), isAdmitted(call) ? 'right' : 'wrong');
      const { path, query } = parseQuery(url);
      if (path !== CGI_PATH) return note(path, Object.fromEntries(query), 'none');
      note(query.get('action') ?? '', parsedObject(query.get('json')), admits(query.get('user'), query.get('pwd')) ? 'right' : 'wrong');
    },
    streams: {
      admits: (method, isRight, authorization) => {
        if (authorization !== undefined) note(`RTSP ${method}`, null, isRight ? 'right' : 'wrong');
        return isRight;
      },
    },
    requests: () => requests,
  };
}

function parsedObject(text: string | undefined): Members | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isMembers(value) ? value : null;
  } catch {
    return null;
  }
}

/** What the camera was like before each request, from what changed. */
export function* withStates(
  requests: readonly WitnessedRequest[],
): Generator<{ readonly request: WitnessedRequest; readonly before: Readonly<Record<string, Members>> }> {
  let before: Readonly<Record<string, Members>> = {};
  for (const request of requests) {
    before = { ...before, ...request.changed };
    yield { request, before };
  }
}

/** The embedded camera: starts it, and ends it without leaving anything behind. */
import { SECTIONS } from '../document/index.ts';
import { USER_ERROR_TEXT } from '../document/sections/01-generic.ts';
import { TELNET_PATH } from '../document/sections/02-telnet.ts';
import { SNAPSHOT_FAILED_TEXT, SNAPSHOT_PATH } from '../document/sections/03-snapshot.ts';
import { createCamera, type EmulatedCamera, type Served } from './camera.ts';
import { combineStreamTampers } from './combine-tampers.ts';
import { combineHabits, type Habits } from './habits.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { createLogIn } from './log-in.ts';
import { createMachine } from './machine.ts';
import { viewOf } from './memory.ts';
import { MODELS, type Model } from './model.ts';
import { createPlatformClient } from './platform-client.ts';
import { createRequestLog, type LoggedRequest, type RequestLog } from './request-log.ts';
import type { Scene } from './scene.ts';
import { PASSWORD_ERROR_CODE } from './sections/04-change-user-password.ts';
import { CGI_PATH, HttpFront, parseQuery, sendPicture, sendRaw, sendText } from './server.ts';
import { CONTENT_TYPES, isFormat, takeSnapshot } from './snapshot.ts';
import { RtspServer } from './stream/rtsp-server.ts';
import type { Tamper } from './tamper.ts';
import { createTime, type Time } from './time.ts';
import { DEFAULT_SEED, makeTraits } from './traits/index.ts';
import { createWebInterface, WEB_LOG_IN, WEB_LOG_IN_REPLY, type WebCall, type WebInterface, type WebMode } from './web-interface.ts';
import { createWitness, type WitnessedRequest } from './witness.ts';

export interface EmulatorOptions extends Habits {
  /** HTTP port; 0, the default, is any free one */
  readonly port?: number;
  /** RTSP port; 0, the default, is any free one */
  readonly rtspPort?: number;
  /** `full` is the default */
  readonly model?: Model;
  /** 127.0.0.1 by default */
  readonly host?: string;
  /** delay of every reply, in ms */
  readonly latencyMs?: number;
  readonly user?: string;
  readonly password?: string;
  /** one line for each request */
  readonly log?: (line: string) => void;
  /** whether `requests()` remembers */
  readonly requestLog?: boolean;
  /** the calls of the camera's own page; none when absent */
  readonly web?: WebMode;
  /** whether `witnessed()` remembers */
  readonly witness?: boolean;
  /** ids of traits, which combine in this order; what the options themselves hold comes behind them */
  readonly quirks?: readonly string[];
  /** of what traits do now and then */
  readonly seed?: number;
  /** how many seconds pass in one for what traits take their time for; 1 by default. The camera's clock is the host's */
  readonly pace?: number;
  /** in place of the pace */
  readonly time?: Time;
}

export interface Emulator {
  /** where the camera answers now; changes with its web port */
  readonly url: string;
  /** the same for RTSP; without a stream's name */
  readonly rtspUrl: string;
  /** since the start or the last restart */
  readonly uptimeMs: number;
  /** all that the camera remembers; the clock as its drift in seconds */
  state(): Record<string, unknown>;
  requests(): readonly LoggedRequest[];
  /** each request with all its secrets, and what the camera was like before it: for tests */
  witnessed(): readonly WitnessedRequest[];
  /** resolves when no port is open and no connection left */
  close(): Promise<void>;
}

/** Rejects with one sentence where the model is unknown or a port cannot be had. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, rtspPort = 0, model = 'full', host = '127.0.0.1', latencyMs = 0, user = 'admin', password = '123456' } = options;
  if (!MODELS.includes(model)) throw new Error(`Could not start the emulator: the model "${model}" is unknown, choose ${MODELS.join(' or ')}.`);
  const time = options.time ?? createTime(options.pace);
  const habits = combineHabits([...makeTraits(options.quirks ?? [], options.seed ?? DEFAULT_SEED, time), options]);
  const { tamper, streamTamper } = habits;
  const log = createRequestLog({ sections: SECTIONS, keep: options.requestLog ?? false, print: options.log });
  const machine = createMachine({
    front: () => front,
    rtsp: () => rtsp,
    platform: () => platform,
    move: habits.portMove,
    restarting: habits.restarting,
    time,
  });
  const picture = async (format: 'jpg' | 'bmp' | 'yuv', from: EmulatedCamera['store']): Promise<Uint8Array> => {
    const see = (scene: Scene): Scene => streamTamper?.scene?.(scene) ?? scene;
    const bytes = await takeSnapshot(from, format, (scene) => tamper?.shot?.(format, see(scene)) ?? see(scene), viewOf(camera.memory));
    return tamper?.picture?.(format, bytes) ?? bytes;
  };
  const camera = createCamera({
    sections: SECTIONS,
    model,
    user,
    password,
    machine,
    snapshot: () => picture('jpg', seen),
    tamper,
    starts: habits.starts,
    settlingMs: habits.settling?.get,
    now: time.now,
  });
  const behind = (ms = 0): EmulatedCamera['store'] => (ms > 0 ? camera.store.lagging(ms) : camera.store);
  const seen = behind(habits.settling?.picture);
  const web = options.web === undefined ? undefined : createWebInterface(() => front.boots, habits.openPage);
  const answer = createAnswer({
    camera,
    log,
    tamper,
    picture: (format) => picture(format, seen),
    web,
    isCgi: options.web !== 'only',
    changed: () => platform.look(),
  });
  const witness = options.witness ? createWitness({ state: camera.state, ...camera.account }) : undefined;
  const timers = new Set<NodeJS.Timeout>();
  const front = new HttpFront(
    host,
    (request, response) => {
      witness?.seeHttp(request, web?.callIn(request));
      if (latencyMs === 0) return answer(request, response);
      const timer = setTimeout(() => {
        timers.delete(timer);
        answer(request, response);
      }, latencyMs);
      timers.add(timer);
    },
    (line) => options.log?.(line),
    habits.http,
    time,
  );

  const rtsp = new RtspServer({
    host,
    account: camera.account,
    store: behind(habits.settling?.stream),
    log: (line) => options.log?.(line),
    tamper: witness ? combineStreamTampers([...(streamTamper ? [streamTamper] : []), witness.streams]) : streamTamper,
    time,
  });
  const platform = createPlatformClient({ camera, time, users: () => rtsp.sessions, log: log.add });
  try {
    await rtsp.open(rtspPort).catch((error) => explain('RTSP', rtspPort, host, error));
    await front.open(port).catch((error) => explain('HTTP', port, host, error));
  } catch (error) {
    await rtsp.close();
    throw error;
  }
  if (model === 'full') {
    camera.store.pin('getWiredNetwork', 'webPort', front.port);
    camera.store.pin('getRtspConf', 'rtsp_port', rtsp.port);
  }
  platform.look();
  const authority = host.includes(':') ? `[${host}]` : host;
  return {
    get url() {
      return `http://${authority}:${front.port}`;
    },
    get rtspUrl() {
      return `rtsp://${authority}:${rtsp.port}`;
    },
    get uptimeMs() {
      return front.uptimeMs;
    },
    state: camera.state,
    requests: log.entries,
    witnessed: () => witness?.requests() ?? [],
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      platform.close();
      await Promise.all([front.close(), rtsp.close()]);
    },
  };
}

/** An action, and who wants it. */
interface Wanted {
  readonly action: string;
  readonly json: string | undefined;
  readonly user?: string | undefined;
  readonly digest?: string | undefined;
  readonly isRight: boolean;
}

interface AnswerParts {
  readonly camera: EmulatedCamera;
  readonly log: RequestLog;
  readonly tamper: Tamper | undefined;
  readonly picture: (format: 'jpg' | 'bmp' | 'yuv') => Promise<Uint8Array>;
  readonly web: WebInterface | undefined;
  /** whether there is cgi_action */
  readonly isCgi: boolean;
  /** after an action: settings may be others */
  readonly changed: () => void;
}

function createAnswer({ camera, log, tamper, picture, web, isCgi, changed }: AnswerParts): (request: HttpRequest, response: HttpResponse) => void {
  const cgiAction = (request: HttpRequest, response: HttpResponse, query: ReadonlyMap<string, string>): void => {
    const [user, digest] = [query.get('user'), query.get('pwd')];
    carryOut(request, response, {
      action: query.get('action') ?? '',
      json: query.get('json'),
      user,
      digest,
      isRight: camera.account.admits(user, digest),
    });
  };
  const carryOut = (request: HttpRequest, response: HttpResponse, { action, json: sent, user, digest, isRight }: Wanted): void => {
    const json = tamper?.request ? tamper.request(action, sent) : sent;
    const reply = (outcome: Served): void => {
      log.add(action, json, outcome.result);
      changed();
      const raw = tamper?.wire?.(action, outcome.body);
      if (raw !== undefined) sendRaw(response, raw);
      else sendText(request, response, 200, outcome.body, outcome.afterwards);
    };
    if (!(tamper?.admits?.(user, digest, isRight, action) ?? isRight)) {
      const text = tamper?.text?.('', USER_ERROR_TEXT, action) ?? USER_ERROR_TEXT;
      reply({ body: `${text}\r\n`, result: text });
      return;
    }
    const outcome = camera.run(action, json);
    if (outcome instanceof Promise) outcome.then(reply, (error) => fail(request, response, action, error));
    else reply(outcome);
  };
  const fail = (request: HttpRequest, response: HttpResponse, action: string, error: unknown): void => {
    log.add(action, undefined, `HTTP 500 ${error instanceof Error ? error.message : String(error)}`);
    sendText(request, response, 500, '');
  };
  const images = (request: HttpRequest, response: HttpResponse, query: ReadonlyMap<string, string>): void => {
    const format = query.get('fmt') || 'jpg';
    if (!isFormat(format) || (tamper?.refuses?.(SNAPSHOT_PATH, { fmt: format }) ?? null) !== null) {
      log.add(SNAPSHOT_PATH, undefined, SNAPSHOT_FAILED_TEXT);
      sendText(request, response, 200, SNAPSHOT_FAILED_TEXT);
      return;
    }
    picture(format).then(
      (bytes) => {
        log.add(SNAPSHOT_PATH, undefined, `${format}, ${bytes.length} bytes`);
        sendPicture(response, CONTENT_TYPES[format], bytes);
      },
      (error) => fail(request, response, SNAPSHOT_PATH, error),
    );
  };
  const telnet = (request: HttpRequest, response: HttpResponse, query: ReadonlyMap<string, string>): void => {
    const operation = query.get('action') ?? '';
    const known = operation === 'open' || operation === 'close';
    if (known) camera.memory.telnet = operation;
    log.add(TELNET_PATH, undefined, known ? operation : 'failed');
    const body = known ? `<html><body><h2> oper: ${operation}</h2></body></html>\nOK` : 'failed';
    const raw = tamper?.wire?.(TELNET_PATH, body);
    if (raw !== undefined) sendRaw(response, raw);
    else sendText(request, response, 200, body);
  };
  const webCall = (request: HttpRequest, response: HttpResponse, { action, json, isTrusted }: WebCall): void => {
    if (action !== WEB_LOG_IN) {
      carryOut(request, response, { action, json, isRight: isTrusted });
      return;
    }
    const digest = passwordIn(json);
    const isRight = digest !== undefined && camera.account.isPassword(digest);
    const isIn = tamper?.admits?.(undefined, digest, isRight, action) ?? isRight;
    if (isIn) web?.trust(request);
    const { body, result } = camera.reply(action, isIn ? { code: 0, members: WEB_LOG_IN_REPLY } : { code: PASSWORD_ERROR_CODE });
    log.add(action, json, result);
    sendText(request, response, 200, body);
  };
  const logIn = createLogIn(camera.account);
  const guarded = (path: string, request: HttpRequest, response: HttpResponse, query: ReadonlyMap<string, string>): boolean => {
    const wanted = tamper?.guards?.(path);
    if (wanted === undefined || logIn.admits(wanted, request, query)) return false;
    log.add(path, undefined, USER_ERROR_TEXT);
    if (wanted === 'query') sendText(request, response, 200, `${USER_ERROR_TEXT}\r\n`);
    else sendText(request, response, 401, '', undefined, [['WWW-Authenticate', logIn.challenge(wanted)]]);
    return true;
  };
  return (request, response) => {
    const call = web?.callIn(request);
    if (call) {
      webCall(request, response, call);
      return;
    }
    const { path, query } = parseQuery(request.url ?? '/');
    const endpoint = { ...(isCgi ? { [CGI_PATH]: cgiAction } : {}), [SNAPSHOT_PATH]: images, [TELNET_PATH]: telnet }[path];
    const status = request.method !== 'GET' ? 405 : 404;
    if (endpoint && status === 404) return guarded(path, request, response, query) ? undefined : endpoint(request, response, query);
    log.add(path, undefined, `HTTP ${status}`);
    sendText(request, response, status, '');
  };
}

/** `{"passwd":"<md5>"}` */
function passwordIn(json: string | undefined): string | undefined {
  try {
    const { passwd } = JSON.parse(json ?? '') as { passwd?: unknown };
    return typeof passwd === 'string' ? passwd : undefined;
  } catch {
    return undefined;
  }
}

function explain(protocol: string, port: number, host: string, error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason =
    { EADDRINUSE: 'it is in use', EACCES: 'it needs more rights', EADDRNOTAVAIL: `${host} is no address of this computer` }[code ?? ''] ?? message;
  throw new Error(`Could not open the ${protocol} port ${port}: ${reason}.`);
}

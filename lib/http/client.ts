/** The camera over HTTP: requests go in as action and parameters, answers come out with their evidence, secrets stay inside. */
import { type Authenticator, createAuthenticator } from '../rtsp/auth.ts';
import { type Claim, nameOfClaim } from '../wire/credentials.ts';
import type { Dialect, LogIn, Phrase, Speaker } from '../wire/dialect.ts';
import { formatExact } from '../wire/exact-json.ts';
import type { Answer, Deviation, HttpExchange, Traffic } from '../wire/exchange.ts';
import { headerValue } from '../wire/header-value.ts';
import { isTooDeep } from '../wire/nesting.ts';
import { printable } from '../wire/printable.ts';
import { createRedactor, MASK, type Redactor } from '../wire/redact.ts';
import { type Attempted, failed, methodOf, type Target } from './attempted.ts';
import { sendOverBareSocket } from './bare-socket.ts';
import type { RawReply } from './http-reply-reader.ts';
import { decodeBody } from './json-body.ts';
import { createLaneQueue, type LaneQueue } from './lane-queue.ts';
import { NoReply } from './no-reply.ts';
import { type MaskedRequest, recordBytes, recordExchange, recordReply } from './recorder.ts';
import { UndiciLane } from './undici-transport.ts';

export { errorSentence, NoReply } from './no-reply.ts';

export interface ClientOptions {
  readonly baseUrl: URL;
  /** the interface that the camera is asked by */
  readonly dialect: Dialect;
  readonly user: string;
  /** plain; what goes on the wire is the dialect's matter */
  readonly password: string;
  /** limit for one request, from its sending to the last byte of the reply, and for how long retries are begun */
  readonly timeoutMs: number;
  /** requests in flight at once, 1 or more */
  readonly concurrency: number;
  /** names of JSON members whose values are never recorded, in any case of letters */
  readonly secretNames: ReadonlySet<string>;
  /** what the suite sends in such members by itself: shown, unless it is somebody's secret as well */
  readonly testValues?: ReadonlySet<string>;
  /** limit for all bytes of a reply that says nothing else about itself; 512 KiB when absent */
  readonly maxReplyBytes?: number;
  /** least time between the reply to one set and the sending of the next; 0 when absent */
  readonly writeIntervalMs?: number;
  /** told of each exchange when it is over, with the body as received; null where there was no reply */
  readonly onExchange?: (exchange: HttpExchange, bytes: Uint8Array | null) => void;
  /** for tests: how the client waits before a retry */
  readonly sleep?: (ms: number) => Promise<void>;
}

export interface RequestOptions {
  /** `cgi`: `right` when absent; `path`: none when absent, as in the document's examples (2, 3) */
  readonly credentials?: Claim;
  /** false: must not be sent twice. It then gets a connection of its own, and nothing but a busy reply is retried. */
  readonly repeatable?: boolean;
  readonly timeoutMs?: number;
  /** false: a busy reply is the answer; `until-limit`: as often as there is time, of a command that is busy with itself */
  readonly retryBusy?: boolean | 'until-limit';
  /** limit for all bytes of the reply, framing included; that of the client when absent */
  readonly maxReplyBytes?: number;
  /** values that are secret from now on, wherever they stand */
  readonly addSecrets?: readonly string[];
}

interface Plan {
  readonly target: string;
  /** the target with the characters of JSON unescaped; null where there is nothing to unescape */
  readonly rawTarget: string | null;
  /** what is posted; undefined: nothing */
  readonly body: string | undefined;
  readonly shown: MaskedRequest;
  readonly writes: boolean;
  /** a challenge of HTTP is answered: Basic or Digest */
  readonly logsIn?: boolean;
}

/** One request on its way, retries included. */
interface Course {
  readonly plan: Plan;
  readonly lane: UndiciLane;
  readonly repeatable: boolean;
  readonly timeoutMs: number;
  readonly maxReplyBytes: number;
  /** of the first attempt, ISO 8601 */
  readonly startedAt: string;
  /** of the first attempt, on the monotonic clock */
  readonly begun: number;
  attempts: number;
  /** of the last attempt */
  durationMs: number;
  /** the last attempt had a log-in of HTTP */
  isHttpLogIn?: boolean;
}

/** Of any reply of an action, framing included: the document's are below 16 KiB. */
const MAX_REPLY_BYTES = 512 * 1024;
/** Of a picture, alone or within JSON: BMP of a 4K sensor has 24 MiB. */
export const MAX_PICTURE_BYTES = 40 * 1024 * 1024;
const BUSY_TRIES = 5;
const CONNECTION_TRIES = 3;
const HTTP_UNAUTHORIZED = 401;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;
const NOTHING_SENT = { shown: null, secrets: [] } as const;
const NO_REQUEST_OPTIONS: RequestOptions = {};

const SENT_RAW: Deviation = { id: 'percent-encoding-refused', detail: 'sent unescaped, because percent-encoded JSON was refused with HTTP 400' };

/** A reply that undici refused shows why: by its own deviations, else by the parser's words. */
const withRefusal = (reply: RawReply, detail: string): RawReply =>
  reply.deviations.length > 0 ? reply : { ...reply, deviations: [{ id: 'refused-by-parser', detail: printable(detail) }] };

const sleepFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The path of the base URL without its closing slash: empty for `http://camera/`, `/proxy/cam1` for `http://host/proxy/cam1/`. */
const basePath = (base: URL): string => base.pathname.replace(/\/+$/, '');

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** One camera. Requests may overlap; not more than `concurrency` are in flight. `close()` ends its connections. */
export class CameraClient {
  readonly traffic: Traffic = { requests: 0, retries: 0, deviceTimeMs: 0 };
  readonly #options: ClientOptions;
  readonly #redactor: Redactor;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #closing = new AbortController();
  #speaker: Speaker;
  #authenticator: Authenticator;
  #base: URL;
  #shownBase = '';
  #prefix = '';
  readonly #lanes: readonly UndiciLane[];
  readonly #queue: LaneQueue<UndiciLane>;
  /** undici refused a reply of this camera */
  #bare = false;
  /** this camera refuses percent-encoded JSON; null until a request has shown it */
  #wantsRaw: boolean | null = null;
  /** to the answer that lets nobody in, or null; null itself: not begun since something has forgotten us */
  #entering: Promise<Answer | null> | null = null;
  #writtenAt = Number.NEGATIVE_INFINITY;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#redactor = createRedactor(options.secretNames, options.testValues);
    this.#sleep = options.sleep ?? sleepFor;
    this.#speaker = options.dialect.speaker(options.user, options.password);
    this.#authenticator = createAuthenticator({ user: options.user, password: options.password });
    this.#redactor.addSecrets(this.#speaker.secrets);
    this.#base = options.baseUrl;
    this.#settleAt(options.baseUrl);
    this.#lanes = Array.from({ length: Math.max(1, options.concurrency) }, () => new UndiciLane(options.baseUrl));
    this.#queue = createLaneQueue(this.#lanes);
  }

  /** the limit for one request, in ms */
  get timeoutMs(): number {
    return this.#options.timeoutMs;
  }

  /**
   * Sends an action. An object is written as JSON, a string goes as it is (broken on purpose), null or nothing sends no `json`.
   * Whatever the camera replies is an answer; throws `NoReply` when there is none.
   */
  cgi(action: string, json: Readonly<Record<string, unknown>> | string | null = null, how: RequestOptions = NO_REQUEST_OPTIONS): Promise<Answer> {
    if (how.addSecrets !== undefined) this.#redactor.addSecrets(how.addSecrets);
    const { credentials: claim = 'right' } = how;
    const sent = json === null || typeof json === 'string' ? json : formatExact(json);
    const { shown, secrets } = sent === null ? NOTHING_SENT : this.#maskRequest(sent, json);
    const phrase = this.#speaker.action(action, { sent, shown }, claim);
    const request = { json: phrase.body?.shown ?? shown, credentials: nameOfClaim(claim), secrets };
    return this.#loggedIn({ ...this.#planOf(phrase, request), writes: this.#options.dialect.isSet(action) }, how);
  }

  /** Enters the interface first where it has to be entered, and once more where it has forgotten who asks, as behind a restart: nothing was carried out then. */
  async #loggedIn(plan: Plan, how: RequestOptions): Promise<Answer> {
    const { logIn } = this.#speaker;
    if (logIn === undefined) return this.#perform(plan, how);
    for (let isAgain = false; ; isAgain = true) {
      this.#entering ??= this.#enter(logIn, how);
      const entering = this.#entering;
      const refusal = await entering;
      if (refusal !== null) return refusal;
      const answer = await this.#perform(plan, how);
      if (isAgain || !this.#options.dialect.isLoggedOut(answer)) return answer;
      if (this.#entering === entering) this.#entering = null;
    }
  }

  /** Null where the log-in lets us in, or is none; else its answer. Only one that let us in need not be tried again. */
  async #enter(logIn: LogIn, how: RequestOptions): Promise<Answer | null> {
    const entered = async (): Promise<Answer | null> => {
      const plan = this.#planOf(logIn.phrase, { json: logIn.phrase.body?.shown ?? null, credentials: 'right', secrets: [], isLogIn: true });
      const answer = await this.#perform({ ...plan, writes: false }, { ...how, repeatable: true });
      return logIn.isRefused(answer) ? { ...answer, isRefusedLogIn: true } : null;
    };
    let isIn = false;
    try {
      const refusal = await entered();
      isIn = refusal === null;
      return refusal;
    } finally {
      if (!isIn) this.#entering = null;
    }
  }

  /** Gets another path, such as `/action/telnet` or `/action/cgi_images`, with a query in the given order. */
  path(path: string, query: Readonly<Record<string, string>>, how: RequestOptions = NO_REQUEST_OPTIONS): Promise<Answer> {
    if (how.addSecrets !== undefined) this.#redactor.addSecrets(how.addSecrets);
    const isSecret = (name: string): boolean => this.#options.dialect.isSecretParameter(name) || this.#redactor.isSecretName(name);
    const shown = Object.entries(query).map(([name, value]) => [name, isSecret(name) ? MASK : this.#redactor.maskVerbatim(value, [])] as const);
    const phrase = this.#speaker.path(path, { sent: query, shown: Object.fromEntries(shown) }, how.credentials);
    return this.#perform(
      {
        ...this.#planOf(phrase, { json: null, credentials: how.credentials && nameOfClaim(how.credentials), secrets: [] }),
        writes: false,
        logsIn: how.credentials === 'right',
      },
      how,
    );
  }

  #planOf({ sent, raw, shown, body }: Phrase, request: Omit<MaskedRequest, 'url' | 'method'>): Omit<Plan, 'writes'> {
    return {
      target: this.#prefix + sent,
      rawTarget: raw === null ? null : this.#prefix + raw,
      body: body?.sent,
      shown: { method: methodOf({ body: body?.sent }), url: this.#shownBase + shown, ...request },
    };
  }

  /** Throws `NoWordsFor` where the interface cannot claim that. */
  demandWordsFor(claim: Claim): void {
    this.#speaker.action('', { sent: null, shown: null }, claim);
  }

  /** Text about replies, for reports: what it quotes of them may hold a secret. */
  withoutSecrets(text: string): string {
    return this.#redactor.maskQuoted(text);
  }

  /** After the password was changed. The old one stays secret, and what has to be entered is entered with the new one. */
  setPassword(password: string): void {
    this.#entering = null;
    this.#speaker = this.#options.dialect.speaker(this.#options.user, password);
    this.#authenticator = createAuthenticator({ user: this.#options.user, password });
    this.#redactor.addSecrets(this.#speaker.secrets);
  }

  /** where requests go now */
  get base(): URL {
    return this.#base;
  }

  /** After the camera moved to another address or port. A request in flight ends at the old one. */
  withBase(url: URL): void {
    this.#settleAt(url);
    this.#bare = false;
    for (const lane of this.#lanes) lane.moveTo(url);
  }

  /** The next request of each connection opens a new one: what an old one still brings is of another time. */
  reconnect(): void {
    for (const lane of this.#lanes) lane.moveTo(this.#base);
  }

  /** Ends all connections; requests in flight end as `dropped`, later ones are refused. */
  async close(): Promise<void> {
    this.#queue.shut(new Error('Could not send: the client is closed. Make a new one.'));
    this.#closing.abort();
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  #settleAt(base: URL): void {
    this.#base = base;
    this.#prefix = basePath(base);
    this.#shownBase = `${base.protocol}//${base.host}${this.#redactor.maskVerbatim(this.#prefix, [])}`;
  }

  #maskRequest(text: string, json: unknown): { readonly shown: string; readonly secrets: readonly string[] } {
    const read = typeof json === 'string' ? parsed(json) : json;
    const value = isTooDeep(read) ? undefined : read;
    return { shown: this.#redactor.maskRequest(text, value), secrets: this.#redactor.secretsOfRequest(text, value) };
  }

  async #perform(plan: Plan, how: RequestOptions): Promise<Answer> {
    const taken = this.#queue.take();
    const lane = taken instanceof Promise ? await taken : taken;
    try {
      if (plan.writes) await this.#restBeforeWrite();
      const course: Course = {
        plan,
        lane,
        repeatable: how.repeatable ?? true,
        timeoutMs: how.timeoutMs ?? this.#options.timeoutMs,
        maxReplyBytes: how.maxReplyBytes ?? this.#options.maxReplyBytes ?? MAX_REPLY_BYTES,
        startedAt: new Date().toISOString(),
        begun: performance.now(),
        attempts: 0,
        durationMs: 0,
      };
      const answer = await this.#untilNotBusy(course, how.retryBusy ?? true);
      this.#options.onExchange?.(answer.exchange, answer.bytes);
      return answer;
    } catch (error) {
      if (error instanceof NoReply) this.#options.onExchange?.(error.exchange, null);
      throw error;
    } finally {
      if (plan.writes) this.#writtenAt = performance.now();
      this.#queue.giveBack(lane);
    }
  }

  async #restBeforeWrite(): Promise<void> {
    const rest = (this.#options.writeIntervalMs ?? 0) - (performance.now() - this.#writtenAt);
    if (rest > 0) await this.#sleep(rest);
  }

  /** A busy reply: at most 5 tries unless it is asked until the limit, 100, 200, 400 and 800 ms apart and so on, within the time limit. */
  async #untilNotBusy(course: Course, retryBusy: boolean | 'until-limit'): Promise<Answer> {
    const most = retryBusy === 'until-limit' ? Number.POSITIVE_INFINITY : BUSY_TRIES;
    let paused = 0;
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#inTheFormItTakes(course);
      if (!retryBusy || tries >= most || !this.#options.dialect.isBusy(answer.body)) return answer;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
      paused += pause;
      if (pause >= this.#timeLeft(course) || paused >= course.timeoutMs) return answer;
      await this.#sleep(pause);
    }
  }

  /** Percent-encoded first; raw once after HTTP 400, and from then on if that was taken (home-assistant/core#33875, rroller/dahua#647). */
  async #inTheFormItTakes(course: Course): Promise<Answer> {
    const { plan, repeatable } = course;
    if (plan.rawTarget === null) return await this.#ask(course, plan.target, []);
    if (this.#wantsRaw === true) return await this.#ask(course, plan.rawTarget, [SENT_RAW]);
    const answer = await this.#ask(course, plan.target, []);
    if (answer.status === 200) this.#wantsRaw = false;
    if (answer.status !== 400 || this.#wantsRaw === false || !repeatable || this.#timeLeft(course) <= 0) return answer;
    try {
      const rawAnswer = await this.#ask(course, plan.rawTarget, [SENT_RAW]);
      if (rawAnswer.status !== 200) return answer;
      this.#wantsRaw = true;
      return rawAnswer;
    } catch (error) {
      if (error instanceof NoReply) return answer;
      throw error;
    }
  }

  async #ask(course: Course, target: string, notes: readonly Deviation[]): Promise<Answer> {
    const reply = await this.#letIn(course, target);
    const decoded = decodeBody(reply.body, headerValue(reply.head.headers, 'content-type') ?? '');
    let deviations = reply.deviations;
    if (notes.length > 0 || decoded.deviations.length > 0) deviations = [...notes, ...deviations, ...decoded.deviations];
    return {
      exchange: recordExchange(this.#redactor, course.plan.shown, course, recordReply(this.#redactor, course.plan.shown, reply, decoded), deviations),
      status: reply.head.status,
      body: decoded.body,
      bytes: reply.body,
    };
  }

  /** What the document's own log-in does not open may be opened by that of HTTP (RFC 7617, RFC 7616), where the camera asks for it. */
  async #letIn(course: Course, target: string): Promise<RawReply> {
    const reply = await this.#deliver(course, target);
    if (course.plan.logsIn !== true || reply.head.status !== HTTP_UNAUTHORIZED) return reply;
    const isAnswered = this.#authenticator.authorize('GET', target) !== null;
    return this.#authenticator.challenged(reply.head.headers, () => {}, isAnswered) ? this.#deliver(course, target) : reply;
  }

  #authorization(course: Course, target: string): string | undefined {
    const authorized = course.plan.logsIn ? this.#authenticator.authorize('GET', target) : null;
    course.isHttpLogIn = authorized !== null;
    if (authorized !== null) this.#redactor.addSecrets(authorized.secrets);
    return authorized?.sent;
  }

  /** One whole reply, however many connections it takes; what stays cut short after the last is given as it came. */
  async #deliver(course: Course, target: string): Promise<RawReply> {
    for (let broken = 0; ; ) {
      const outcome = await this.#send(course, target);
      switch (outcome.kind) {
        case 'reply':
          return outcome.reply;
        case 'refused':
          this.#bare = true;
          if (outcome.reply !== null) return withRefusal(outcome.reply, outcome.detail);
          // Only repeatable requests go over undici: this one may be sent again.
          continue;
        case 'failed':
          if (outcome.reason !== 'dropped') throw this.#noReply(course, outcome);
      }
      broken += 1;
      if (!course.repeatable || broken >= CONNECTION_TRIES || this.#timeLeft(course) <= 0) {
        if (outcome.kind === 'cut') return outcome.reply;
        throw this.#noReply(course, outcome);
      }
      if (broken > 1) await this.#sleep(FIRST_PAUSE_MS);
    }
  }

  async #send(course: Course, target: string): Promise<Attempted> {
    if (this.#closing.signal.aborted) return failed('dropped', 'the client was closed');
    this.traffic.requests += 1;
    course.attempts += 1;
    if (course.attempts > 1) this.traffic.retries += 1;
    const authorization = this.#authorization(course, target);
    const request: Target = { target, body: course.plan.body, timeoutMs: course.timeoutMs, maxReplyBytes: course.maxReplyBytes, authorization };
    const sentAt = performance.now();
    const outcome = await (this.#bare || !course.repeatable
      ? sendOverBareSocket(this.#base, request, this.#closing.signal)
      : course.lane.send(request));
    course.durationMs = performance.now() - sentAt;
    this.traffic.deviceTimeMs += course.durationMs;
    return outcome;
  }

  /** How long retries may still be begun; 0 once the client is closed. */
  #timeLeft(course: Course): number {
    return this.#closing.signal.aborted ? 0 : course.timeoutMs - (performance.now() - course.begun);
  }

  #noReply(course: Course, outcome: Extract<Attempted, { kind: 'failed' }>): NoReply {
    const { partial, seen, reason, detail } = outcome;
    const reply =
      partial === null
        ? recordBytes(this.#redactor, course.plan.shown, seen)
        : recordReply(this.#redactor, course.plan.shown, partial, decodeBody(partial.body, ''));
    const deviations = detail === '' ? [] : [{ id: reason, detail: printable(detail) }];
    return new NoReply(reason, recordExchange(this.#redactor, course.plan.shown, course, reply, [...(partial?.deviations ?? []), ...deviations]));
  }
}

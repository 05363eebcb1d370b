/**
 * The camera as a test uses it: get and set by the parts of the document, what it offers, who it says it is. Everything
 * that changes a setting goes through `set`, which has the original remembered first.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { SECTIONS } from '../document/index.ts';
import type { Command, Hazard, Instance, Settings } from '../document/notation.ts';
import { isMembers, type Members, withoutExtras } from '../document/row-value.ts';
import { Gate } from '../gate/gate.ts';
import { type CameraClient, MAX_PICTURE_BYTES, NoReply, type RequestOptions } from '../http/client.ts';
import { askedAction } from '../wire/asked-action.ts';
import type { Answer } from '../wire/exchange.ts';
import { LogIns } from './log-ins.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { poll } from './poll.ts';
import { QUESTIONS } from './questions.ts';
import { Settling } from './settling.ts';
import { countWear, type Wear } from './wear.ts';

const CARRIES_PICTURE: ReadonlySet<string> = new Set(
  SECTIONS.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'settings' && part.carriesPicture ? [part.get] : []))),
);

/** Sees to it that what is changed can be put back. */
export interface WayBack {
  /** reads what every get shows, before the first change */
  look(): Promise<void>;
  /** before something may change a part by another way than a set; throws where its original is not known */
  demand(part: Settings, instance: Instance): Promise<void>;
  /** the same for everything that any get shows */
  demandAll(): Promise<void>;
  /** something that no set named was seen to change; `before`: what the get showed */
  foundChanged(part: Settings, instance: Instance, before: Members): void;
  /** does what is nobody's evidence */
  aside<T>(run: () => Promise<T>): Promise<T>;
  /** a request with the digits of what it echoes */
  withDigits(action: string, json: Members): Members;
}

/** What is told of each request: before it goes out, when it can still be kept from going by an error, and after its answer. */
export interface CallListener {
  readonly before?: (action: string, json: Members | string | null) => Promise<void> | undefined;
  readonly after?: (action: string, json: Members | string | null, outcome: Outcome) => void;
}

export interface CameraOptions {
  readonly client: CameraClient;
  readonly allowed: ReadonlySet<Hazard>;
  readonly user: string;
  readonly password: string;
  readonly rtspUrl: URL | null;
  readonly baseUrl: URL;
  /** how it waits before something is tried again; by the clock when absent */
  readonly sleep?: (ms: number) => Promise<void>;
  /** how long a setting may take until gets, streams and pictures show it, in ms */
  readonly settlingMs?: number;
  /** how long what was set is left alone at the end before it is read once more, in ms */
  readonly holdingMs?: number;
  /** addresses of the testing computer, as the camera sees it */
  readonly testers?: readonly string[];
}

/** One may be lost on the way. */
const MOST_UNANSWERED = 2;

/** In ms, of the actions that have one. */
const LIMITS: ReadonlyMap<string, number> = new Map(
  SECTIONS.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'command' && part.limitMs !== undefined ? [[part.action, part.limitMs] as const] : [])),
  ),
);

export const WHOLE: Instance = { label: '', select: {} };
export const instancesOf = (part: Settings): readonly Instance[] => part.instances ?? [WHOLE];

/** As long as a change of the network may keep a camera away, in ms. */
const NETWORK_AWAY_MS = 30_000;
const AWAY_LOOK_MS = 2000;
/** How long a camera whose reply was cut may go on answering before its network goes. */
const GOES_WITHIN_MS = 500;
const BETWEEN_LOOKS_MS = 200;
const HTTP_UNAUTHORIZED = 401;

/** Whether an action only asks: all others may change something. */
const isGet = (action: string): boolean => /^get/i.test(action);

export class Camera {
  readonly client: CameraClient;
  readonly options: CameraOptions;
  /** who the camera says it is, from the first reply that said so */
  identity: Members | null = null;
  /** how long its changes take until they show */
  readonly settling: Settling;
  readonly wear: Wear = { writes: 0, reboots: 0, logIns: 0 };
  /** null: nothing is put back, as of a camera that is thrown away */
  wayBack: WayBack | null = null;
  /** through which every request goes */
  readonly gate: Gate;
  /** through which every wrong one goes */
  readonly logIns: LogIns;
  readonly #callListeners: CallListener[] = [];
  #changing = 0;
  readonly #unanswered = new Map<string, { readonly times: number; readonly error: NoReply }>();
  /** paths that want a log-in */
  readonly #guarded = new Set<string>();
  /** actions that did not answer within a limit of their own */
  readonly #impatientFor = new Set<string>();
  /** by action of the set */
  readonly #leftOut = new Map<string, readonly string[]>();

  constructor(options: CameraOptions) {
    this.options = options;
    this.client = options.client;
    this.settling = new Settling(options.settlingMs);
    this.gate = new Gate({ sections: SECTIONS, allowed: options.allowed, testers: options.testers ?? [] });
    this.logIns = new LogIns({
      sendRight: async () => void (await this.#aside(() => this.call(QUESTIONS[0], null))),
      isLetIn: () => this.#isLetIn(),
      pause: (ms) => this.pause(ms),
    });
  }

  allows(hazards: readonly Hazard[]): boolean {
    return hazards.every((hazard) => this.options.allowed.has(hazard));
  }

  onCall(listener: CallListener): void {
    this.#callListeners.push(listener);
  }

  /** Waits before something is tried again. */
  pause(ms: number): Promise<unknown> {
    return (this.options.sleep ?? sleep)(ms);
  }

  /** Something changed that no set named: it has to be put back, too. `before` is the get's reply as it was. */
  foundChanged(part: Settings, instance: Instance, before: Members): void {
    this.wayBack?.foundChanged(part, instance, before);
  }

  async get(part: Settings, instance: Instance = WHOLE): Promise<Outcome> {
    const json = Object.keys(instance.select).length > 0 ? instance.select : null;
    return this.call(part.get, json);
  }

  /** Sends a set; the members are sent as they are, beside what selects the instance. */
  async set(part: Settings, instance: Instance, members: Members): Promise<Outcome> {
    if (part.set === undefined) throw new Error(`Could not set ${part.get}: the document has no set for it.`);
    const leftOut = this.#leftOut.get(part.set) ?? [];
    const named = Object.entries(members).flatMap(([name, value]) => {
      if (leftOut.includes(name)) return [];
      const row = part.rows.find((each) => each.name === name || each.alias === name);
      return [[name, row === undefined ? value : withoutExtras(row, value)] as const];
    });
    return this.sendSet(part, instance, { ...instance.select, ...Object.fromEntries(named) });
  }

  /**
   * A set as it is given. One that changes the network may take the connection in the middle of the reply, or fall into what an earlier one
   * caused: it is sent once more when the camera is back, and judged by the get where its reply is lost again.
   */
  async sendSet(part: Settings, instance: Instance, json: Members): Promise<Outcome> {
    const { set = '' } = part;
    for (let lost = 0; ; lost += 1) {
      try {
        return await this.call(set, json);
      } catch (error) {
        const back = error instanceof NoReply && part.hazards?.includes('network') ? await this.#backAgain(part, instance) : null;
        if (back === null) throw error;
        if (lost > 0) return back;
      }
    }
  }

  /**
   * A change of the network may take the connection in the middle of the reply, and the camera away for a while: whether it was taken the
   * get tells. Null where the camera was never away: then it just did not answer.
   */
  async #backAgain(part: Settings, instance: Instance): Promise<Outcome | null> {
    const how = { timeoutMs: AWAY_LOOK_MS, repeatable: false };
    const look = (): Promise<Outcome | null> =>
      this.#aside(() => this.call(QUESTIONS[0], null, how)).catch((error: unknown) => {
        if (error instanceof NoReply) return null;
        throw error;
      });
    if ((await look()) !== null) {
      // A network may be about to go when the reply is cut.
      await sleep(GOES_WITHIN_MS);
      if ((await look()) !== null) return null;
    }
    return (await poll(NETWORK_AWAY_MS, look, BETWEEN_LOOKS_MS)) === null ? null : this.get(part, instance);
  }

  /** From now on no set of this part names these: the camera does not offer them, and refuses a set for them. */
  leaveOut({ set = '' }: Settings, names: readonly string[]): void {
    this.#leftOut.set(set, names);
  }

  /** Has the originals of a part remembered; to be called before anything that may change it by another way than its set. */
  async aboutToChange(part: Settings, instance: Instance = WHOLE): Promise<void> {
    await this.wayBack?.demand(part, instance);
  }

  /** Before bytes go out that are no request of the document, but could be taken for any. */
  async aboutToSendBytes(): Promise<void> {
    await this.wayBack?.demandAll();
    this.#changing += 1;
  }

  /** Before a request goes out by another way than `call`: throws as `call` does where it must not. */
  async aboutToSend(action: string, json: Members | null): Promise<void> {
    for (const { before } of this.#callListeners) await before?.(action, json);
    this.#changing += 1;
  }

  async command(command: Command, members: Members | null, how?: RequestOptions): Promise<Outcome> {
    return this.call(command.action, members, how);
  }

  async call(action: string, given: Members | string | null, how?: RequestOptions): Promise<Outcome> {
    const unanswered = this.#unanswered.get(action);
    if (unanswered !== undefined && unanswered.times >= MOST_UNANSWERED) throw unanswered.error;
    await this.admit(action, given);
    const json = isMembers(given) ? (this.wayBack?.withDigits(action, given) ?? given) : given;
    for (const { before } of this.#callListeners) await before?.(action, json);
    const isRight = how?.credentials === undefined || how.credentials === 'right';
    if (!isRight) {
      this.client.demandWordsFor(how?.credentials ?? 'right');
      await this.logIns.beforeWrong();
    }
    if (!isGet(action)) this.#changing += 1;
    const limits = CARRIES_PICTURE.has(action) ? { maxReplyBytes: MAX_PICTURE_BYTES, ...how } : how;
    const send = async (): Promise<Outcome> => outcomeOf(await this.#sent(action, json, limits));
    const came = await send();
    const outcome = isRight ? await this.logIns.afterRight(came, send) : came;
    if (outcome.kind === 'done' && this.identity === null && typeof outcome.reply.deviceID === 'string') this.identity = outcome.reply;
    countWear(this.wear, action, outcome);
    if (outcome.kind === 'done' && isGet(action)) this.gate.note(action, isMembers(json) ? json : {}, outcome.reply);
    for (const { after } of this.#callListeners) after?.(action, json, outcome);
    return outcome;
  }

  /** Throws `HeldBack` when a request may not leave; what it takes to tell that is read first. For what does not go out by `call`. */
  async admit(action: string, json: Members | string | null): Promise<void> {
    if (isGet(action)) return;
    if (this.gate.wanted(action, json).length > 0) await this.wayBack?.look();
    for (const get of this.gate.wanted(action, json)) {
      const outcome = await this.#aside(() => this.call(get, null));
      if (outcome.kind !== 'done') this.gate.noteSilent(get, {});
    }
    this.gate.admit(action, json);
  }

  #aside<T>(run: () => Promise<T>): Promise<T> {
    return this.wayBack?.aside(run) ?? run();
  }

  async #isLetIn(): Promise<boolean> {
    for (const action of QUESTIONS) if (outcomeOf(await this.client.cgi(action, null)).kind !== 'error-user') return true;
    return false;
  }

  async #sent(action: string, json: Members | string | null, how: RequestOptions | undefined): Promise<Answer> {
    try {
      return await this.client.cgi(action, json, this.#patience(action, how));
    } catch (error) {
      if (error instanceof NoReply) this.#impatientFor.add(action);
      throw error;
    }
  }

  /**
   * Commands that take their time have limits of their own, also while they say that the camera is busy with them. Where that was waited
   * for in vain it is not waited for again.
   */
  #patience(action: string, how: RequestOptions | undefined): RequestOptions | undefined {
    const limitMs = LIMITS.get(action);
    if (limitMs === undefined || how?.timeoutMs !== undefined || this.#impatientFor.has(action)) return how;
    return { ...how, timeoutMs: Math.max(limitMs, this.client.timeoutMs), retryBusy: how?.retryBusy === false ? false : 'until-limit' };
  }

  /** An action was not answered, though others are. What is not answered again and again is not asked for any more: each time costs the limit of a request. */
  noteUnanswered(error: NoReply): void {
    const action = askedAction(error.exchange);
    if (action === null || !isGet(action)) return;
    this.#unanswered.set(action, { times: (this.#unanswered.get(action)?.times ?? 0) + 1, error });
  }

  /** How many requests went out that may change something: a reading made behind the last of them still holds. */
  get changing(): number {
    return this.#changing;
  }

  /** The same where the document shows no log-in; a camera that wants one gets it. */
  async openPath(path: string, query: Readonly<Record<string, string>>): Promise<Outcome> {
    const outcome = await this.path(path, query, this.#guarded.has(path) ? { credentials: 'right' } : {});
    if ((outcome.kind !== 'error-user' && outcome.answer.status !== HTTP_UNAUTHORIZED) || this.#guarded.has(path)) return outcome;
    this.#guarded.add(path);
    return this.path(path, query, { credentials: 'right' });
  }

  /** Another endpoint than that of the actions; see `CameraClient.path`. */
  async path(path: string, query: Readonly<Record<string, string>>, how?: RequestOptions): Promise<Outcome> {
    this.gate.admit(path, query);
    for (const { before } of this.#callListeners) await before?.(path, query);
    const outcome = outcomeOf(await this.client.path(path, query, how));
    for (const { after } of this.#callListeners) after?.(path, query, outcome);
    return outcome;
  }
}

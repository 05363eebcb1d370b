/**
 * The camera as a test uses it: get and set by the parts of the document, what it offers, who it says it is. Everything
 * that changes a setting goes through `set`, which has the original remembered first.
 */
import type { Command, Hazard, Instance, Settings } from '../document/notation.ts';
import type { Members } from '../document/row-value.ts';
import type { CameraClient, NoReply, RequestOptions } from '../http/client.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { Settling } from './settling.ts';
import { countWear, type Wear } from './wear.ts';

/** Called before a part is changed for the first time, so that it can be put back. */
export type BeforeChange = (part: Settings, instance: Instance) => Promise<void>;

/** Called with what a part showed before a set of something else changed it. */
export type SideEffect = (part: Settings, instance: Instance, before: Members) => void;

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
  /** how long a setting may take until gets, streams and pictures show it, in ms */
  readonly settlingMs?: number;
}

/** One may be lost on the way. */
const MOST_UNANSWERED = 2;

export const WHOLE: Instance = { label: '', select: {} };
export const instancesOf = (part: Settings): readonly Instance[] => part.instances ?? [WHOLE];

export class Camera {
  readonly client: CameraClient;
  readonly options: CameraOptions;
  /** who the camera says it is, from the first reply that said so */
  identity: Members | null = null;
  /** how long its changes take until they show */
  readonly settling: Settling;
  readonly wear: Wear = { writes: 0, reboots: 0, logIns: 0 };
  readonly #beforeChange: BeforeChange[] = [];
  readonly #sideEffects: SideEffect[] = [];
  readonly #callListeners: CallListener[] = [];
  #changing = 0;
  readonly #unanswered = new Map<string, { readonly times: number; readonly error: NoReply }>();
  /** by action of the set */
  readonly #leftOut = new Map<string, readonly string[]>();
  /** the parts that were announced as about to change */
  readonly #changed = new Map<string, Promise<void>>();

  constructor(options: CameraOptions) {
    this.options = options;
    this.client = options.client;
    this.settling = new Settling(options.settlingMs);
  }

  allows(hazards: readonly Hazard[]): boolean {
    return hazards.every((hazard) => this.options.allowed.has(hazard));
  }

  onChange(listener: BeforeChange): void {
    this.#beforeChange.push(listener);
  }

  onCall(listener: CallListener): void {
    this.#callListeners.push(listener);
  }

  onSideEffect(listener: SideEffect): void {
    this.#sideEffects.push(listener);
  }

  /** Something changed that no set named: it has to be put back, too. `before` is the get's reply as it was. */
  foundChanged(part: Settings, instance: Instance, before: Members): void {
    for (const listener of this.#sideEffects) listener(part, instance, before);
  }

  /** Forgets which parts were remembered: after they were put back, the next change is a first one again. */
  forgetChanges(): void {
    this.#changed.clear();
  }

  async get(part: Settings, instance: Instance = WHOLE): Promise<Outcome> {
    const json = Object.keys(instance.select).length > 0 ? instance.select : null;
    return this.call(part.get, json);
  }

  /** Sends a set; the members are sent as they are, beside what selects the instance. */
  async set(part: Settings, instance: Instance, members: Members): Promise<Outcome> {
    if (part.set === undefined) throw new Error(`Could not set ${part.get}: the document has no set for it.`);
    await this.aboutToChange(part, instance);
    const leftOut = this.#leftOut.get(part.set) ?? [];
    const named = leftOut.length === 0 ? members : Object.fromEntries(Object.entries(members).filter(([name]) => !leftOut.includes(name)));
    return this.call(part.set, { ...instance.select, ...named });
  }

  /** From now on no set of this part names these: the camera does not offer them, and refuses a set for them. */
  leaveOut({ set = '' }: Settings, names: readonly string[]): void {
    this.#leftOut.set(set, names);
  }

  /** Has the originals of a part remembered; to be called before anything that may change it by another way than `set`. */
  async aboutToChange(part: Settings, instance: Instance = WHOLE): Promise<void> {
    const key = `${part.get} ${JSON.stringify(instance.select)}`;
    const announced = this.#changed.get(key) ?? this.#announce(part, instance);
    this.#changed.set(key, announced);
    // What could not be remembered must be announced again before the next attempt.
    announced.catch(() => this.#changed.delete(key));
    await announced;
  }

  async #announce(part: Settings, instance: Instance): Promise<void> {
    for (const listener of this.#beforeChange) await listener(part, instance);
  }

  async command(command: Command, members: Members | null, how?: RequestOptions): Promise<Outcome> {
    return this.call(command.action, members, how);
  }

  async call(action: string, json: Members | string | null, how?: RequestOptions): Promise<Outcome> {
    const unanswered = this.#unanswered.get(action);
    if (unanswered !== undefined && unanswered.times >= MOST_UNANSWERED) throw unanswered.error;
    for (const { before } of this.#callListeners) await before?.(action, json);
    const outcome = outcomeOf(await this.client.cgi(action, json, how));
    if (outcome.kind === 'done' && this.identity === null && typeof outcome.reply.deviceID === 'string') this.identity = outcome.reply;
    countWear(this.wear, action, outcome);
    for (const { after } of this.#callListeners) after?.(action, json, outcome);
    return outcome;
  }

  /** An action was not answered, though others are. What is not answered again and again is not asked for any more: each time costs the limit of a request. */
  noteUnanswered(error: NoReply): void {
    const action = new URL(error.exchange.url).searchParams.get('action');
    if (action === null || !/^get/i.test(action)) return;
    this.#unanswered.set(action, { times: (this.#unanswered.get(action)?.times ?? 0) + 1, error });
  }

  /** How many requests went out that may change something: a reading made behind the last of them still holds. */
  get changing(): number {
    return this.#changing;
  }

  /** Another endpoint than that of the actions; see `CameraClient.path`. */
  async path(path: string, query: Readonly<Record<string, string>>, how?: RequestOptions): Promise<Outcome> {
    for (const { before } of this.#callListeners) await before?.(path, query);
    return outcomeOf(await this.client.path(path, query, how));
  }
}

/**
 * All that a run has to put back: the parameters of action pairs, and what is none of them. Sees every request before it goes
 * out, so that nothing can change the camera before the journal knows how it was.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Camera, WayBack } from '../camera/camera.ts';
import type { Outcome } from '../camera/outcome.ts';
import type { Instance, Row, Section, Settings } from '../document/notation.ts';
import { isMembers, type Members } from '../document/row-value.ts';
import { withPlainNumbers } from '../wire/exact-json.ts';
import { type Difference, formatDifference } from './difference.ts';
import type { Change } from './held.ts';
import type { Journal, JournalContents } from './journal.ts';
import { describeItem, keyOf, keyOfOriginal, type OriginalItem } from './journal-entry.ts';
import { type AnyKind, type Keepsake, type KeepsakeOf, KINDS } from './keepsakes/index.ts';
import { putBackPassword } from './keepsakes/password.ts';
import { Originals, type OriginalsOptions } from './originals.ts';
import type { AsFound, Way } from './way-back.ts';
import { locate, placesOf } from './whereabouts.ts';

const MOVE_LIMIT_MS = 10_000;

export interface KeeperOptions extends Pick<OriginalsOptions, 'survey' | 'isLegal' | 'onForeign'> {
  /** told of what the camera says to have put back, and no reply shows */
  readonly onUnproven?: (sentence: string) => void;
  /** null: nothing is journaled */
  readonly journal?: Journal | null;
  /** does what is nobody's evidence */
  readonly aside?: <T>(run: () => Promise<T>) => Promise<T>;
}

/** The keeper that asks and sets of itself: that needs no way back of its own. One for all, since each store makes every promise dearer. */
const acting = new AsyncLocalStorage<Keeper>();

export class Keeper implements WayBack {
  readonly #camera: Camera;
  readonly #journal: Journal | null;
  readonly #originals: Originals;
  readonly #kept = new Map<string, Keepsake>();
  readonly #onUnproven: (sentence: string) => void;
  readonly #aside: <T>(run: () => Promise<T>) => Promise<T>;
  /** commands that may change everything; true: by setting it */
  readonly #wide: ReadonlyMap<string, boolean>;
  #everKept = false;

  constructor(
    camera: Camera,
    sections: readonly Section[],
    { journal = null, aside = (run) => run(), onUnproven = () => undefined, ...options }: KeeperOptions = {},
  ) {
    this.#camera = camera;
    this.#journal = journal;
    this.#aside = aside;
    this.#onUnproven = onUnproven;
    this.#wide = wideCommands(sections);
    this.#originals = new Originals(camera, sections, {
      ...options,
      onRemember: (items) => {
        this.#journal?.append(...items);
        for (const item of items) this.#tellGate(item);
      },
      onTrace: (line) => this.#journal?.note(line),
      onMove: () => this.#findAgain(),
    });
    camera.wayBack = this;
    camera.onCall({
      before: (action, json) => (acting.getStore() === this ? undefined : this.#before(action, isMembers(json) ? json : null)),
      after: (action, json, outcome) => this.#after(action, json, outcome),
    });
  }

  /** Whether anything was ever about to be changed. */
  get isNeeded(): boolean {
    return this.#originals.isNeeded || this.#everKept;
  }

  /** What a get showed before this run changed anything; null when that is not remembered. */
  originalOf(get: string, request: Members): Members | null {
    return this.#originals.replyOf(get, request);
  }

  /** What a part showed before the first change of this run; null where this camera does not say. */
  firstOf(part: Settings, instance: Instance): Promise<Members | null> {
    return this.#byItself(() => this.#originals.firstOf(part, instance));
  }

  /** What is not yet put back. */
  pending(): readonly string[] {
    return [...this.#originals.pending(), ...[...this.#kept.values()].map(describeItem)];
  }

  /** Has something journaled that is about to change; returns when it may. */
  keep(item: Keepsake): void {
    if (this.#kept.has(keyOf(item))) return;
    this.#journal?.append(item);
    this.#take(item);
  }

  /** Takes over what a journal holds. `isAllOurs`: whatever differs is put back; else only what that run was about. */
  takeOver({ items, traces }: Pick<JournalContents, 'items' | 'traces'>, isAllOurs: boolean): void {
    for (const item of items) {
      if (item.kind !== 'original') {
        this.#take(item);
        continue;
      }
      const trace = traces.get(keyOfOriginal(item.get, item.select));
      const adopted = Object.fromEntries((trace?.adopted ?? []).map(([name, { to }]) => [name, to]));
      this.#tellGate({ ...item, reply: { ...item.reply, ...adopted } });
      this.#originals.take(item, trace, isAllOurs);
    }
  }

  /** What will be put back, a sentence each. Reads only. */
  async preview(): Promise<readonly string[]> {
    return this.#byItself(async () => {
      const kept: string[] = [];
      for (const kind of KINDS) {
        const own = this.#all(kind);
        if (kind.preview !== undefined && own.length > 0) kept.push(...(await kind.preview(this.#camera, own)).map(formatDifference));
        else kept.push(...own.map((item) => kind.describe(item)));
      }
      return [...kept, ...(await this.#originals.differences()).map(formatDifference)];
    });
  }

  /** Puts back what was changed and returns what could not be. The journal stays until `lookOnceMore`. */
  restore(): Promise<readonly Difference[]> {
    return this.#byItself(() => this.#restore(() => this.#originals.restore()));
  }

  /**
   * The end of a run: over a new connection everything is read once more that any get showed at the beginning; what differs is put back.
   * Returns what is not as it was; where that is nothing which could still be put back, the journal is removed.
   */
  lookOnceMore(): Promise<readonly Difference[]> {
    return this.#byItself(async () => {
      this.#camera.client.reconnect();
      const left = await this.#restore(() => this.#originals.lookOnceMore());
      if (left.every(({ isForeign }) => isForeign)) this.#journal?.remove();
      return left;
    });
  }

  /** Sets the parameters to what they were, with more to come. Returns whether they are what they were. */
  async putBackForNow(): Promise<boolean> {
    return (await this.#byItself(() => this.#originals.restore())).length === 0;
  }

  /** Puts the password back before anything else, when the camera lets nobody in. */
  async unlock(): Promise<void> {
    await this.#byItself(() => putBackPassword(this.#camera, this.#keptOf('password')));
  }

  /** Another hand changed a parameter: what it made of it is what is put back from now on, and is told. */
  adopt(get: string, select: Members, row: Row, change: Change): void {
    this.#originals.adopt(get, select, row, change);
  }

  /** Something showed otherwise although nothing had been sent: another hand's doing, unless that reading was a lie. */
  suspect(get: string, select: Members, row: Row, change: Change): void {
    this.#originals.suspect(get, select, row, change);
  }

  /** Whether this run has sent a value. */
  hasSent(get: string, select: Members, row: Row, value: unknown): boolean {
    return this.#originals.hasSent(get, select, row, value);
  }

  look(): Promise<void> {
    return this.#byItself(() => this.#originals.look());
  }

  aside<T>(run: () => Promise<T>): Promise<T> {
    return this.#byItself(run);
  }

  demandAll(): Promise<void> {
    return this.#byItself(() => this.#originals.allowAll(false));
  }

  demand(part: Settings, instance: Instance): Promise<void> {
    return this.#byItself(() => this.#originals.demand(part, instance));
  }

  foundChanged(part: Settings, instance: Instance, before: Members): void {
    this.#originals.foundChanged(part, instance, before);
  }

  async asFound(part: Settings, instance: Instance): Promise<AsFound | null> {
    await this.#byItself(() => this.#originals.look());
    return acting.run(this, () => this.#originals.asFound(part, instance));
  }

  wayOf(part: Settings, instance: Instance, row: Row): Promise<Way> {
    return acting.run(this, () => this.#originals.wayBack({ get: part.get, select: instance.select }, row));
  }

  withDigits(action: string, json: Members): Members {
    return this.#originals.withDigits(action, json);
  }

  /** What is put back passes it. */
  #tellGate({ get, select, reply, at }: OriginalItem): void {
    this.#camera.gate.takeOver(get, select, withPlainNumbers(reply) as Members, at.wallMs);
  }

  #byItself<T>(run: () => Promise<T>): Promise<T> {
    return acting.run(this, () => this.#aside(run));
  }

  async #restore(settings: () => Promise<readonly Difference[]>): Promise<readonly Difference[]> {
    if (this.#keptOf('address').length > 0) await this.#findAgain();
    const differences: Difference[] = [];
    for (const kind of KINDS) if (kind.turn !== 'last') differences.push(...(await this.#putBack(kind)));
    differences.push(...(await settings()));
    for (const kind of KINDS) {
      // Where the camera answers is told by its settings.
      if (kind.turn === 'last' && (kind.kind !== 'address' || differences.length === 0)) differences.push(...(await this.#putBack(kind)));
    }
    return differences;
  }

  /** Puts back all of a kind at once; they are forgotten when nothing is left to do. */
  async #putBack(kind: AnyKind): Promise<readonly Difference[]> {
    const kept = this.#all(kind);
    if (kept.length === 0) return [];
    const left = await kind.putBack(this.#camera, kept);
    if (left.length > 0) return left;
    for (const item of kept) {
      const unproven = kind.unproven?.(item) ?? null;
      if (unproven !== null) this.#onUnproven(unproven);
      this.#kept.delete(keyOf(item));
      this.#journal?.append({ kind: 'restored', key: keyOf(item) });
    }
    return [];
  }

  #take(item: Keepsake): void {
    this.#everKept = true;
    this.#kept.set(keyOf(item), item);
  }

  #all({ kind }: AnyKind): readonly Keepsake[] {
    return [...this.#kept.values()].filter((item) => item.kind === kind);
  }

  #keptOf<Kind extends Keepsake['kind']>(kind: Kind): readonly KeepsakeOf<Kind>[] {
    return [...this.#kept.values()].filter((item): item is KeepsakeOf<Kind> => item.kind === kind);
  }

  /** What must be known before a request goes out. Undefined where it changes nothing. */
  #before(action: string, json: Members | null): Promise<void> | undefined {
    if (READING.test(action)) return undefined;
    return this.#byItself(async () => {
      for (const kind of KINDS) {
        const item = (await kind.before?.({ action, json }, this.#camera, this.#all(kind))) ?? null;
        if (item === null) continue;
        // The journal names its camera: it has to have said who it is.
        if (this.#camera.identity === null && this.#journal !== null) await this.#camera.call('getSysConfig', null);
        this.keep(item);
      }
      const doesSet = this.#wide.get(action);
      if (doesSet !== undefined) await this.#originals.allowAll(doesSet);
      await this.#originals.allow(action, json);
      this.#journal?.ensure();
    });
  }

  #after(action: string, json: unknown, outcome: Outcome): void {
    if (outcome.kind === 'done') this.#originals.note(action, json, outcome);
    if (acting.getStore() === this || READING.test(action)) return;
    const asking = { action, json: isMembers(json) ? json : null };
    for (const kind of KINDS) {
      const item = kind.after?.(asking, outcome, this.#all(kind)) ?? null;
      if (item === null) continue;
      this.#journal?.append(item);
      this.#take(item);
    }
  }

  async #findAgain(): Promise<void> {
    const kept = this.#keptOf('address');
    if (kept.length > 0) await locate(this.#camera, placesOf(this.#camera.options.baseUrl, kept), MOVE_LIMIT_MS);
  }
}

/** Actions that change nothing, in the document's own way of naming. */
const READING = /^get/;

const wideCommands = (sections: readonly Section[]): ReadonlyMap<string, boolean> =>
  new Map(
    sections
      .flatMap(({ parts }) => parts)
      .flatMap((part) =>
        part.kind === 'command' && part.hazards.some((hazard) => hazard === 'reset' || hazard === 'reboot')
          ? [[part.action, part.hazards.includes('reset')] as const]
          : [],
      ),
  );

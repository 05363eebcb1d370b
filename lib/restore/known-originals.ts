/** What every get showed before a run changed anything: read once, in the journal before the first change, and from then on what is put back. */
import { type Camera, instancesOf } from '../camera/camera.ts';
import { describe, isNotOffered, type Outcome } from '../camera/outcome.ts';
import type { Instance, Row, Section, Settings } from '../document/notation.ts';
import { isMembers, type Members } from '../document/row-value.ts';
import { NoReply } from '../http/client.ts';
import { formatExact, hasExactNumbers, withDigitsOf, withPlainNumbers } from '../wire/exact-json.ts';
import { type Asked, askAgain } from './ask-again.ts';
import { ALL, adoptInto, type Change, type Held, newHeld } from './held.ts';
import type { Trace } from './journal.ts';
import type { JournalLine, OriginalItem } from './journal-entry.ts';
import { keyOf, keyOfOriginal } from './journal-entry.ts';
import { NoWayBack } from './no-way-back.ts';
import { changedRows, differenceOf, exactReply, isSameReply, itemOf, noteRestless, type Original, originalOf, partsSharing } from './original.ts';

/** The first and the last reading of a get, however they came about. */
interface Seen {
  readonly first: Members;
  last: Members;
  count: number;
  /** how many requests had gone out by the last one that may change something */
  changing: number;
}

export interface KnownOptions {
  /** the sections whose gets are read before the first change; all that are known when absent */
  readonly survey?: readonly Section[];
  /** called before anything may be changed; a change is only made when it returns */
  readonly onRemember?: (items: readonly OriginalItem[]) => void;
  /** told of what is odd, and no check's */
  readonly onForeign?: (sentence: string) => void;
  /** told of what helps to say whose a change is */
  readonly onTrace?: (line: JournalLine) => void;
}

export class KnownOriginals {
  readonly #camera: Camera;
  readonly #sections: readonly Section[];
  readonly #options: KnownOptions;
  readonly #held = new Map<string, Held>();
  readonly #seen = new Map<string, Seen>();
  /** why there is no original */
  readonly #failed = new Map<string, Asked>();
  readonly #gets = new Map<string, readonly Settings[]>();
  readonly #sets = new Map<string, Settings>();
  #looking: Promise<void> | null = null;
  #everTouched = false;

  constructor(camera: Camera, sections: readonly Section[], options: KnownOptions = {}) {
    this.#camera = camera;
    this.#sections = sections;
    this.#options = options;
    for (const part of sections.flatMap((section) => section.parts)) {
      if (part.kind !== 'settings') continue;
      this.#gets.set(part.get, partsSharing(sections, part.get));
      if (part.set !== undefined) this.#sets.set(part.set, part);
    }
  }

  /** Whether anything was ever about to be changed. */
  get isNeeded(): boolean {
    return this.#everTouched;
  }

  get all(): readonly Held[] {
    return [...this.#held.values()];
  }

  /** What may not be as it was. */
  get changed(): readonly Held[] {
    return this.all.filter(({ touched }) => touched.size > 0);
  }

  /** The part that a set is of. */
  partOf(set: string): Settings | undefined {
    return this.#sets.get(set);
  }

  of(get: string, select: Members): Held | undefined {
    return this.#held.get(keyOfOriginal(get, select));
  }

  /** Notes what a get showed; whoever asked for it. */
  note(action: string, json: unknown, outcome: Parameters<typeof exactReply>[0]): void {
    if (!this.#gets.has(action)) return;
    const key = keyOfOriginal(action, isMembers(json) ? json : {});
    const reply = exactReply(outcome);
    const seen = this.#seen.get(key);
    if (seen === undefined) {
      this.#seen.set(key, { first: reply, last: reply, count: 1, changing: this.#camera.changing });
      return;
    }
    const held = this.#held.get(key);
    const isQuiet = seen.changing === this.#camera.changing;
    if (held !== undefined && isQuiet) noteRestless(held.original, seen.last, reply);
    Object.assign(seen, { last: reply, count: seen.count + 1, changing: this.#camera.changing });
  }

  /** Reads what every get shows, twice, before the first change; what was read already is not asked for again. */
  look(): Promise<void> {
    this.#looking ??= this.#look();
    this.#looking.catch(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const found: { readonly item: OriginalItem; readonly doubt: string | null }[] = [];
    for (const [part, instance] of this.#surveyed()) {
      const key = keyOfOriginal(part.get, instance.select);
      if (this.#held.has(key)) continue;
      if (!(await this.#isSeenTwice(part, instance))) continue;
      found.push(await this.#itemSeen(part, instance));
    }
    this.#options.onRemember?.(found.map(({ item }) => item));
    for (const { item, doubt } of found) this.doubt(this.#hold(item, { isConfirmed: doubt === null }), doubt);
  }

  /** One reading may lie. False where it is not to be had. */
  async #isSeenTwice(part: Settings, instance: Instance): Promise<boolean> {
    const key = keyOfOriginal(part.get, instance.select);
    while ((this.#seen.get(key)?.count ?? 0) < 2) {
      const before = this.#seen.get(key)?.count;
      const asked = await askAgain(this.#camera, part, instance);
      if (!('kind' in asked) || asked.kind !== 'done') {
        this.#failed.set(key, asked);
        return false;
      }
      // A camera whose requests nobody witnesses.
      if (this.#seen.get(key)?.count === before) this.note(part.get, instance.select, asked);
    }
    return true;
  }

  /** What was seen before anything was changed; two readings that differ are settled by a third. */
  async #itemSeen(part: Settings, instance: Instance): Promise<{ readonly item: OriginalItem; readonly doubt: string | null }> {
    const seen = this.#seen.get(keyOfOriginal(part.get, instance.select)) as Seen;
    const [first, last] = [seen.first, seen.last].map((reply) => itemOf(this.#partsOf(part), instance, reply)) as [OriginalItem, OriginalItem];
    const original = originalOf(this.#sections, first);
    if (original === null || isSameReply(original, last.reply)) return { item: last, doubt: null };
    const third = await askAgain(this.#camera, part, instance);
    const shown = 'kind' in third && third.kind === 'done' ? exactReply(third) : {};
    const isSettled = isSameReply({ ...original, reply: last.reply }, shown);
    if (!isSettled) return { item: last, doubt: contradiction(original, last.reply) };
    for (const row of changedRows(original, last.reply)) {
      const { action, parameter, wanted, found } = differenceOf(original, row, last.reply);
      this.#options.onForeign?.(`${action}: ${parameter} was ${wanted}, then ${found}, before this run had changed anything.`);
    }
    return { item: last, doubt: null };
  }

  /** All gets that show something that stays, each instance of them. */
  #surveyed(): readonly (readonly [Settings, Instance])[] {
    const sections = this.#options.survey ?? this.#sections;
    const parts = sections
      .flatMap((section) => section.parts)
      .filter(
        (part): part is Settings =>
          part.kind === 'settings' && part.rows.some((row) => row.volatile === undefined) && (part.set !== undefined || !part.hazards?.length),
      );
    return [...new Map(parts.map((part) => [part.get, part])).values()].flatMap((part) =>
      instancesOf(part).map((instance) => [part, instance] as const),
    );
  }

  #hold(item: OriginalItem, state: Partial<Pick<Held, 'doubt' | 'isConfirmed'>> = {}): Held {
    const original = originalOf(this.#sections, item);
    if (original === null) throw new Error(`Could not put ${item.get} back: this version of the suite does not know it.`);
    const held = newHeld(original, state);
    this.#held.set(keyOf(item), held);
    return held;
  }

  /** Takes over what was remembered by another process. `isAllOurs`: whatever differs is put back; else what it says that it named. */
  take(item: OriginalItem, trace: Trace | undefined, isAllOurs: boolean): void {
    const held = this.#hold(item, { isConfirmed: true });
    held.doubt = trace?.doubt ?? null;
    for (const [name, { from, to }] of trace?.adopted ?? []) {
      const row = held.original.rows.find((each) => each.name === name);
      if (row !== undefined) adoptInto(held, row, { from, to });
    }
    for (const name of [...(trace?.names ?? []), ...(isAllOurs ? [ALL] : [])]) held.touched.add(name);
    held.isEverTouched = isAllOurs || trace !== undefined;
    this.#everTouched = true;
    this.#looking = Promise.resolve();
  }

  /** Something is kept that was read by another way. */
  keep(part: Settings, instance: Instance, reply: Members): Held {
    const item = itemOf(this.#partsOf(part), instance, reply);
    this.#options.onRemember?.([item]);
    return this.#hold(item, { isConfirmed: true });
  }

  /** What a get showed before anything was changed, of the instance that a request names; null when that is not remembered. */
  replyOf(get: string, request: Members): Members | null {
    const named = this.all
      .filter(({ original }) => original.item.get === get)
      .find(({ original }) => Object.entries(original.instance.select).every(([name, value]) => request[name] === value));
    return named === undefined ? null : (withPlainNumbers(named.original.reply) as Members);
  }

  /** What a part showed when everything was read; null where this camera does not say. */
  async firstOf(part: Settings, instance: Instance): Promise<Members | null> {
    await this.look();
    const held = this.of(part.get, instance.select);
    return held === undefined ? null : (withPlainNumbers(held.original.reply) as Members);
  }

  #partsOf({ get }: Settings): readonly Settings[] {
    return this.#gets.get(get) ?? [];
  }

  /** How often a get was read, and what it showed last. */
  lastSeen({ original }: Held): { readonly last: Members; readonly count: number } | undefined {
    return this.#seen.get(keyOf(original.item));
  }

  /** A request with the digits of what it echoes. */
  withDigits(action: string, json: Members): Members {
    const part = this.#sets.get(action);
    if (part === undefined) return json;
    const shown = this.instancesIn(part, json).flatMap(({ select }) => {
      const key = keyOfOriginal(part.get, select);
      return this.#held.get(key)?.original.reply ?? this.#seen.get(key)?.last ?? [];
    });
    const exact = shown.find(hasExactNumbers);
    return exact === undefined ? json : (withDigitsOf(exact, json) as Members);
  }

  /** Requests may change these from now on, to these values. */
  touch(held: Held, names: readonly string[], values: Members = {}): void {
    this.#everTouched = true;
    held.isEverTouched = true;
    for (const [name, value] of Object.entries(values)) held.sent.set(name, (held.sent.get(name) ?? new Set()).add(formatExact(value)));
    const fresh = names.filter((name) => !held.touched.has(name));
    if (fresh.length === 0) return;
    for (const name of fresh) held.touched.add(name);
    const { get, select } = held.original.item;
    this.#options.onTrace?.({ kind: 'named', get, select, names: fresh });
  }

  /** It was seen as it was, after everything that was sent. */
  untouch(held: Held): void {
    if (held.touched.size === 0) return;
    held.touched.clear();
    const { get, select } = held.original.item;
    this.#options.onTrace?.({ kind: 'back', get, select });
  }

  /** Why an original is not known; null: it is. What is not known is never set. */
  doubt(held: Held, why: string | null): void {
    held.doubt = why;
    if (why === null) return;
    const { get, select } = held.original.item;
    this.#options.onTrace?.({ kind: 'doubt', get, select, why });
  }

  /** Something is done that only may change anything. */
  aboutToTry(): void {
    this.#everTouched = true;
  }

  /** Another hand changed a parameter: what it made of it is what is put back from now on, and is told. */
  adopt(held: Held, row: Row, change: Change): void {
    if (!adoptInto(held, row, change)) return;
    const { get, select } = held.original.item;
    this.#options.onTrace?.({ kind: 'adopted', get, select, name: row.name, ...change });
  }

  /** The original of an instance, asked for once more where it was not to be had; null where there is none. */
  async heldFor(part: Settings, instance: Instance, isWanted: boolean): Promise<Held | null> {
    const key = keyOfOriginal(part.get, instance.select);
    const known = this.#held.get(key);
    if (known !== undefined || !isWanted) return known ?? null;
    const isFirst = !this.#failed.has(key);
    const asked = await askAgain(this.#camera, part, instance, isFirst);
    if (!('kind' in asked) || asked.kind !== 'done') {
      this.#failed.set(key, asked);
      if ('kind' in asked && isNotOffered(asked)) return null;
      throw new NoWayBack(this.whyUnknown(part, instance));
    }
    const item = itemOf(this.#partsOf(part), instance, exactReply(asked));
    this.#options.onRemember?.([item]);
    return this.#hold(item);
  }

  whyUnknown({ get, set }: Settings, { select }: Instance): string {
    const asked = this.#failed.get(keyOfOriginal(get, select));
    return `${set} is not sent, because what is set is not known: ${asked === undefined ? `${get} was not read` : answerOf(asked, get)}`;
  }

  /** The first original that is not to be had although the camera does not say that it has none; null where there is no such. */
  whyAnyUnknown(): string | null {
    const [unknown] = [...this.#failed].filter(([, asked]) => !('kind' in asked) || !(isNotOffered(asked) || asked.kind === 'code'));
    return unknown === undefined ? null : `the original of ${unknown[0].replace('original ', '')} is not known: ${answerOf(unknown[1])}`;
  }

  /** The instances of a part that a request is about: all of them where it names none. */
  instancesIn(part: Settings, json: Members | null): readonly Instance[] {
    const all = instancesOf(part);
    if (json === null) return all;
    const fitting = all.filter(({ select }) => Object.entries(select).every(([name, value]) => !(name in json) || json[name] === value));
    return fitting.length > 0 ? fitting : all;
  }
}

export const answerOf = (asked: Asked, get = 'it'): string =>
  asked instanceof NoReply ? `${get} is not answered` : `${get} is answered with ${describe(asked as Outcome)}`;

/** The sentence for a get that shows now this, now that, without anything being set. */
export function contradiction(original: Original, other: Members): string {
  const [row] = changedRows(original, other);
  const { get } = original.item;
  if (row === undefined) return `${get} answers differently each time it is asked, so that what is set is not known`;
  const { wanted, found } = differenceOf(original, row, other);
  return `${get} answers differently each time it is asked (${row.name} ${wanted}, then ${found}), so that what is set is not known`;
}

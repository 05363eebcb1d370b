/**
 * What every get showed before a run changed anything, and the guard in front of each set: a value whose original is not known, or
 * could not be set again, does not leave.
 */
import { type Camera, instancesOf } from '../camera/camera.ts';
import { describe, isNotOffered, type Outcome } from '../camera/outcome.ts';
import type { Instance, Row, Section, Settings } from '../document/notation.ts';
import { isMembers, isNecessary, type Members, spellingIn, valueIn } from '../document/row-value.ts';
import { NoReply } from '../http/client.ts';
import { hasExactNumbers, isSameExactly, withDigitsOf, withPlainNumbers } from '../wire/exact-json.ts';
import { type Asked, askAgain } from './ask-again.ts';
import { type Difference, formatDifference } from './difference.ts';
import { keyOf, keyOfOriginal, type NamedLine, type OriginalItem } from './journal-entry.ts';
import { NoWayBack } from './no-way-back.ts';
import {
  changedRows,
  differenceOf,
  differencesIn,
  exactReply,
  isNetworkLike,
  isSameReply,
  itemOf,
  noteRestless,
  type Original,
  originalOf,
  partsSharing,
  settableRows,
} from './original.ts';
import { putBack } from './put-back.ts';
import { read, shownIn } from './reading.ts';
import { type AsFound, closed, rowsAsFound, setAsFound, type Way, wayOf, wayWithoutTrial } from './way-back.ts';

/** Stands for all parameters of an action, and for what else its get shows. */
const ALL = '*';

/** An original, and what is known of it. */
interface Held {
  original: Original;
  /** names that requests may have changed since it was last seen as it was */
  readonly touched: Set<string>;
  /** the same in the whole run */
  readonly ever: Set<string>;
  /** why it is not known, once two readings have contradicted each other */
  doubt: string | null;
  /** read twice */
  isConfirmed: boolean;
  /** what another hand changed, and nobody saw when */
  readonly strays: Map<string, Difference>;
  readonly trials: Map<Settings, Promise<AsFound>>;
  readonly ways: Map<string, Promise<Way>>;
}

/** The first and the last reading of a get, however they came about. */
interface Seen {
  readonly first: Members;
  last: Members;
  count: number;
}

export interface OriginalsOptions {
  /** the sections whose gets are read before the first change; all that are known when absent */
  readonly survey?: readonly Section[];
  /** whether the document allows a value: one that it does not is tried alone */
  readonly isLegal?: (row: Row, value: unknown) => boolean;
  /** called before anything may be changed; a change is only made when it returns */
  readonly onRemember?: (items: readonly OriginalItem[]) => void;
  /** called before a request goes out that may change what it names */
  readonly onNamed?: (line: NamedLine) => void;
  /** called when the camera may have moved with what was set; it is looked for where it may be */
  readonly onMove?: () => Promise<void>;
  /** told of what another hand changed */
  readonly onForeign?: (sentence: string) => void;
}

export class Originals {
  readonly #camera: Camera;
  readonly #sections: readonly Section[];
  readonly #options: OriginalsOptions;
  readonly #held = new Map<string, Held>();
  readonly #seen = new Map<string, Seen>();
  /** why there is no original */
  readonly #failed = new Map<string, Asked>();
  readonly #gets = new Map<string, readonly Settings[]>();
  readonly #sets = new Map<string, Settings>();
  #looking: Promise<void> | null = null;
  #everTouched = false;

  constructor(camera: Camera, sections: readonly Section[], options: OriginalsOptions = {}) {
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

  isSet(action: string): boolean {
    return this.#sets.has(action);
  }

  /** Notes what a get showed; whoever asked for it. */
  note(action: string, json: unknown, outcome: Parameters<typeof exactReply>[0]): void {
    const parts = this.#gets.get(action);
    if (parts === undefined) return;
    const key = keyOfOriginal(action, isMembers(json) ? json : {});
    const reply = exactReply(outcome);
    const seen = this.#seen.get(key);
    if (seen === undefined) {
      this.#seen.set(key, { first: reply, last: reply, count: 1 });
      return;
    }
    const held = this.#held.get(key);
    if (held !== undefined) noteRestless(held.original, seen.last, reply);
    Object.assign(seen, { last: reply, count: seen.count + 1 });
  }

  /** Reads what every get shows, once, before the first change; what was read already is not asked for again. */
  look(): Promise<void> {
    this.#looking ??= this.#look();
    this.#looking.catch(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const items: OriginalItem[] = [];
    const doubts = new Map<string, string>();
    for (const [part, instance] of this.#surveyed()) {
      const key = keyOfOriginal(part.get, instance.select);
      if (this.#held.has(key)) continue;
      if (!this.#seen.has(key)) {
        const asked = await askAgain(this.#camera, part, instance);
        if (!('kind' in asked) || asked.kind !== 'done') {
          this.#failed.set(key, asked);
          continue;
        }
        // A camera whose requests nobody witnesses.
        if (!this.#seen.has(key)) this.note(part.get, instance.select, asked);
      }
      const { item, doubt } = await this.#itemSeen(part, instance);
      items.push(item);
      if (doubt !== null) doubts.set(key, doubt);
    }
    this.#options.onRemember?.(items);
    for (const item of items) this.#hold(item, { doubt: doubts.get(keyOf(item)) ?? null });
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
    return { item: last, doubt: isSettled ? null : contradiction(original, last.reply) };
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

  #hold(item: OriginalItem, { doubt = null, isConfirmed = false }: Partial<Pick<Held, 'doubt' | 'isConfirmed'>> = {}): Held {
    const original = originalOf(this.#sections, item);
    if (original === null) throw new Error(`Could not put ${item.get} back: this version of the suite does not know it.`);
    const held: Held = {
      original,
      touched: new Set(),
      ever: new Set(),
      doubt,
      isConfirmed,
      strays: new Map(),
      trials: new Map(),
      ways: new Map(),
    };
    this.#held.set(keyOf(item), held);
    return held;
  }

  /** Takes over what was remembered by another process. `isAllOurs`: whatever differs is put back; else what it says that it named. */
  take(item: OriginalItem, named: ReadonlySet<string>, isAllOurs: boolean): void {
    const held = this.#hold(item, { isConfirmed: true });
    for (const name of [...named, ...(isAllOurs ? [ALL] : [])]) {
      held.touched.add(name);
      held.ever.add(name);
    }
    this.#everTouched = true;
    this.#looking = Promise.resolve();
  }

  /** What a get showed before anything was changed, of the instance that a request names; null when that is not remembered. */
  replyOf(get: string, request: Members): Members | null {
    const fitting = [...this.#held.values()].filter(({ original }) => original.item.get === get);
    const named = fitting.find(({ original }) => Object.entries(original.instance.select).every(([name, value]) => request[name] === value));
    return named === undefined ? null : (withPlainNumbers(named.original.reply) as Members);
  }

  /** What a part showed when everything was read; null where this camera does not say. */
  async firstOf(part: Settings, instance: Instance): Promise<Members | null> {
    await this.look();
    const held = this.#held.get(keyOfOriginal(part.get, instance.select));
    return held === undefined ? null : (withPlainNumbers(held.original.reply) as Members);
  }

  #partsOf({ get }: Settings): readonly Settings[] {
    return this.#gets.get(get) ?? [];
  }

  /** What may not be as it was, by action. */
  pending(): readonly string[] {
    return this.#changed().map(({ original }) => `${original.item.get} ${JSON.stringify(original.instance.select)}`);
  }

  #changed(): readonly Held[] {
    return [...this.#held.values()].filter(({ touched }) => touched.size > 0);
  }

  /** A request with the digits of what it echoes. */
  withDigits(action: string, json: Members): Members {
    const part = this.#sets.get(action);
    if (part === undefined) return json;
    const shown = this.#instancesIn(part, json).flatMap(({ select }) => {
      const key = keyOfOriginal(part.get, select);
      return this.#held.get(key)?.original.reply ?? this.#seen.get(key)?.last ?? [];
    });
    const exact = shown.find(hasExactNumbers);
    return exact === undefined ? json : (withDigitsOf(exact, json) as Members);
  }

  /** Has a request with values checked before it goes out; throws `NoWayBack` when something of it could not be put back. */
  async allow(action: string, json: Members | null): Promise<void> {
    const part = this.#sets.get(action);
    if (part === undefined) return;
    await this.look();
    for (const instance of this.#instancesIn(part, json)) {
      const names = json === null ? null : Object.keys(json).filter((name) => !(name in instance.select));
      const held = await this.#heldFor(part, instance, json !== null || isOnly(part));
      if (held === null) {
        if (names === null || names.length === 0) continue;
        throw new NoWayBack(this.#whyUnknown(part, instance));
      }
      await this.#confirm(held);
      if (json === null) this.#touch(held, [ALL]);
      else await this.#allowMembers(held, part, json, names ?? []);
    }
  }

  async #allowMembers(held: Held, part: Settings, json: Members, names: readonly string[]): Promise<void> {
    const { rows, reply } = held.original;
    const named = rows.filter((row) => spellingIn(row, json) !== undefined && !isSameExactly(valueIn(row, json), valueIn(row, reply)));
    const isStrange = names.some((name) => !rows.some((row) => row.name === name || row.alias === name));
    const missing = held.original.parts
      .filter(({ set }) => set === part.set)
      .flatMap((each) => each.rows)
      .filter((row) => isNecessary(row) && spellingIn(row, reply) !== undefined && spellingIn(row, json) === undefined);
    for (const row of named) {
      const way = await this.wayBack(held.original.item, row);
      if (way.kind === 'closed') throw new NoWayBack(way.reason);
    }
    this.#touch(held, [...[...named, ...missing].map(({ name }) => name), ...(isStrange ? [ALL] : [])]);
  }

  /** Before a command that may change everything. */
  async allowAll(doesSet: boolean): Promise<void> {
    await this.look();
    const [unknown] = [...this.#failed].filter(([, asked]) => !('kind' in asked) || !(isNotOffered(asked) || asked.kind === 'code'));
    if (doesSet && unknown !== undefined)
      throw new NoWayBack(`the original of ${unknown[0].replace('original ', '')} is not known: ${answerOf(unknown[1])}`);
    for (const held of this.#held.values()) this.#touch(held, [ALL]);
  }

  /** Has the original of a part known, and read twice; throws `NoWayBack` where it cannot be. Everything of it may be changed afterwards. */
  async demand(part: Settings, instance: Instance): Promise<void> {
    await this.look();
    const held = await this.#heldFor(part, instance, true);
    if (held === null) return;
    await this.#confirm(held);
    this.#touch(held, [ALL]);
  }

  /** Something that no set named was seen to change: it is put back with the rest. */
  foundChanged(part: Settings, instance: Instance, before: Members): void {
    const known = this.#held.get(keyOfOriginal(part.get, instance.select));
    if (known !== undefined) {
      this.#touch(known, [ALL]);
      return;
    }
    const item = itemOf(this.#partsOf(part), instance, before);
    this.#options.onRemember?.([item]);
    this.#touch(this.#hold(item, { isConfirmed: true }), [ALL]);
  }

  /** Another hand changed a parameter: what it made of it is what is put back from now on. */
  adopt(get: string, select: Members, row: Row, value: unknown): void {
    const held = this.#held.get(keyOfOriginal(get, select));
    if (held === undefined) return;
    const { original } = held;
    const spelling = spellingIn(row, original.reply);
    if (spelling === undefined || isSameExactly(original.reply[spelling], value)) return;
    const item = { ...original.item, reply: { ...original.reply, [spelling]: value } };
    this.#options.onRemember?.([item]);
    held.original = { ...original, item, reply: item.reply };
    held.trials.clear();
    held.ways.clear();
  }

  /** Sets an action to what was found, once; a later call sets it again. Null where the camera does not offer it. */
  async asFound(part: Settings, instance: Instance): Promise<AsFound | null> {
    await this.look();
    const held = await this.#heldFor(part, instance, true);
    if (held === null) return null;
    await this.#confirm(held);
    const isFirst = !held.trials.has(part);
    const trial = this.#trial(held, part);
    if (isFirst) return trial;
    const { rows } = await trial;
    return setAsFound(this.#camera, part, held.original, rows);
  }

  #trial(held: Held, part: Settings): Promise<AsFound> {
    const known = held.trials.get(part);
    if (known !== undefined) return known;
    const rows = rowsAsFound(part, held.original, this.#camera, this.#options.isLegal ?? (() => true));
    const trial = this.#tried(held, part, rows);
    held.trials.set(part, trial);
    trial.catch(() => held.trials.delete(part));
    return trial;
  }

  async #tried(held: Held, part: Settings, rows: readonly Row[]): Promise<AsFound> {
    this.#everTouched = true;
    const found = await setAsFound(this.#camera, part, held.original, rows);
    const changed = changedRows(held.original, shownIn(found.after));
    if (found.after.kind === 'done' && changed.length > 0)
      this.#touch(
        held,
        changed.map(({ name }) => name),
      );
    return found;
  }

  /** Whether a parameter could be put back. */
  async wayBack({ get, select }: Pick<OriginalItem, 'get' | 'select'>, row: Row): Promise<Way> {
    const held = this.#held.get(keyOfOriginal(get, select));
    if (held === undefined) return closed(`${get} is not remembered`);
    const known = held.ways.get(row.name);
    if (known !== undefined) return known;
    const way = this.#wayOf(held, row);
    held.ways.set(row.name, way);
    way.catch(() => held.ways.delete(row.name));
    return way;
  }

  async #wayOf(held: Held, row: Row): Promise<Way> {
    const { original } = held;
    const part = original.parts.find((each) => each.set !== undefined && each.rows.some(({ name }) => name === row.name));
    const untried = wayWithoutTrial(row, original);
    if (untried !== null || part === undefined) return untried ?? { kind: 'open' };
    const together = await this.#trial(held, part);
    const isIn = together.rows.some(({ name }) => name === row.name);
    if (isIn && (together.outcome.kind === 'done' || together.rows.length === 1)) return wayOf(row, part, original, together);
    const alone = await this.#tried(held, part, [row]);
    return wayOf(row, part, original, alone);
  }

  /** What differs now from what is remembered. */
  async differences(): Promise<readonly Difference[]> {
    const found: Difference[] = [];
    for (const { original } of this.#changed()) found.push(...differencesIn(original, shownIn(await read(this.#camera, original))));
    return found;
  }

  /** Puts back what was changed; what is as it was is no longer counted as changed. Returns what could not be. */
  async restore(): Promise<readonly Difference[]> {
    const changed = this.#changed();
    const left = new Map<Held, readonly Difference[]>();
    const order = inOrder(changed);
    let isAnySet = false;
    for (const held of order) {
      const { didSet, differences } = await this.#restoreOne(held);
      isAnySet ||= didSet;
      left.set(held, differences);
    }
    // Where a set touches what it does not name, putting one back may change another: the second round sees and mends that.
    if (isAnySet && order.length > 1) for (const held of order) left.set(held, (await this.#restoreOne(held, false)).differences);
    for (const [held, differences] of left) if (differences.length === 0) held.touched.clear();
    return [...left.values()].flat();
  }

  /** Reads once more whatever was ever read, puts back what differs because of this run, and returns what is not as it was in the end. */
  async lookOnceMore(): Promise<readonly Difference[]> {
    if (!this.#everTouched) return [];
    for (const held of this.#held.values()) {
      const outcome = await read(this.#camera, held.original);
      if (held.doubt === null) this.#sort(held, outcome.kind === 'done' ? exactReply(outcome) : outcome);
    }
    const left = await this.restore();
    return [...left, ...[...this.#held.values()].flatMap(({ strays }) => [...strays.values()])];
  }

  /** Whose doing it is that a get shows otherwise: what no request was about is left as it is, and told. */
  #sort(held: Held, now: Members | Outcome): void {
    const { original, ever, strays } = held;
    const { get, select } = original.item;
    if (isOutcome(now)) {
      if (ever.size > 0) {
        this.#touch(held, [ALL]);
        return;
      }
      const place = original.parts[0]?.getPlace ?? '';
      strays.set(get, { place, action: get, parameter: 'its reply', wanted: 'code 0', found: describe(now) });
      return;
    }
    if (isSameReply(original, now) && !isClockWrong(held, now)) return;
    if (ever.size > 0) {
      this.#touch(held, [...changedRows(original, now).map(({ name }) => name), ALL]);
      return;
    }
    for (const row of changedRows(original, now)) {
      const difference = { ...differenceOf(original, row, now), isForeign: true };
      if (settableRows([row]).length > 0) strays.set(row.name, difference);
      else this.#options.onForeign?.(formatDifference(difference));
      this.adopt(get, select, row, valueIn(row, now));
    }
  }

  async #restoreOne(held: Held, isFirst = true): Promise<{ readonly didSet: boolean; readonly differences: readonly Difference[] }> {
    const { original, touched } = held;
    const { now, didSet } = await putBack(this.#camera, original, {
      changed: isFirst ? original.rows.filter(({ name }) => touched.has(name)) : [],
      isClockOurs: isClockOf(original) && touched.size > 0,
      onMove: this.#options.onMove ?? (async () => undefined),
    });
    return { didSet, differences: differencesIn(original, now) };
  }

  #touch(held: Held, names: readonly string[]): void {
    this.#everTouched = true;
    const fresh = names.filter((name) => !held.ever.has(name));
    if (fresh.length > 0) this.#options.onNamed?.({ kind: 'named', get: held.original.item.get, select: held.original.item.select, names: fresh });
    for (const name of names) {
      held.touched.add(name);
      held.ever.add(name);
    }
  }

  /** The original of an instance, asked for once more where it was not to be had; null where there is none. */
  async #heldFor(part: Settings, instance: Instance, isWanted: boolean): Promise<Held | null> {
    const key = keyOfOriginal(part.get, instance.select);
    const known = this.#held.get(key);
    if (known !== undefined || !isWanted) return known ?? null;
    const isFirst = !this.#failed.has(key);
    const asked = await askAgain(this.#camera, part, instance, isFirst);
    if (!('kind' in asked) || asked.kind !== 'done') {
      this.#failed.set(key, asked);
      if ('kind' in asked && isNotOffered(asked)) return null;
      throw new NoWayBack(this.#whyUnknown(part, instance));
    }
    const item = itemOf(this.#partsOf(part), instance, exactReply(asked));
    this.#options.onRemember?.([item]);
    return this.#hold(item);
  }

  #whyUnknown({ get, set }: Settings, { select }: Instance): string {
    const asked = this.#failed.get(keyOfOriginal(get, select));
    return `${set} is not sent, because what is set is not known: ${asked === undefined ? `${get} was not read` : answerOf(asked, get)}`;
  }

  /** Reads a second time before the first change: a get that contradicts itself tells no original. */
  async #confirm(held: Held): Promise<void> {
    if (held.doubt === null && !held.isConfirmed) await this.#readTwice(held);
    if (held.doubt !== null) throw new NoWayBack(held.doubt);
  }

  async #readTwice(held: Held): Promise<void> {
    const { original } = held;
    const seen = this.#seen.get(keyOf(original.item));
    const second = seen !== undefined && seen.count > 1 ? seen.last : await this.#shown(held);
    held.isConfirmed = true;
    if (isSameReply(original, second)) return;
    const third = await this.#shown(held);
    if (isSameReply(original, third) || !isSameReply({ ...original, reply: second }, third)) {
      held.isConfirmed = false;
      held.doubt = contradiction(original, isSameReply(original, third) ? second : third);
      return;
    }
    this.#sort(held, third);
    await this.#restoreOne(held);
  }

  async #shown(held: Held): Promise<Members> {
    const outcome = await read(this.#camera, held.original);
    if (outcome.kind !== 'done') throw new NoWayBack(`${held.original.item.get} is answered with ${describe(outcome)} when it is read once more`);
    return exactReply(outcome);
  }

  #instancesIn(part: Settings, json: Members | null): readonly Instance[] {
    const all = instancesOf(part);
    if (json === null) return all;
    const fitting = all.filter(({ select }) => Object.entries(select).every(([name, value]) => !(name in json) || json[name] === value));
    return fitting.length > 0 ? fitting : all;
  }
}

/** What the camera is reached by comes last: it may be gone for a while afterwards. */
const inOrder = (held: readonly Held[]): readonly Held[] =>
  held.toSorted((a, b) => Number(isNetworkLike(a.original)) - Number(isNetworkLike(b.original)));

const isOutcome = (value: Members | Outcome): value is Outcome => 'answer' in value && 'kind' in value;

const isOnly = (part: Settings): boolean => instancesOf(part).length === 1;

const isClockOf = ({ item }: Original): boolean => item.get === 'getDeviceTime';

const isClockWrong = ({ original, ever }: Held, now: Members): boolean =>
  isClockOf(original) && ever.size > 0 && differencesIn(original, now).some(({ parameter }) => parameter === 'deviceTime');

const answerOf = (asked: Asked, get = 'it'): string =>
  asked instanceof NoReply ? `${get} is not answered` : `${get} is answered with ${describe(asked)}`;

/** The sentence for a get that shows now this, now that, without anything being set. */
function contradiction(original: Original, other: Members): string {
  const [row] = changedRows(original, other);
  const { get } = original.item;
  if (row === undefined) return `${get} answers differently each time it is asked, so that what is set is not known`;
  const { wanted, found } = differenceOf(original, row, other);
  return `${get} answers differently each time it is asked (${row.name} ${wanted}, then ${found}), so that what is set is not known`;
}

/**
 * Remembers what a suite is about to change and puts it back: reads, sets what differs, reads again, compares. Parameters
 * under a condition go by way of that condition; an action pair that several sections share is restored once.
 */
import type { Camera } from '../camera/camera.ts';
import { necessaryMembers } from '../camera/necessary.ts';
import type { Condition, Instance, Row, Section, Settings } from '../document/notation.ts';
import { isSameValue, isSettable, type Members, spellingIn, valueIn } from '../document/row-value.ts';
import { NoReply } from '../http/client.ts';
import { clockDifference, isJudgedClock, putBackClock } from './clock.ts';
import type { Difference } from './difference.ts';
import { hostTime } from './host-time.ts';
import { keyOf, type OriginalItem } from './journal-entry.ts';

interface Original {
  readonly parts: readonly Settings[];
  readonly instance: Instance;
  readonly reply: Members;
  readonly item: OriginalItem;
}

export interface OriginalsOptions {
  /** called before a part may be changed; a change is only made when it returns */
  readonly onRemember?: (item: OriginalItem) => void;
  /** called when the camera may have moved with what was set; it is looked for where it may be */
  readonly onMove?: () => Promise<void>;
}

export class Originals {
  readonly #camera: Camera;
  readonly #sections: readonly Section[];
  readonly #options: OriginalsOptions;
  readonly #remembered = new Map<string, Original>();
  #everRemembered = false;

  constructor(camera: Camera, sections: readonly Section[], options: OriginalsOptions = {}) {
    this.#camera = camera;
    this.#sections = sections;
    this.#options = options;
    camera.onChange((part, instance) => this.remember(part, instance));
    camera.onSideEffect((part, instance, before) => this.adopt(part, instance, before));
  }

  /** Whether anything was ever about to be changed. */
  get isNeeded(): boolean {
    return this.#everRemembered;
  }

  /** Reads and keeps a part before its first change. A part that this camera does not offer has nothing to keep. */
  async remember(part: Settings, instance: Instance): Promise<void> {
    if (this.#remembered.has(keyOf(itemOf(part.get, instance, {})))) return;
    const outcome = await this.#camera.get(part, instance);
    if (outcome.kind === 'done') this.adopt(part, instance, outcome.reply);
  }

  /** Keeps a reply that was read before something changed; what is kept already came earlier and stays. */
  adopt(part: Settings, instance: Instance, reply: Members): void {
    const rows = partsSharing(this.#sections, part.get).flatMap((sharing) => sharing.rows);
    const item = itemOf(part.get, instance, membersNamed(rows, reply));
    if (this.#remembered.has(keyOf(item))) return;
    this.#options.onRemember?.(item);
    this.take(item);
  }

  /** Takes over what was remembered, perhaps by another process. */
  take(item: OriginalItem): void {
    const parts = partsSharing(this.#sections, item.get);
    if (parts.length === 0) throw new Error(`Could not put ${item.get} back: this version of the suite does not know it.`);
    const known = parts.flatMap((part) => part.instances ?? []).find(({ select }) => isSameValue(select, item.select));
    this.#everRemembered = true;
    this.#remembered.set(keyOf(item), { parts, instance: known ?? { label: '', select: item.select }, reply: item.reply, item });
  }

  /** What is remembered and not yet put back, by action. */
  pending(): readonly string[] {
    return [...this.#remembered.values()].map(({ parts, instance }) => `${parts[0]?.get} ${JSON.stringify(instance.select)}`);
  }

  /** What a get showed before anything was changed, of the instance that a request names; null when that is not remembered. */
  replyOf(get: string, request: Members): Members | null {
    const fitting = [...this.#remembered.values()].filter(({ item }) => item.get === get);
    const named = fitting.find(({ instance }) => Object.entries(instance.select).every(([name, value]) => request[name] === value));
    return named?.reply ?? null;
  }

  /** The names in the journal of what is remembered and not yet put back. */
  keys(): readonly string[] {
    return [...this.#remembered.keys()];
  }

  /** What differs now from what is remembered. */
  async differences(): Promise<readonly Difference[]> {
    const found: Difference[] = [];
    for (const original of this.#remembered.values()) found.push(...(await this.#differencesOf(original)));
    return found;
  }

  /** Puts everything back once, and forgets nothing. Returns what could not be. */
  async putBack(): Promise<readonly Difference[]> {
    const left: Difference[] = [];
    for (const [, original] of this.#inOrder()) left.push(...(await this.#restoreOne(original)));
    return left;
  }

  /** What the camera is reached by comes last: it may be gone for a while afterwards. */
  #inOrder(): readonly (readonly [string, Original])[] {
    return [...this.#remembered].toSorted(([, a], [, b]) => Number(isNetworkLike(a)) - Number(isNetworkLike(b)));
  }

  /** Puts everything back and returns what could not be. Remembered parts that are as they were are forgotten. */
  async restore(): Promise<readonly Difference[]> {
    const differences: Difference[] = [];
    const remembered = this.#inOrder();
    // Where a set touches what it does not name, putting one back may change another: the second round sees and mends that.
    if (remembered.length > 1) await this.putBack();
    for (const [key, original] of remembered) {
      const left = await this.#restoreOne(original);
      if (left.length === 0) this.#remembered.delete(key);
      differences.push(...left);
    }
    this.#camera.forgetChanges();
    return differences;
  }

  async #restoreOne(original: Original): Promise<readonly Difference[]> {
    const attempts: ((open: readonly Row[]) => Promise<void>)[] = [
      (open) => this.#put(original, open),
      (open) => this.#putUnderConditions(original, open),
      async (open) => {
        for (const row of open) await this.#put(original, [row]);
      },
    ];
    let now = await this.#read(original);
    // Before the other parameters of the same action: setting the clock takes it out of NTP mode.
    if (clockDifference(original.item, now) !== null) {
      await putBackClock(this.#camera, original.item);
      now = await this.#read(original);
    }
    let open = openRows(original, now);
    for (const attempt of attempts) {
      if (open.length === 0) break;
      await attempt(open);
      now = await this.#read(original);
      open = openRows(original, now);
    }
    return differencesIn(original, now);
  }

  async #differencesOf(original: Original): Promise<readonly Difference[]> {
    return differencesIn(original, await this.#read(original));
  }

  async #read(original: Original): Promise<Members> {
    const [part] = original.parts;
    if (part === undefined) return {};
    const outcome = await this.#camera.get(part, original.instance);
    return outcome.kind === 'done' ? outcome.reply : {};
  }

  /** One set for each part of the action pair that has something to put back, with what that part needs. */
  async #put(original: Original, rows: readonly Row[], extra: Members = {}): Promise<void> {
    for (const part of original.parts) {
      const own = part.rows.filter((row) => rows.includes(row));
      if (part.set === undefined || own.length === 0) continue;
      const necessary = necessaryMembers(part, original.reply, original.instance.select);
      try {
        await this.#camera.set(part, original.instance, { ...necessary, ...membersOf(own, original.reply), ...extra });
      } catch (error) {
        // The reply may be lost with the address that it should come from.
        if (!(error instanceof NoReply) || !isNetworkLike(original)) throw error;
      }
      if (isNetworkLike(original)) await this.#options.onMove?.();
    }
  }

  async #putUnderConditions(original: Original, open: readonly Row[]): Promise<void> {
    const all = rowsOf(original);
    for (const row of open) {
      if (row.when === undefined) continue;
      const condition = wholeCondition(row.when, all);
      const governors = all.filter((candidate) => candidate.name in condition);
      await this.#put(original, governors, condition);
      // The condition again: where it is necessary in every set, the original value would end it.
      await this.#put(original, [row], condition);
      await this.#put(original, governors);
    }
  }
}

const itemOf = (get: string, { select }: Instance, reply: Members): OriginalItem => ({ kind: 'original', get, select, reply, at: hostTime() });

/** What a reply shows of the rows: neither the envelope nor anything else that is no setting. */
const membersNamed = (rows: readonly Row[], reply: Members): Members =>
  Object.fromEntries(Object.entries(reply).filter(([name]) => rows.some((row) => row.name === name || row.alias === name)));

/** Whether a part holds what the camera is reached by. */
const isNetworkLike = ({ parts }: Original): boolean =>
  parts.some((part) => part.hazards?.includes('network') || part.rows.some(({ hazard }) => hazard === 'network'));

/** The settable rows whose value is not the original one. */
const openRows = (original: Original, now: Members): readonly Row[] =>
  rowsOf(original).filter(
    (row) => isSettable(row) && !row.volatile && spellingIn(row, original.reply) !== undefined && isChanged(row, original.reply, now),
  );

function differencesIn(original: Original, now: Members): readonly Difference[] {
  const clock = isJudgedClock(original.item) ? clockDifference(original.item, now) : null;
  return [...openRows(original, now).map((row) => difference(original, row, now)), ...(clock === null ? [] : [clock])];
}

/** The parts of all sections that use the same get: one action pair, one thing to put back. */
export function partsSharing(sections: readonly Section[], get: string): readonly Settings[] {
  return sections.flatMap((section) => section.parts.filter((part) => part.kind === 'settings' && part.get === get)) as Settings[];
}

/** A condition with the conditions of the parameters that it names: the first value that each may have. */
export function wholeCondition(when: Condition, rows: readonly Row[]): Readonly<Record<string, number>> {
  const whole: Record<string, number> = {};
  for (const [name, allowed] of Object.entries(when)) {
    const governor = rows.find((row) => row.name === name);
    if (governor?.when !== undefined) Object.assign(whole, wholeCondition(governor.when, rows));
    whole[name] = typeof allowed === 'number' ? allowed : (allowed[0] ?? 0);
  }
  return whole;
}

const rowsOf = (original: Original): readonly Row[] => original.parts.flatMap((part) => part.rows);

const isChanged = (row: Row, before: Members, now: Members): boolean => !isSameValue(valueIn(row, before), valueIn(row, now));

const membersOf = (rows: readonly Row[], reply: Members): Members =>
  Object.fromEntries(rows.map((row) => [spellingIn(row, reply) ?? row.name, sendable(row, valueIn(row, reply))]));

/** A value as the set wants it: a camera that returns a number as text refuses that text, and would stay changed. */
function sendable({ type: { kind } }: Row, value: unknown): unknown {
  if ((kind === 'number' || kind === 'choice') && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  return kind === 'text' && typeof value === 'number' ? String(value) : value;
}

function difference(original: Original, row: Row, now: Members): Difference {
  const part = original.parts.find((candidate) => candidate.rows.includes(row));
  const show = (value: unknown) => (row.secret ? '***' : (JSON.stringify(value) ?? 'nothing'));
  return {
    place: part?.setPlace ?? '',
    action: part?.set ?? '',
    parameter: row.name,
    wanted: show(valueIn(row, original.reply)),
    found: show(valueIn(row, now)),
  };
}

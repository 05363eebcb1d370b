/**
 * Remembers what a suite is about to change and puts it back: reads, sets what differs, reads again, compares. Parameters
 * under a condition go by way of that condition; an action pair that several sections share is restored once.
 */
import type { Camera } from '../camera/camera.ts';
import { necessaryMembers } from '../camera/necessary.ts';
import type { Condition, Instance, Row, Section, Settings } from '../document/notation.ts';
import { isSameValue, isSettable, type Members, spellingIn, valueIn } from '../document/row-value.ts';

/** A setting that is not as it was. */
export interface Difference {
  readonly place: string;
  readonly action: string;
  readonly parameter: string;
  /** both as JSON text, `***` for secrets */
  readonly wanted: string;
  readonly found: string;
}

interface Original {
  readonly parts: readonly Settings[];
  readonly instance: Instance;
  readonly reply: Members;
}

export class Originals {
  readonly #camera: Camera;
  readonly #sections: readonly Section[];
  readonly #remembered = new Map<string, Original>();
  #everRemembered = false;

  constructor(camera: Camera, sections: readonly Section[]) {
    this.#camera = camera;
    this.#sections = sections;
    camera.onChange((part, instance) => this.remember(part, instance));
    camera.onSideEffect((part, instance, before) => this.adopt(part, instance, before));
  }

  /** Whether anything was ever about to be changed. */
  get isNeeded(): boolean {
    return this.#everRemembered;
  }

  /** Reads and keeps a part before its first change. A part that this camera does not offer has nothing to keep. */
  async remember(part: Settings, instance: Instance): Promise<void> {
    const key = `${part.get} ${JSON.stringify(instance.select)}`;
    if (this.#remembered.has(key)) return;
    const outcome = await this.#camera.get(part, instance);
    if (outcome.kind === 'done') this.adopt(part, instance, outcome.reply);
  }

  /** Keeps a reply that was read before something changed; what is kept already came earlier and stays. */
  adopt(part: Settings, instance: Instance, reply: Members): void {
    const key = `${part.get} ${JSON.stringify(instance.select)}`;
    if (this.#remembered.has(key)) return;
    this.#everRemembered = true;
    this.#remembered.set(key, { parts: partsSharing(this.#sections, part.get), instance, reply });
  }

  /** What is remembered and not yet put back, by action. */
  pending(): readonly string[] {
    return [...this.#remembered.values()].map(({ parts, instance }) => `${parts[0]?.get} ${JSON.stringify(instance.select)}`);
  }

  /** Puts everything back and returns what could not be. Remembered parts that are as they were are forgotten. */
  async restore(): Promise<readonly Difference[]> {
    const differences: Difference[] = [];
    // Where a set touches what it does not name, putting one back may change another: the second round sees and mends that.
    if (this.#remembered.size > 1) for (const original of this.#remembered.values()) await this.#restoreOne(original);
    for (const [key, original] of this.#remembered) {
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
    let open = await this.#open(original);
    for (const attempt of attempts) {
      if (open.length === 0) return [];
      await attempt(open);
      open = await this.#open(original);
    }
    const now = await this.#read(original);
    return open.map((row) => difference(original, row, now));
  }

  /** The settable rows whose value is not the original one. */
  async #open(original: Original): Promise<readonly Row[]> {
    const now = await this.#read(original);
    return rowsOf(original).filter(
      (row) => isSettable(row) && !row.volatile && spellingIn(row, original.reply) !== undefined && isChanged(row, original.reply, now),
    );
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
      await this.#camera.set(part, original.instance, { ...necessary, ...membersOf(own, original.reply), ...extra });
    }
  }

  async #putUnderConditions(original: Original, open: readonly Row[]): Promise<void> {
    const all = rowsOf(original);
    for (const row of open) {
      if (row.when === undefined) continue;
      const condition = wholeCondition(row.when, all);
      const governors = all.filter((candidate) => candidate.name in condition);
      await this.#put(original, governors, condition);
      // What is necessary may be among the governors, and is sent with every set.
      await this.#put(original, [row], condition);
      await this.#put(original, governors);
    }
  }
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

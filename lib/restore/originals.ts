/** The parameters of action pairs, from before a run changed anything until they are back: what is known of them, guards them, and puts them back. */
import type { Camera } from '../camera/camera.ts';
import type { Outcome } from '../camera/outcome.ts';
import type { Instance, Row, Section, Settings } from '../document/notation.ts';
import type { Members } from '../document/row-value.ts';
import type { Difference } from './difference.ts';
import { Guard } from './guard.ts';
import { ALL, type Change, wasSent } from './held.ts';
import type { Trace } from './journal.ts';
import type { OriginalItem } from './journal-entry.ts';
import { type KnownOptions, KnownOriginals } from './known-originals.ts';
import { PuttingBack, type PuttingBackOptions } from './putting-back.ts';
import { type IsLegal, Trials } from './trials.ts';
import { type AsFound, closed, type Way } from './way-back.ts';

export interface OriginalsOptions extends KnownOptions, PuttingBackOptions {
  readonly isLegal?: IsLegal;
}

export class Originals {
  readonly #known: KnownOriginals;
  readonly #trials: Trials;
  readonly #puttingBack: PuttingBack;
  readonly #guard: Guard;

  constructor(camera: Camera, sections: readonly Section[], options: OriginalsOptions = {}) {
    this.#known = new KnownOriginals(camera, sections, options);
    this.#trials = new Trials(camera, this.#known, options.isLegal ?? (() => true));
    this.#puttingBack = new PuttingBack(camera, this.#known, options);
    this.#guard = new Guard(camera, this.#known, this.#trials, this.#puttingBack);
  }

  /** Whether anything was ever about to be changed. */
  get isNeeded(): boolean {
    return this.#known.isNeeded;
  }

  note(action: string, json: unknown, outcome: Outcome & { kind: 'done' }): void {
    this.#known.note(action, json, outcome);
  }

  look(): Promise<void> {
    return this.#known.look();
  }

  take(item: OriginalItem, trace: Trace | undefined, isAllOurs: boolean): void {
    this.#known.take(item, trace, isAllOurs);
  }

  replyOf(get: string, request: Members): Members | null {
    return this.#known.replyOf(get, request);
  }

  firstOf(part: Settings, instance: Instance): Promise<Members | null> {
    return this.#known.firstOf(part, instance);
  }

  withDigits(action: string, json: Members): Members {
    return this.#known.withDigits(action, json);
  }

  /** What may not be as it was, by action. */
  pending(): readonly string[] {
    return this.#known.changed.map(({ original }) => `${original.item.get} ${JSON.stringify(original.instance.select)}`);
  }

  allow(action: string, json: Members | null): Promise<void> {
    return this.#guard.allow(action, json);
  }

  allowAll(doesSet: boolean): Promise<void> {
    return this.#guard.allowAll(doesSet);
  }

  demand(part: Settings, instance: Instance): Promise<void> {
    return this.#guard.demand(part, instance);
  }

  /** Something that no set named was seen to change: it is put back with the rest. */
  foundChanged(part: Settings, instance: Instance, before: Members): void {
    const held = this.#known.of(part.get, instance.select) ?? this.#known.keep(part, instance, before);
    this.#known.touch(held, [ALL]);
  }

  /** Something showed otherwise although nothing had been sent: another hand's doing, unless that reading was a lie. */
  suspect(get: string, select: Members, row: Row, change: Change): void {
    this.#known.of(get, select)?.suspects.set(row, change);
  }

  /** Another hand changed a parameter: what it made of it is what is put back from now on, and is told. */
  adopt(get: string, select: Members, row: Row, change: Change): void {
    const held = this.#known.of(get, select);
    if (held === undefined) return;
    this.#known.adopt(held, row, change);
    this.#known.touch(held, [row.name]);
  }

  /** Whether this run has sent a value. */
  hasSent(get: string, select: Members, row: Row, value: unknown): boolean {
    const held = this.#known.of(get, select);
    return held !== undefined && wasSent(held, row, value);
  }

  /** Sets an action to what was found, once; a later call sets it again. Null where the camera does not offer it. */
  async asFound(part: Settings, instance: Instance): Promise<AsFound | null> {
    await this.#known.look();
    const held = await this.#known.heldFor(part, instance, true);
    if (held === null) return null;
    await this.#guard.confirm(held);
    return this.#trials.asFound(held, part);
  }

  /** Whether a parameter could be put back. */
  async wayBack({ get, select }: Pick<OriginalItem, 'get' | 'select'>, row: Row): Promise<Way> {
    const held = this.#known.of(get, select);
    return held === undefined ? closed(`${get} is not remembered`) : this.#trials.wayBack(held, row);
  }

  differences(): Promise<readonly Difference[]> {
    return this.#puttingBack.differences();
  }

  restore(): Promise<readonly Difference[]> {
    return this.#puttingBack.restore();
  }

  lookOnceMore(): Promise<readonly Difference[]> {
    return this.#puttingBack.lookOnceMore();
  }
}

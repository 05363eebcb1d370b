/** Stands in front of each set: a value whose original is not known, or could not be set again, does not leave. */
import type { Camera } from '../camera/camera.ts';
import { instancesOf } from '../camera/camera.ts';
import { describe } from '../camera/outcome.ts';
import type { Instance, Settings } from '../document/notation.ts';
import { isNecessary, type Members, spellingIn, valueIn } from '../document/row-value.ts';
import { isSameExactly } from '../wire/exact-json.ts';
import { ALL, type Held } from './held.ts';
import { contradiction, type KnownOriginals } from './known-originals.ts';
import { NoWayBack } from './no-way-back.ts';
import { exactReply, isSameReply } from './original.ts';
import type { PuttingBack } from './putting-back.ts';
import { read } from './reading.ts';
import type { Trials } from './trials.ts';

export class Guard {
  readonly #camera: Camera;
  readonly #known: KnownOriginals;
  readonly #trials: Trials;
  readonly #puttingBack: PuttingBack;

  constructor(camera: Camera, known: KnownOriginals, trials: Trials, puttingBack: PuttingBack) {
    this.#camera = camera;
    this.#known = known;
    this.#trials = trials;
    this.#puttingBack = puttingBack;
  }

  /** Has a request with values checked before it goes out; throws `NoWayBack` when something of it could not be put back. */
  async allow(action: string, json: Members | null): Promise<void> {
    const part = this.#known.partOf(action);
    if (part === undefined) return;
    await this.#known.look();
    for (const instance of this.#known.instancesIn(part, json)) {
      const names = json === null ? null : Object.keys(json).filter((name) => !(name in instance.select));
      const held = await this.#known.heldFor(part, instance, json !== null || isOnly(part));
      if (held === null) {
        if (names === null || names.length === 0) continue;
        throw new NoWayBack(this.#known.whyUnknown(part, instance));
      }
      await this.confirm(held);
      if (json === null) this.#known.touch(held, [ALL]);
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
      const way = await this.#trials.wayBack(held, row);
      if (way.kind === 'closed') throw new NoWayBack(way.reason);
    }
    this.#known.touch(
      held,
      [...[...named, ...missing].map(({ name }) => name), ...(isStrange ? [ALL] : [])],
      Object.fromEntries(named.map((row) => [row.name, valueIn(row, json)])),
    );
  }

  /** Before a command that may change everything. */
  async allowAll(doesSet: boolean): Promise<void> {
    await this.#known.look();
    const unknown = doesSet ? this.#known.whyAnyUnknown() : null;
    if (unknown !== null) throw new NoWayBack(unknown);
    for (const held of this.#known.all) this.#known.touch(held, [ALL]);
  }

  /** Has the original of a part known, and read twice; throws `NoWayBack` where it cannot be. Everything of it may be changed afterwards. */
  async demand(part: Settings, instance: Instance): Promise<void> {
    await this.#known.look();
    const held = await this.#known.heldFor(part, instance, true);
    if (held === null) return;
    await this.confirm(held);
    this.#known.touch(held, [ALL]);
  }

  /** Reads a second time before the first change: a get that contradicts itself tells no original. */
  async confirm(held: Held): Promise<void> {
    await this.#puttingBack.resolve(held);
    if (held.doubt === null && !held.isConfirmed) await this.#readTwice(held);
    if (held.doubt !== null) throw new NoWayBack(held.doubt);
  }

  async #readTwice(held: Held): Promise<void> {
    const { original } = held;
    const seen = this.#known.lastSeen(held);
    const second = seen !== undefined && seen.count > 1 ? seen.last : exactReply(await this.#shown(held));
    held.isConfirmed = true;
    if (isSameReply(original, second)) return;
    const outcome = await this.#shown(held);
    const third = exactReply(outcome);
    if (isSameReply(original, third) || !isSameReply({ ...original, reply: second }, third)) {
      held.isConfirmed = false;
      this.#known.doubt(held, contradiction(original, isSameReply(original, third) ? second : third));
      return;
    }
    await this.#puttingBack.sort(held, outcome);
    await this.#puttingBack.one(held);
  }

  async #shown(held: Held): Promise<Awaited<ReturnType<typeof read>> & { kind: 'done' }> {
    const outcome = await read(this.#camera, held.original);
    if (outcome.kind === 'done') return outcome;
    throw new NoWayBack(`${held.original.item.get} is answered with ${describe(outcome)} when it is read once more`);
  }
}

const isOnly = (part: Settings): boolean => instancesOf(part).length === 1;

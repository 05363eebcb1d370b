/** Puts originals back, as many as the camera takes, and looks at the end of a run whether everything is as it was, and whose doing it is where not. */
import type { Camera } from '../camera/camera.ts';
import { answersAny } from '../camera/is-there.ts';
import { describe, type Outcome } from '../camera/outcome.ts';
import { type Members, valueIn } from '../document/row-value.ts';
import { NoReply } from '../http/client.ts';
import { isSameExactly } from '../wire/exact-json.ts';
import { type Difference, formatDifference } from './difference.ts';
import { ALL, type Held } from './held.ts';
import type { KnownOriginals } from './known-originals.ts';
import { changedRows, differenceOf, differencesIn, exactReply, isNetworkLike, isSameReply, type Original, settableRows } from './original.ts';
import { putBack } from './put-back.ts';
import { read, shownIn } from './reading.ts';

export interface PuttingBackOptions {
  /** called when the camera may have moved with what was set; it is looked for where it may be */
  readonly onMove?: () => Promise<void>;
  /** told of what another hand changed that no set could have */
  readonly onForeign?: (sentence: string) => void;
}

export class PuttingBack {
  readonly #camera: Camera;
  readonly #known: KnownOriginals;
  readonly #options: PuttingBackOptions;

  constructor(camera: Camera, known: KnownOriginals, options: PuttingBackOptions) {
    this.#camera = camera;
    this.#known = known;
    this.#options = options;
  }

  /** What differs now from what is remembered. */
  async differences(): Promise<readonly Difference[]> {
    const found: Difference[] = [];
    for (const { original } of this.#known.changed) {
      const now = await this.#answerTo(async () => differencesIn(original, shownIn(await read(this.#camera, original))));
      found.push(...(now instanceof NoReply ? [unanswered(original)] : now));
    }
    return found;
  }

  /** Puts back what was changed; what is as it was is no longer counted as changed. Returns what could not be. */
  async restore(): Promise<readonly Difference[]> {
    for (const held of this.#known.all) await this.resolve(held);
    const order = inOrder(this.#known.changed);
    const left = new Map<Held, readonly Difference[]>();
    let isAnySet = false;
    for (const held of order) {
      const { didSet, differences } = await this.one(held);
      isAnySet ||= didSet;
      left.set(held, differences);
    }
    // Where a set touches what it does not name, putting one back may change another: the second round sees and mends that.
    if (isAnySet && order.length > 1) for (const held of order) left.set(held, (await this.one(held, false)).differences);
    for (const [held, differences] of left) if (differences.length === 0) this.#known.untouch(held);
    return [...left.values()].flat();
  }

  /** Reads once more whatever was ever read, puts back what differs because of this run, and returns what is not as it was in the end. */
  async lookOnceMore(): Promise<readonly Difference[]> {
    if (!this.#known.isNeeded) return [];
    for (const held of this.#known.all) {
      await this.resolve(held);
      const { original } = held;
      const outcome = await this.#answerTo(() => read(this.#camera, original));
      if (held.doubt === null) await this.sort(held, outcome instanceof NoReply ? null : outcome);
    }
    const left = await this.restore();
    return [...left, ...this.#known.all.flatMap(({ strays }) => [...strays.values()])];
  }

  /** What showed otherwise although nothing was sent is another hand's if it still does; one reading may lie. */
  async resolve(held: Held): Promise<void> {
    const suspects = [...held.suspects];
    if (suspects.length === 0) return;
    held.suspects.clear();
    const outcome = await this.#answerTo(() => read(this.#camera, held.original));
    if (outcome instanceof NoReply) return;
    const now = shownIn(outcome);
    for (const [row, change] of suspects) if (isSameExactly(valueIn(row, now), change.to)) this.#known.adopt(held, row, change);
  }

  /**
   * Whose doing it is that a get shows otherwise, null where it is not answered. What requests may have changed since it was last seen as
   * it was is this run's; else it is left as it is, and told.
   */
  async sort(held: Held, now: Outcome | null): Promise<void> {
    const { original, strays, touched } = held;
    if (now === null || now.kind !== 'done') {
      if (touched.size > 0) this.#known.touch(held, [ALL]);
      else strays.set(original.item.get, now === null ? unanswered(original) : withoutReply(original, describe(now)));
      return;
    }
    const reply = exactReply(now);
    if (isSameReply(original, reply) && !isClockWrong(held, reply)) return;
    const changed = changedRows(original, reply);
    if (touched.size > 0 || changed.length === 0) {
      if (held.isEverTouched) this.#known.touch(held, [...changed.map(({ name }) => name), ALL]);
      return;
    }
    // One reading may lie.
    const again = await this.#answerTo(() => read(this.#camera, original));
    const second = again instanceof NoReply ? {} : shownIn(again);
    for (const row of changed) {
      if (!isSameExactly(valueIn(row, reply), valueIn(row, second))) continue;
      const isSettable = settableRows([row]).length > 0;
      if (!isSettable) this.#options.onForeign?.(formatDifference({ ...differenceOf(original, row, reply), isForeign: true }));
      this.#known.adopt(held, row, { from: valueIn(row, original.reply), to: valueIn(row, reply) });
      // What nothing can set is told, and was never this run's to put back.
      if (!isSettable) strays.delete(row.name);
    }
  }

  /** Puts one original back. `isFirst`: what was touched is set whatever the get shows. */
  async one(held: Held, isFirst = true): Promise<{ readonly didSet: boolean; readonly differences: readonly Difference[] }> {
    const { original, touched, doubt } = held;
    if (doubt !== null) {
      this.#options.onForeign?.(`${doubt}; nothing of it was put back, and whether it is as it was is not known.`);
      return { didSet: false, differences: [] };
    }
    const done = await this.#answerTo(() =>
      putBack(this.#camera, original, {
        changed: isFirst ? original.rows.filter(({ name }) => touched.has(name)) : [],
        isClockOurs: isClockOf(original) && touched.size > 0,
        onMove: this.#options.onMove ?? (async () => undefined),
      }),
    );
    if (done instanceof NoReply) return { didSet: true, differences: [unanswered(original)] };
    const differences = differencesIn(original, done.now);
    if (differences.length === 0) return { didSet: done.didSet, differences };
    // One reading may lie.
    const again = await this.#answerTo(() => read(this.#camera, original));
    return { didSet: done.didSet, differences: again instanceof NoReply ? [unanswered(original)] : differencesIn(original, shownIn(again)) };
  }

  /** One get or set that is not answered keeps none of the others from being put back; a camera that does not answer at all does. */
  async #answerTo<T>(ask: () => Promise<T>): Promise<T | NoReply> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof NoReply) || !(await answersAny(this.#camera))) throw error;
      return error;
    }
  }
}

/** What the camera is reached by comes last: it may be gone for a while afterwards. */
const inOrder = (held: readonly Held[]): readonly Held[] =>
  held.toSorted((a, b) => Number(isNetworkLike(a.original)) - Number(isNetworkLike(b.original)));

const isClockOf = ({ item }: Original): boolean => item.get === 'getDeviceTime';

const isClockWrong = ({ original, isEverTouched }: Held, now: Members): boolean =>
  isClockOf(original) && isEverTouched && differencesIn(original, now).some(({ parameter }) => parameter === 'deviceTime');

const unanswered = (original: Original): Difference => withoutReply(original, 'not there: the camera does not answer it, although it answers others');

const withoutReply = ({ parts: [part], item: { get } }: Original, found: string): Difference => ({
  place: part?.getPlace ?? '',
  action: get,
  parameter: 'its reply',
  wanted: 'code 0',
  found,
});

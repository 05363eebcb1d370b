/** The way back is tried before the way out: each action is set to what was found, once, and what it does not take so is known from then on. */
import type { Camera } from '../camera/camera.ts';
import type { Row, Settings } from '../document/notation.ts';
import type { Held } from './held.ts';
import type { KnownOriginals } from './known-originals.ts';
import { changedRows } from './original.ts';
import { read, shownIn } from './reading.ts';
import { type AsFound, rowsAsFound, setAsFound, type Way, wayOf, wayWithoutTrial } from './way-back.ts';

/** Whether the document allows a value: one that it does not is tried alone. */
export type IsLegal = (row: Row, value: unknown) => boolean;

export class Trials {
  readonly #camera: Camera;
  readonly #known: KnownOriginals;
  readonly #isLegal: IsLegal;

  constructor(camera: Camera, known: KnownOriginals, isLegal: IsLegal) {
    this.#camera = camera;
    this.#known = known;
    this.#isLegal = isLegal;
  }

  /** Sets an action to what was found; the first time is what its ways back are judged by. */
  async asFound(held: Held, part: Settings): Promise<AsFound> {
    const isFirst = !held.trials.has(part);
    const trial = this.#trial(held, part);
    if (isFirst) return trial;
    const { rows } = await trial;
    return setAsFound(this.#camera, part, held.original, rows);
  }

  /** Whether a parameter could be put back. */
  wayBack(held: Held, row: Row): Promise<Way> {
    const known = held.ways.get(row.name);
    if (known !== undefined) return known;
    const way = this.#wayOf(held, row);
    held.ways.set(row.name, way);
    way.catch(() => held.ways.delete(row.name));
    return way;
  }

  #trial(held: Held, part: Settings): Promise<AsFound> {
    const known = held.trials.get(part);
    if (known !== undefined) return known;
    const trial = this.#tried(held, part, rowsAsFound(part, held.original, this.#camera, this.#isLegal));
    held.trials.set(part, trial);
    trial.catch(() => held.trials.delete(part));
    return trial;
  }

  async #tried(held: Held, part: Settings, rows: readonly Row[]): Promise<AsFound> {
    this.#known.aboutToTry();
    const found = await setAsFound(this.#camera, part, held.original, rows);
    const changed = changedRows(held.original, shownIn(found.after));
    if (found.after.kind === 'done' && changed.length > 0)
      this.#known.touch(
        held,
        changed.map(({ name }) => name),
      );
    return found;
  }

  async #wayOf(held: Held, row: Row): Promise<Way> {
    const { original } = held;
    const part = original.parts.find((each) => each.set !== undefined && each.rows.some(({ name }) => name === row.name));
    const untried = wayWithoutTrial(row, original);
    if (untried !== null || part === undefined) return untried ?? { kind: 'open' };
    const together = await this.#trial(held, part);
    const isIn = together.rows.some(({ name }) => name === row.name);
    if (isIn && (together.outcome.kind === 'done' || together.rows.length === 1)) return wayOf(row, part, original, together);
    // Others may have been set since it was found.
    const now = await read(this.#camera, original);
    const alone = await this.#tried(held, part, [row]);
    return wayOf(row, part, original, now.kind === 'done' ? { ...alone, before: now.reply } : alone);
  }
}

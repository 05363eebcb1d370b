/**
 * Wrong log-ins, which cameras on walls lock their account for: never two without a right one between them, and none any more once the
 * account was locked. That it is locked shows when a right log-in behind a wrong one is refused, and others are, too.
 */
import type { Outcome } from './outcome.ts';

/** The account is locked: nothing is learnt from more wrong log-ins, and none is sent. */
export class AccountLocked extends Error {
  override readonly name = 'AccountLocked';
  /** whether right log-ins are let in again */
  readonly isOver: boolean;

  constructor(isOver: boolean, message: string) {
    super(message);
    this.isOver = isOver;
  }
}

export interface LogInsOptions {
  /** sends a right log-in, which is nobody's evidence */
  readonly sendRight: () => Promise<void>;
  /** whether right log-ins are let in, by more than one question */
  readonly isLetIn: () => Promise<boolean>;
  /** waits, in ms */
  readonly pause: (ms: number) => Promise<unknown>;
}

/** Longer than most accounts are locked for. */
const LONGEST_LOCK_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

export class LogIns {
  readonly #options: LogInsOptions;
  /** no right one came behind the last wrong one */
  #isOpen = false;
  #wrong = 0;
  #locked: AccountLocked | null = null;
  #listener: (sentence: string) => void = () => undefined;

  constructor(options: LogInsOptions) {
    this.#options = options;
  }

  onLocked(listener: (sentence: string) => void): void {
    this.#listener = listener;
  }

  /** To be called before each wrong one, over whatever interface. Throws `AccountLocked` where it must not be sent. */
  async beforeWrong(): Promise<void> {
    if (this.#locked !== null) throw this.#locked;
    if (this.#isOpen) await this.#options.sendRight();
    if (this.#locked !== null) throw this.#locked;
    this.#isOpen = true;
    this.#wrong += 1;
  }

  /** Takes note of what came of a right one, and waits where it is refused because the account is locked. `again` sends it once more. */
  async afterRight(outcome: Outcome, again: () => Promise<Outcome>): Promise<Outcome> {
    if (!this.#isOpen) return outcome;
    this.#isOpen = false;
    // A camera that refuses one request and lets others in has a fault, and no lock.
    if (outcome.kind !== 'error-user' || (await this.#options.isLetIn())) return outcome;
    return this.#untilLetIn(again);
  }

  async #untilLetIn(again: () => Promise<Outcome>): Promise<Outcome> {
    const cause = `The camera locked its account after ${this.#wrong} wrong log-in${this.#wrong === 1 ? '' : 's'}, none of them without a right one behind it`;
    let waitedMs = 0;
    for (let pauseMs = FIRST_PAUSE_MS; waitedMs < LONGEST_LOCK_MS; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
      await this.#options.pause(pauseMs);
      waitedMs += pauseMs;
      if (!(await this.#options.isLetIn())) continue;
      const sentence = `${cause}, and opened it again within ${waitedMs / 1000} s: no more wrong ones were sent.`;
      this.#locked = new AccountLocked(true, sentence);
      this.#listener(sentence);
      return again();
    }
    this.#locked = new AccountLocked(false, `${cause}, and did not open it again within ${LONGEST_LOCK_MS / 60_000} min.`);
    throw this.#locked;
  }
}

/**
 * Whether it is still the same camera, and whether it ran on: its identity, which every reply tells, and its clock, which it is asked
 * for after each suite. The document has no uptime; a camera that keeps its clock while it restarts is noticed by not answering.
 */
import type { Camera } from '../camera/camera.ts';
import type { Outcome } from '../camera/outcome.ts';
import type { Members } from '../document/row-value.ts';
import { NoReply } from '../http/client.ts';
import { type HostTime, hostTime } from '../restore/host-time.ts';
import { formatIdentity, type Identity, identityOf } from '../restore/identity.ts';

/** Another camera answers at this address than when the run began: it must not get what is meant for the first one. */
export class AnotherCamera extends Error {
  override readonly name = 'AnotherCamera';
}

/** The clock went otherwise than this computer's. Positions count the checks of the run that had begun. */
export interface ClockJump {
  /** ahead where positive */
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
  /** its server may have set the clock */
  readonly isNtp: boolean;
}

interface Reading {
  readonly deviceTime: number;
  readonly at: HostTime;
  /** how long the reply took, in s: it may show the time of its beginning or of its end */
  readonly tookS: number;
  readonly position: number;
}

const CLOCK = 'getDeviceTime';
/** Where a camera has no clock that can be read, this tells who it is. */
const NAME_PLATE = 'getSysConfig';
/** Behind these the clock may rightly show another time. */
const SETS_CLOCK: ReadonlySet<string> = new Set(['setTime', 'reset', 'restart']);
/** Clocks are read in whole seconds, and a quartz goes a little fast or slow. */
const TOLERANCE_S = 5;
/** A clock that jumps more often says nothing; the check of section 10 judges it. */
const MOST_JUMPS = 3;

export class VitalSigns {
  readonly #camera: Camera;
  readonly #now: () => HostTime;
  readonly #begun: string[] = [];
  /** actions that always show another identity, which is a finding of their own */
  readonly #excused = new Set<string>();
  #jumps: ClockJump[] = [];
  #jumpCount = 0;
  #clock: Reading | null = null;
  #identity: Identity | null = null;
  #asks = CLOCK;
  #isDoubted = false;
  #doubtful = '';
  #isLooking = false;

  constructor(camera: Camera, now: () => HostTime = hostTime) {
    this.#camera = camera;
    this.#now = now;
    camera.onCall({
      before: (action) => {
        if (SETS_CLOCK.has(action)) this.#clock = null;
        return this.#isDoubted && !this.#isLooking ? this.#confirm() : undefined;
      },
      after: (action, _, outcome) => this.#observe(action, outcome),
    });
  }

  /** The checks that have begun, in their order. */
  get begun(): readonly string[] {
    return this.#begun;
  }

  /** A check begins. Before the first one the camera is asked who it is. */
  async begin(id: string): Promise<void> {
    if (this.#begun.length === 0) await this.look();
    this.#begun.push(id);
  }

  /** Asks for the clock and the identity. A camera that does not answer says nothing. Throws `AnotherCamera`. */
  async look(): Promise<void> {
    try {
      const outcome = await this.#ask();
      if (this.#identity === null && 'reply' in outcome) this.#identity = identityIn(this.#camera, outcome.reply);
      if (this.#isDoubted) await this.#confirm();
    } catch (error) {
      if (!(error instanceof NoReply)) throw error;
    }
  }

  /** Whether the clock jumped since `takeJumps`. */
  get hasJumped(): boolean {
    return this.#jumps.length > 0;
  }

  /** The jumps that were not yet asked for. */
  takeJumps(): readonly ClockJump[] {
    const jumps = this.#jumps;
    this.#jumps = [];
    return jumps;
  }

  /** Whether the camera of the beginning answers. */
  async isBack(): Promise<boolean> {
    try {
      const outcome = await this.#ask();
      this.#isDoubted = !('reply' in outcome) || !this.#isOwn(outcome.reply);
      return !this.#isDoubted;
    } catch (error) {
      if (error instanceof NoReply) return false;
      throw error;
    }
  }

  async #ask(): Promise<Outcome> {
    this.#isLooking = true;
    try {
      const outcome = await this.#camera.call(this.#asks, null);
      if (outcome.kind === 'done' || this.#asks === NAME_PLATE) return outcome;
      this.#asks = NAME_PLATE;
      return await this.#camera.call(NAME_PLATE, null);
    } finally {
      this.#isLooking = false;
    }
  }

  /** One reply named another camera: is it that action, or is it all of them? */
  async #confirm(): Promise<void> {
    const outcome = await this.#ask();
    if ('reply' in outcome && !this.#isOwn(outcome.reply)) {
      const found = formatIdentity(identityIn(this.#camera, outcome.reply));
      throw new AnotherCamera(
        `Another camera answers at ${this.#camera.options.baseUrl.host}: ${found} instead of ${formatIdentity(this.#identity ?? UNKNOWN)}.`,
      );
    }
    this.#isDoubted = false;
    this.#excused.add(this.#doubtful);
  }

  #isOwn(reply: Members): boolean {
    if (this.#identity === null) return true;
    const { deviceId, mac } = identityIn(this.#camera, reply);
    const differs = (wanted: string | null, found: string | null): boolean => wanted !== null && found !== null && wanted !== found;
    return !differs(this.#identity.deviceId, deviceId) && !differs(this.#identity.mac, mac);
  }

  #observe(action: string, outcome: Outcome): void {
    if (outcome.kind !== 'done' && outcome.kind !== 'code') return;
    if (!this.#isOwn(outcome.reply) && !this.#excused.has(action)) {
      this.#isDoubted = true;
      this.#doubtful = action;
    } else if (action === CLOCK && outcome.kind === 'done') {
      this.#readClock(outcome.reply, outcome.answer.exchange.durationMs / 1000);
    }
  }

  #readClock({ deviceTime, ntp_enable }: Members, tookS: number): void {
    if (typeof deviceTime !== 'number') return;
    const now: Reading = { deviceTime, at: this.#now(), tookS, position: this.#begun.length };
    const before = this.#clock;
    this.#clock = now;
    if (before === null || this.#jumpCount >= MOST_JUMPS) return;
    const went = deviceTime - before.deviceTime;
    // Either clock of this computer may have been set, or stood still, in between; only where both disagree it was the camera's.
    const offs = (['wallMs', 'monotonicMs'] as const).map((clock) => went - (now.at[clock] - before.at[clock]) / 1000);
    const off = offs.reduce((one, other) => (Math.abs(other) < Math.abs(one) ? other : one));
    if (Math.abs(off) <= TOLERANCE_S + before.tookS + tookS) return;
    this.#jumpCount += 1;
    this.#jumps.push({ seconds: Math.round(off), from: before.position, to: now.position, isNtp: ntp_enable === 1 });
  }
}

const UNKNOWN: Identity = { deviceId: null, mac: null };

const identityIn = ({ client }: Camera, reply: Members): Identity => identityOf({ identity: reply, client });

/** How much of one session is received: a camera that floods must not fill the tester's memory. */

export interface IntakeLimits {
  readonly packets: number;
  readonly bytes: number;
}

/** 30 s of 16 Mbit/s have 60 MB in 45,000 packets. */
const MOST: IntakeLimits = { packets: 150_000, bytes: 64 * 1024 * 1024 };

/** Counts the packets of a session, RTCP too. */
export class Intake {
  readonly #most: IntakeLimits;
  #packets = 0;
  #bytes = 0;

  constructor(most = MOST) {
    this.#most = most;
  }

  /** Whether there is room for another packet, which is counted. */
  hasRoomFor(bytes: number): boolean {
    this.#packets += 1;
    this.#bytes += bytes;
    return !this.isFlooded;
  }

  /** More came than any stream of a camera has. */
  get isFlooded(): boolean {
    return this.#packets > this.#most.packets || this.#bytes > this.#most.bytes;
  }
}

/** Notes what a check does while it runs, for the reports that show it. What it keeps is bounded, whatever the camera sends. */
import type { Viewing } from '../checks/stream-lab.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Recorded, SeenPicture } from '../report/check-evidence.ts';

const MOST_EXCHANGES = 40;
const MOST_PICTURES = 2;
const MOST_STREAMS = 2;
/** BMP pictures of large sensors are larger: they are told by their size only. */
const LARGEST_PICTURE = 2 * 1024 * 1024;

export class CheckRecorder {
  #exchanges: Exchange[] = [];
  #omitted = 0;
  #pictures: SeenPicture[] = [];
  #streams: Viewing[] = [];

  exchange(exchange: Exchange, bytes: Uint8Array | null): void {
    if (this.#exchanges.length === MOST_EXCHANGES) {
      this.#exchanges.shift();
      this.#omitted += 1;
    }
    this.#exchanges.push(exchange);
    const type = bytes === null ? null : typeOf(bytes);
    if (bytes !== null && type !== null && bytes.length <= LARGEST_PICTURE)
      this.#pictures = [...this.#pictures, { type, bytes }].slice(-MOST_PICTURES);
  }

  stream(viewing: Viewing): void {
    this.#streams = [...this.#streams, viewing].slice(-MOST_STREAMS);
  }

  /** What was noted since it was last taken. */
  take(): Recorded {
    const taken = { exchanges: this.#exchanges, omitted: this.#omitted, pictures: this.#pictures, streams: this.#streams };
    this.#exchanges = [];
    this.#omitted = 0;
    this.#pictures = [];
    this.#streams = [];
    return taken;
  }
}

/** By the first bytes: what the camera calls it proves nothing. */
function typeOf(bytes: Uint8Array): SeenPicture['type'] | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  return bytes[0] === 0x42 && bytes[1] === 0x4d ? 'image/bmp' : null;
}

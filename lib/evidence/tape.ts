/**
 * Notes what a check does while it runs, for the reports that show it. What an experiment did is noted with the experiment, and again
 * for every check that goes by its result: who is judged by evidence shows it. What is kept is bounded, whatever the camera sends.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { shrinkBmp } from '../media/shrink-bmp.ts';
import { askedAction } from '../wire/asked-action.ts';
import type { HttpExchange } from '../wire/exchange.ts';
import type { Viewing } from './viewing.ts';

/** A request and its reply, and how often the same came directly after it. */
export interface Noted {
  /** the last of those that were equal */
  readonly exchange: HttpExchange;
  readonly times: number;
  /** when the first of them began, ISO 8601 */
  readonly since: string;
}

/** A snapshot as it was received, or a large one made smaller. */
export interface SeenPicture {
  readonly type: 'image/jpeg' | 'image/bmp';
  readonly bytes: Uint8Array;
  /** what was asked for: `?fmt=bmp`; empty where nothing was */
  readonly query: string;
  /** of what was received */
  readonly size: number;
  /** `640 x 360` where it was made smaller */
  readonly shownAs: string | null;
}

export interface Recorded {
  /** in order of time: the first ones, the last ones, and what may have changed something */
  readonly exchanges: readonly Noted[];
  /** how many requests are left out between them */
  readonly omitted: number;
  /** the last ones, each once */
  readonly pictures: readonly SeenPicture[];
  /** the last ones */
  readonly streams: readonly Viewing[];
}

/** A set that must leave all other sections alone is followed by a reading of each. */
const MOST_EXCHANGES = 80;
/** What a check begins with is kept: how things were before. */
const FIRST_EXCHANGES = 8;
const MOST_PICTURES = 4;
const MOST_STREAMS = 4;
/** BMP pictures of large sensors are larger: they are made smaller. */
const LARGEST_PICTURE = 2 * 1024 * 1024;
const WIDEST_PICTURE = 640;

const current = new AsyncLocalStorage<Tape | null>();

/** Whether a request only asks: all others may change something. */
export function isReading(exchange: Pick<HttpExchange, 'url' | 'method' | 'isLogIn'>): boolean {
  const action = askedAction(exchange);
  return exchange.isLogIn === true || action === null || /^get/i.test(action);
}

export class Tape {
  #noted: Noted[] = [];
  #omitted = 0;
  #pictures: SeenPicture[] = [];
  #streams: Viewing[] = [];
  readonly #included = new Set<Tape>();

  /** Noted once, also where an experiment tells of a reading that it started from. */
  exchange(exchange: HttpExchange, bytes: Uint8Array | null): void {
    if (this.#noted.some((noted) => noted.exchange === exchange)) return;
    this.#add({ exchange, times: 1, since: exchange.startedAt });
    const picture = bytes === null ? null : pictureOf(exchange, bytes);
    if (picture !== null) this.#picture(picture);
  }

  stream(viewing: Viewing): void {
    if (!this.#streams.includes(viewing)) this.#streams = [...this.#streams, viewing].slice(-MOST_STREAMS);
  }

  /** Notes what another tape holds, once. */
  include(other: Tape): void {
    if (this.#included.has(other)) return;
    this.#included.add(other);
    for (const noted of other.#noted) {
      if (!this.#noted.some(({ exchange }) => exchange === noted.exchange)) this.#add(noted);
    }
    this.#omitted += other.#omitted;
    for (const picture of other.#pictures) this.#picture(picture);
    for (const viewing of other.#streams) this.stream(viewing);
  }

  get recorded(): Recorded {
    return {
      exchanges: this.#noted.toSorted((a, b) => compare(a.since, b.since)),
      omitted: this.#omitted,
      pictures: this.#pictures,
      streams: this.#streams,
    };
  }

  #add(noted: Noted): void {
    const last = this.#noted.at(-1);
    if (last !== undefined && isSame(last.exchange, noted.exchange) && last.since <= noted.since) {
      this.#noted[this.#noted.length - 1] = { ...noted, times: last.times + noted.times, since: last.since };
      return;
    }
    this.#noted.push(noted);
    if (this.#noted.length <= MOST_EXCHANGES) return;
    // Readings in the middle go first; where everything changes something, the oldest of that.
    const reading = this.#noted.findIndex(({ exchange }, index) => index >= FIRST_EXCHANGES && isReading(exchange));
    const [left] = this.#noted.splice(reading < 0 || reading > MOST_EXCHANGES - FIRST_EXCHANGES ? FIRST_EXCHANGES : reading, 1);
    this.#omitted += left?.times ?? 0;
  }

  #picture(picture: SeenPicture): void {
    if (this.#pictures.some(({ bytes }) => Buffer.compare(bytes, picture.bytes) === 0)) return;
    this.#pictures = [...this.#pictures, picture].slice(-MOST_PICTURES);
  }
}

/** Everything that `run` asks the camera is noted on `tape`. */
export const onTape = <T>(tape: Tape, run: () => Promise<T>): Promise<T> => current.run(tape, run);

/** What `run` asks the camera is no evidence: what the suite wants to know for itself. */
export const offTheRecord = <T>(run: () => Promise<T>): Promise<T> => current.run(null, run);

export const noteExchange = (exchange: HttpExchange, bytes: Uint8Array | null): void => current.getStore()?.exchange(exchange, bytes);

export const noteViewing = (viewing: Viewing): void => current.getStore()?.stream(viewing);

/** An experiment that is made once: whoever asks for its result later has its evidence noted, too. */
export function sharedEvidence<T>(make: () => Promise<T>): () => Promise<T> {
  const tape = new Tape();
  const isNoted = current.getStore() !== undefined;
  const made = isNoted ? onTape(tape, make) : make();
  return () => {
    const own = current.getStore();
    return own === null || own === undefined || !isNoted ? made : made.finally(() => own.include(tape));
  };
}

const isSame = (one: HttpExchange, other: HttpExchange): boolean =>
  one.url === other.url &&
  one.json === other.json &&
  one.failure === other.failure &&
  one.credentials === other.credentials &&
  one.reply?.bytes === other.reply?.bytes &&
  one.reply?.text === other.reply?.text &&
  one.reply?.status === other.reply?.status;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function pictureOf({ url }: HttpExchange, bytes: Uint8Array): SeenPicture | null {
  const type = typeOf(bytes);
  if (type === null) return null;
  const seen = { type, bytes, query: URL.canParse(url) ? new URL(url).search : '', size: bytes.length, shownAs: null };
  if (bytes.length <= LARGEST_PICTURE) return seen;
  const small = type === 'image/bmp' ? shrinkBmp(bytes, WIDEST_PICTURE) : null;
  return small === null ? null : { ...seen, bytes: small.bytes, shownAs: `${small.width} x ${small.height}` };
}

/** By the first bytes: what the camera calls it proves nothing. */
function typeOf(bytes: Uint8Array): SeenPicture['type'] | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  return bytes[0] === 0x42 && bytes[1] === 0x4d ? 'image/bmp' : null;
}

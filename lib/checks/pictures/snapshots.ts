/**
 * Takes snapshots as a patient viewer does: with the log-in where one is wanted, once more where none came. What came in its place is
 * kept, so that it is one finding, and none of what compares pictures.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Camera } from '../../camera/camera.ts';
import { JSON_ERROR_TEXT, USER_ERROR_TEXT } from '../../document/sections/01-generic.ts';
import { SNAPSHOT_FAILED_TEXT, SNAPSHOT_PATH } from '../../document/sections/03-snapshot.ts';
import { MAX_PICTURE_BYTES } from '../../http/client.ts';
import { formatOf } from '../../media/picture.ts';
import type { Answer } from '../../wire/exchange.ts';
import { headerValue } from '../../wire/header-value.ts';

/** Some cameras have no picture until a stream runs, some now and then. */
const PAUSES_MS = [100, 400, 1000, 1500];
/** Shorter is no raw picture, but words. */
const LEAST_RAW_BYTES = 2048;
const AS_LARGE_AS_A_PICTURE = { maxReplyBytes: MAX_PICTURE_BYTES } as const;
/** 3: "either a JPEG/bmp/yuv image or failed or null". */
const NO_PICTURE: ReadonlySet<string> = new Set([SNAPSHOT_FAILED_TEXT, 'null']);
const HTTP_OK = 200;
const HTTP_UNAUTHORIZED = 401;
/** The action is not there at all, or the log-in is none. */
const FINAL_WORDS: ReadonlySet<string> = new Set([JSON_ERROR_TEXT, USER_ERROR_TEXT]);

const wordsOf = ({ bytes }: Answer): string => (bytes.length < LEAST_RAW_BYTES ? Buffer.from(bytes).toString('latin1').trim() : '');

/** Whether the camera says that it has no picture of that format. */
export const saysNoPicture = (answer: Answer): boolean => NO_PICTURE.has(wordsOf(answer));

/** What came: a picture that says what it is, bytes enough for one that does not, or words. */
const kindOf = ({ bytes }: Answer) => formatOf(bytes) ?? (bytes.length >= LEAST_RAW_BYTES ? 'raw' : 'words');

const isPicture = (answer: Answer): boolean => kindOf(answer) !== 'words';

/** One answer of each kind under each name: what was asked for, what came, and what the camera called it. */
export interface Labelled {
  /** null: none was named */
  readonly fmt: string | null;
  readonly is: ReturnType<typeof kindOf>;
  /** as it stands in Content-Type, without parameters and in small letters; null: there is none */
  readonly type: string | null;
  readonly exchange: Answer['exchange'];
}

function labelOf(fmt: string | null, answer: Answer): Labelled {
  const { exchange } = answer;
  const type =
    headerValue(exchange.reply?.headers ?? [], 'content-type')
      ?.split(';')[0]
      ?.trim()
      .toLowerCase() ?? null;
  return { fmt, is: kindOf(answer), type, exchange };
}

export class Snapshots {
  readonly #camera: Camera;
  #wantsLogin = false;
  readonly #missed: Answer[] = [];
  readonly #labelled = new Map<string, Labelled>();

  constructor(camera: Camera) {
    this.#camera = camera;
  }

  /** What came in place of a picture that a later request got. */
  get missed(): readonly Answer[] {
    return this.#missed;
  }

  /** What came until now, each kind under each name once. */
  get labelled(): readonly Labelled[] {
    return [...this.#labelled.values()];
  }

  /** @param fmt null: none is named. @returns the first picture, else the last answer */
  async take(fmt: string | null): Promise<Answer> {
    const first = await this.#ask(fmt);
    // Whether a camera has formats beside JPEG is its own matter.
    const isAnswered = (answer: Answer): boolean =>
      isPicture(answer) || answer.status !== HTTP_OK || FINAL_WORDS.has(wordsOf(answer)) || (isOptional(fmt) && answer.bytes.length > 0);
    if (isAnswered(first)) return first;
    let last = first;
    for (const ms of PAUSES_MS) {
      await pause(ms);
      last = await this.#ask(fmt);
      if (isAnswered(last)) break;
    }
    if (isPicture(last)) this.#missed.push(first);
    return last;
  }

  async #ask(fmt: string | null): Promise<Answer> {
    const answer = await this.#asked(fmt);
    const label = labelOf(fmt, answer);
    const key = `${label.fmt} ${label.is} ${label.type}`;
    if (answer.status === HTTP_OK && !this.#labelled.has(key)) this.#labelled.set(key, label);
    return answer;
  }

  async #asked(fmt: string | null): Promise<Answer> {
    const query = fmt === null ? {} : { fmt };
    const { client } = this.#camera;
    const answer = await client.path(
      SNAPSHOT_PATH,
      query,
      this.#wantsLogin ? { ...AS_LARGE_AS_A_PICTURE, credentials: 'right' } : AS_LARGE_AS_A_PICTURE,
    );
    if (this.#wantsLogin || (wordsOf(answer) !== USER_ERROR_TEXT && answer.status !== HTTP_UNAUTHORIZED)) return answer;
    this.#wantsLogin = true;
    return client.path(SNAPSHOT_PATH, query, { ...AS_LARGE_AS_A_PICTURE, credentials: 'right' });
  }
}

const isOptional = (fmt: string | null): boolean => fmt !== null && fmt !== 'jpg';

/** Shows how far a run is while it goes on: a status where there is a terminal, a line for each section where there is none. */
import { Forecast, type ForecastOptions } from './forecast.ts';
import { formatSectionDone, formatStatus, type Progress } from './progress.ts';
import type { Screen } from './screen.ts';

/** The time left is told anew this often, also while a camera takes its time. */
const EVERY_MS = 1000;
/** Nobody reads faster, and a terminal at the other end of a slow line has to keep up. */
const NOT_MORE_OFTEN_MS = 100;
/** Where a terminal does not tell. */
const USUAL_WIDTH = 80;

export class RunProgress {
  readonly #screen: Screen;
  readonly #titles: ReadonlyMap<string, string>;
  readonly #forecast: Forecast;
  readonly #now: () => number;
  /** when the first check began: how long everything before it took tells nothing */
  #startedAt: number | null = null;
  #shownAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #section = '';
  #check: string | null = null;
  #failed = 0;
  #requests = 0;

  /** `titles`: of a section by its number. `now`: milliseconds of a clock that never goes back. */
  constructor(screen: Screen, titles: ReadonlyMap<string, string>, forecast: ForecastOptions, now: () => number = () => performance.now()) {
    this.#screen = screen;
    this.#titles = titles;
    this.#forecast = new Forecast(forecast);
    this.#now = now;
  }

  /** From now on the time left is told every second, until `end()`. */
  start(): void {
    if (!this.#screen.isLive) return;
    this.#timer = setInterval(() => this.#show(), EVERY_MS);
    this.#timer.unref();
    this.#show();
  }

  collected(section: string, ids: readonly string[]): void {
    this.#forecast.collected(section, ids);
    this.#section = section;
    this.#show();
  }

  began(check: string): void {
    this.#startedAt ??= this.#now();
    this.#check = check;
    this.#show();
  }

  /** `requests`: those of the run until now; undefined where nobody counted. */
  ended(check: string, failed: boolean, requests: number | undefined): void {
    this.#forecast.ended(check);
    if (failed) this.#failed += 1;
    if (requests !== undefined) this.#requests = requests;
    this.#show();
  }

  sectionEnded(section: string, checks: number, failed: number): void {
    this.#section = section;
    this.#check = null;
    if (!this.#screen.isLive) this.#screen.say(formatSectionDone({ checks, failed }, this.#progress()));
  }

  end(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#screen.clear();
  }

  #show(): void {
    const now = this.#now();
    if (now - this.#shownAt < NOT_MORE_OFTEN_MS) return;
    this.#shownAt = now;
    // The last column is left free: a cursor behind it would be on the next line.
    if (this.#screen.isLive) this.#screen.show(formatStatus(this.#progress(), (this.#screen.width ?? USUAL_WIDTH) - 1));
  }

  #progress(): Progress {
    const forecast = this.#forecast;
    return {
      section: `${this.#section} ${this.#titles.get(this.#section) ?? ''}`.trim(),
      check: this.#check,
      done: forecast.done,
      total: forecast.total,
      isTotalKnown: forecast.isTotalKnown,
      failed: this.#failed,
      requests: this.#requests,
      leftMs: this.#startedAt === null ? null : forecast.leftMs(this.#now() - this.#startedAt),
    };
  }
}

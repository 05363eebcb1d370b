/**
 * The one place that decides whether a request may leave for the camera. What a request does is told by what it sends and by what the
 * camera shows then; what of that is not allowed does not leave. Nothing is sent here: whoever asks tells what was read.
 *
 * The list of `lib/emulator/forbidden-requests.ts` judges it, and was written without it.
 */
import type { Hazard, Section, Settings } from '../document/notation.ts';
import { isSettable, type Members } from '../document/row-value.ts';
import { SERVICES } from '../document/services.ts';
import { membersIn } from './asked.ts';
import { type AskedSet, askedSet, type Pair, pairsOf, type Showing } from './changes.ts';
import { HeldBack, type Objection } from './objection.ts';
import { CLOCK_GET, type Clock, ofClock, ofSchedule, RESTART_GET } from './of-restarts.ts';
import { ofAddresses, ofCredentials, ofInviolable, ofRows, ofServices, ofTriggers } from './of-settings.ts';

export interface GateOptions {
  readonly sections: readonly Section[];
  readonly allowed: ReadonlySet<Hazard>;
  /** addresses of the testing computer, as the camera sees it */
  readonly testers?: readonly string[];
  /** host time, in ms */
  readonly now?: () => number;
}

/** A reading of the clock: what it showed, and when, in ms of the host. */
interface ClockReading {
  readonly shows: number;
  readonly at: number;
}

const COMMAND_WORDS: Readonly<Record<Exclude<Hazard, 'network' | 'services' | 'alarm-output'>, string>> = {
  telnet: 'it opens or closes the telnet service',
  password: 'it changes the password',
  reset: 'it resets the device',
  reboot: 'it restarts the device',
  ptz: 'it moves the camera, its lens or its light',
  format: 'it formats a storage device',
  door: 'it opens a door',
  serial: 'it sends data to whatever hangs at the serial line',
  files: 'it writes a file',
  registration: 'it logs out of the GB28181 platform, or registers there',
};

export class Gate {
  readonly #options: GateOptions;
  readonly #pairs: ReadonlyMap<string, Pair>;
  readonly #commands: ReadonlyMap<string, readonly Hazard[]>;
  readonly #shown = new Map<string, Showing>();
  /** gets that were asked in vain */
  readonly #silent = new Set<string>();
  #firstClock: ClockReading | null = null;
  #lastClock: ClockReading | null = null;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#pairs = pairsOf(options.sections);
    this.#commands = new Map(
      options.sections
        .flatMap(({ parts }) => parts)
        .flatMap((part) => (part.kind === 'command' && part.hazards.length > 0 ? [[part.path ?? part.action, part.hazards] as const] : [])),
    );
  }

  get allowed(): ReadonlySet<Hazard> {
    return this.#options.allowed;
  }

  /** Takes note of what a get showed. */
  note(get: string, select: Members, reply: Members): void {
    const key = keyOf(get, select);
    const known = this.#shown.get(key);
    this.#shown.set(key, { first: known?.first ?? reply, last: reply });
    if (get === CLOCK_GET && typeof reply.deviceTime === 'number') {
      this.#lastClock = { shows: reply.deviceTime, at: this.#now() };
      this.#firstClock ??= this.#lastClock;
    }
  }

  /** Takes over what was shown before anything was changed, by what another process remembered. `at`: host time, in ms */
  takeOver(get: string, select: Members, reply: Members, at: number): void {
    const key = keyOf(get, select);
    this.#shown.set(key, { first: reply, last: this.#shown.get(key)?.last ?? reply });
    if (get === CLOCK_GET && typeof reply.deviceTime === 'number') this.#firstClock = { shows: reply.deviceTime, at };
  }

  /** A get that is not answered shows nothing: it is not wanted again. */
  noteSilent(get: string, select: Members): void {
    this.#silent.add(keyOf(get, select));
  }

  /** Gets that have to be read before it can be told what a request does. */
  wanted(action: string, json: Members | string | null): readonly string[] {
    const pair = this.#pairs.get(action);
    if (pair === undefined || !isConcerned(pair) || Object.keys(membersIn(json)).length === 0) return [];
    const others = this.#options.allowed.has('reboot') ? [] : pair.get === RESTART_GET ? [CLOCK_GET] : pair.get === CLOCK_GET ? [RESTART_GET] : [];
    return [pair.get, ...others].filter((get) => this.#showing(get) === null && !this.#silent.has(keyOf(get, {})));
  }

  /** All that speaks against a request, allowed or not. */
  objections(action: string, json: Members | string | null): readonly Objection[] {
    const hazards = this.#commands.get(action) ?? [];
    const ofCommand = hazards.map((hazard) => ({ hazard, parameters: [], because: COMMAND_WORDS[hazard as keyof typeof COMMAND_WORDS] ?? '' }));
    const pair = this.#pairs.get(action);
    if (pair === undefined || !isConcerned(pair)) return ofCommand;
    const members = membersIn(json);
    if (Object.keys(members).length === 0) return ofCommand;
    return [...ofCommand, ...this.#ofSet(askedSet(pair, this.#showing(pair.get), members))];
  }

  #ofSet(asked: AskedSet): readonly Objection[] {
    const { get } = asked.pair;
    const clock = this.#clock();
    return [
      ...ofRows(asked),
      ...ofInviolable(asked),
      ...ofAddresses(asked, this.#options.testers ?? []),
      ...ofServices(asked),
      ...ofCredentials(asked),
      ...ofTriggers(asked),
      ...(get === RESTART_GET ? ofSchedule(asked, clock, this.#showing(CLOCK_GET)) : []),
      ...(get === CLOCK_GET ? ofClock(asked, clock, this.#showing(RESTART_GET)) : []),
    ];
  }

  /** What of it is not allowed. */
  refused(objections: readonly Objection[]): readonly Objection[] {
    return objections.filter(({ hazard }) => hazard === 'never' || !this.#options.allowed.has(hazard));
  }

  /** Throws `HeldBack` when a request may not leave. */
  admit(action: string, json: Members | string | null): void {
    const refused = this.refused(this.objections(action, json));
    if (refused.length > 0) throw new HeldBack(action, refused);
  }

  /** What speaks against giving a parameter any other value, and is not allowed. What depends on the value is left out. */
  against({ set }: Pick<Settings, 'set'>, row: { readonly name: string }): readonly Objection[] {
    const pair = set === undefined ? undefined : this.#pairs.get(set);
    if (pair === undefined || !isConcerned(pair)) return [];
    const shown = this.#showing(pair.get);
    const change: AskedSet = { ...askedSet(pair, shown, {}), changes: pair.rows.filter(({ name }) => name === row.name) };
    return this.refused([...ofRows(change), ...ofInviolable(change), ...ofServices(change), ...ofTriggers(change)]);
  }

  #showing(get: string): Showing | null {
    return this.#shown.get(keyOf(get, {})) ?? null;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #clock(): Clock | null {
    if (this.#firstClock === null) return null;
    const [untouched, last] = [this.#firstClock, this.#lastClock ?? this.#firstClock].map(({ shows, at }) => shows + (this.#now() - at) / 1000);
    return { untouched: untouched ?? 0, last: last ?? 0 };
  }
}

/** The hazards that a set may take, depending on what it sends and what the camera shows. */
export function possibleHazards(action: string | null, sections: readonly Section[]): readonly Hazard[] {
  const pair = pairsOf(sections).get(action ?? '');
  if (pair === undefined) return [];
  const ofRow = pair.rows.flatMap(({ hazard }) => hazard ?? []);
  const isService = SERVICES.some(({ set }) => set === pair.set);
  const isTimed = pair.get === RESTART_GET || pair.get === CLOCK_GET;
  return [...new Set<Hazard>([...ofRow, ...(isService ? ['services' as const] : []), ...(isTimed ? ['reboot' as const] : [])])];
}

const keyOf = (get: string, select: Members): string => `${get} ${JSON.stringify(select)}`;

/** Whether a pair holds anything that more could hang on than a setting. */
const isConcerned = ({ set, parts, rows, get }: Pair): boolean =>
  get === RESTART_GET ||
  get === CLOCK_GET ||
  parts.some(({ hazards }) => (hazards?.length ?? 0) > 0) ||
  rows.some((row) => isSettable(row) && (row.hazard !== undefined || row.inviolable !== undefined)) ||
  SERVICES.some((service) => service.set === set);

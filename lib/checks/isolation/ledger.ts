/**
 * What each get is expected to show: what it showed last, and what this run has set since. A reading that shows something else comes
 * from a camera that does not what it was told, or from another hand at it. Which of the two is not told here.
 */
import { type Camera, WHOLE } from '../../camera/camera.ts';
import type { Outcome } from '../../camera/outcome.ts';
import type { Instance, Row, Section, Settings } from '../../document/notation.ts';
import { isMembers, isReturned, isSameValue, isSettable, type Members, spellingIn, valueIn } from '../../document/row-value.ts';
import { partsSharing, wholeCondition } from '../../restore/original.ts';
import { quote } from '../values/row-judgement.ts';

/** A parameter that changed although this run sent nothing between the two readings, or nothing that named it. */
export interface ForeignChange {
  readonly get: string;
  readonly select: Members;
  readonly row: Row;
  readonly parameter: string;
  /** whether the reading before was as this run's sets say, or shown twice: else it may have been a lie */
  readonly isFromSure: boolean;
  /** as it was read */
  readonly change: { readonly from: unknown; readonly to: unknown };
  /** as JSON text, without secrets */
  readonly from: string;
  readonly to: string;
}

export const formatForeignChange = ({ get, parameter, from, to }: ForeignChange): string =>
  `Something else changes the settings of the camera, or it does so by itself: ${get} showed ${parameter} ${from}, then ${to}, and this run had sent nothing in between that changes settings.`;

export const formatUnseenChange = ({ get, parameter, from, to }: ForeignChange): string =>
  `${get} showed ${parameter} ${from}, then ${to}, although no set in between named it and no check found that one changed it: something else did, or the camera by itself.`;

/** A set that went out. */
export interface Sent {
  readonly action: string;
  readonly json: Members;
}

/** A parameter that shows otherwise than this run's sets say: a camera's fault, or another hand's doing. */
export interface Unexplained extends ForeignChange {
  readonly part: Settings;
  readonly instance: Instance;
  /** the sets between the two readings */
  readonly sets: readonly Sent[];
}

/** `isSeenTwice`: the next reading showed it, too. One alone may lie. */
type Doubtful = Unexplained & { isSeenTwice: boolean };

/** One action pair, or one instance of it. */
interface Account {
  readonly part: Settings;
  readonly instance: Instance;
  readonly rows: readonly Row[];
  shown: Members | null;
  /** how many requests that may change something had gone out when it was shown */
  shownAfter: number;
  /** what accepted sets named since */
  named: Map<Row, unknown>;
  /** what was named by a set whose answer is not known yet, or never came */
  open: Set<Row>;
  /** whether something was sent since that may change more than it names, such as `set_default` */
  isWideOpen: boolean;
  /** the same, by a command */
  isCommanded: boolean;
  /** what the last reading alone showed otherwise than it was expected */
  odd: ReadonlySet<Row>;
  /** when a set last named a row, on the monotonic clock, in ms */
  readonly namedAt: Map<Row, number>;
  /** whether a reading of this suite showed something else than was expected */
  isDisturbed: boolean;
  /** whether a set of this suite was about it */
  isTouched: boolean;
}

/** A camera may take that long until a reading shows what was set. */
const SLOW_TO_APPLY_MS = 5000;
/** A camera that is slow to apply a set shows one change late; what changes again does so by another hand. */
const CHANGES_OF_NAMED = 2;

export class Ledger {
  readonly #camera: Camera;
  readonly #onForeign: (change: ForeignChange) => void;
  readonly #accounts = new Map<string, Account>();
  readonly #byGet = new Map<string, readonly Settings[]>();
  readonly #bySet = new Map<string, Settings>();
  #unnamed: ForeignChange[] = [];
  #sent = 0;
  /** the sets of this suite, and how many requests had gone out before it that may change something */
  #sets: (Sent | null)[] = [];
  #sentBefore = 0;
  readonly #unexplained = new Map<string, Doubtful>();
  readonly #otherwise = new Map<string, Doubtful>();

  /** `onForeign` is told of each change that no request of this run can have made. */
  constructor(camera: Camera, sections: readonly Section[], onForeign: (change: ForeignChange) => void = () => undefined) {
    this.#camera = camera;
    this.#onForeign = onForeign;
    for (const part of sections.flatMap((section) => section.parts)) {
      if (part.kind !== 'settings') continue;
      this.#byGet.set(part.get, partsSharing(sections, part.get));
      if (part.set !== undefined) this.#bySet.set(part.set, part);
    }
    camera.onCall({
      before: (action, json) => this.#before(action, isMembers(json) ? json : {}),
      after: (action, json, outcome) => this.#after(action, isMembers(json) ? json : {}, outcome),
    });
  }

  /** Whether anything was read that the sets of this suite do not explain. Reads once more what they touched. */
  async isDisturbed(): Promise<boolean> {
    const accounts = [...this.#accounts.values()];
    const isAny = (): boolean => accounts.some((account) => account.isDisturbed);
    if (isAny()) return true;
    for (const { part, instance, isTouched } of accounts) if (isTouched) await this.#camera.get(part, instance);
    return isAny();
  }

  /**
   * The parameters that are the condition of others, as they are now, wherever this suite has set something. Setting them again after
   * everything was put back makes the same parameters apply.
   */
  conditions(): readonly { readonly part: Settings; readonly instance: Instance; readonly members: Members }[] {
    return [...this.#accounts.values()].flatMap(({ part, instance, rows, shown, isTouched }) => {
      if (!isTouched || shown === null) return [];
      const names = new Set(rows.flatMap(({ when }) => (when === undefined ? [] : Object.keys(wholeCondition(when, rows)))));
      const governors = rows.filter((row) => names.has(row.name) && spellingIn(row, shown) !== undefined);
      return governors.length === 0 ? [] : [{ part, instance, members: Object.fromEntries(governors.map((row) => [row.name, valueIn(row, shown)])) }];
    });
  }

  /** What this suite's sets did not name and that changed all the same; the last change of each. */
  takeUnexplained(): readonly Unexplained[] {
    return taken(this.#unexplained);
  }

  /** What accepted sets named, and what was read as something else that it was not before, since this was asked last. */
  takeOtherwise(): readonly Unexplained[] {
    return taken(this.#otherwise);
  }

  /** Reads once more what one reading alone showed otherwise than this run's sets say. */
  async readAgain(): Promise<void> {
    const open = [...this.#unexplained.values(), ...this.#otherwise.values()].filter(({ isSeenTwice }) => !isSeenTwice);
    const once = new Map(open.map(({ get, select, part, instance }) => [`${get} ${JSON.stringify(select)}`, { part, instance }] as const));
    for (const { part, instance } of once.values()) await this.#camera.get(part, instance);
  }

  /** Another suite begins. Returns what changed in this one although no set had named it. */
  settle(): readonly ForeignChange[] {
    const unnamed = this.#unnamed;
    this.#unnamed = [];
    this.#sets = [];
    this.#sentBefore = this.#sent;
    for (const account of this.#accounts.values()) {
      account.isDisturbed = false;
      account.isTouched = false;
    }
    return unnamed;
  }

  /**
   * Reads what was disturbed up to `readings` times without setting anything, and returns what changed meanwhile, if anything. `rest`
   * waits between the readings.
   */
  async watch(readings: number, rest: () => Promise<unknown>): Promise<ForeignChange | null> {
    const disturbed = [...this.#accounts.values()].filter((account) => account.isDisturbed);
    const counts = new Map<Row, number>();
    for (let reading = 0; reading < readings; reading += 1) {
      if (reading > 0) await rest();
      for (const account of disturbed) {
        const before = reading > 0 ? account.shown : null;
        await this.#camera.get(account.part, account.instance);
        for (const [row, change] of changesOf(account, before)) {
          const count = (counts.get(row) ?? 0) + 1;
          counts.set(row, count);
          if (count >= (wasNamedLately(account, row) ? CHANGES_OF_NAMED : 1)) return change;
        }
      }
    }
    return null;
  }

  #before(action: string, json: Members): undefined {
    if (this.#byGet.has(action)) return;
    this.#sent += 1;
    const part = this.#bySet.get(action);
    this.#sets.push(part === undefined ? null : { action, json });
    if (part === undefined) {
      for (const account of this.#accounts.values()) Object.assign(account, { isWideOpen: true, isCommanded: true });
      return;
    }
    for (const account of this.#accountsOf(part.get, json)) {
      account.isTouched = true;
      account.isWideOpen ||= Object.keys(json).some((name) => !isKnown(account, name));
      for (const row of rowsIn(account, json)) {
        account.open.add(row);
        account.namedAt.set(row, performance.now());
      }
    }
  }

  #after(action: string, json: Members, outcome: Outcome): void {
    const part = this.#bySet.get(action);
    if (part !== undefined) {
      for (const account of this.#accountsOf(part.get, json)) {
        for (const row of rowsIn(account, json)) {
          account.open.delete(row);
          if (outcome.kind === 'done') account.named.set(row, valueIn(row, json));
        }
      }
    }
    if (outcome.kind !== 'done' || !this.#byGet.has(action)) return;
    for (const account of this.#accountsOf(action, json)) {
      if (Object.entries(account.instance.select).every(([name, value]) => json[name] === value)) this.#read(account, outcome.reply);
    }
  }

  #read(account: Account, reply: Members): void {
    const before = account.shown;
    const { named, open, isWideOpen, isCommanded, shownAfter } = account;
    account.shown = reply;
    account.named = new Map();
    account.open = new Set();
    account.isWideOpen = false;
    account.isCommanded = false;
    const isQuiet = shownAfter === this.#sent;
    account.shownAfter = this.#sent;
    if (before === null) return;
    const isUnexplained = (row: Row): boolean => {
      const wanted = named.has(row) ? named.get(row) : valueIn(row, before);
      return !open.has(row) && !isSameValue(wanted, valueIn(row, reply));
    };
    account.isDisturbed ||= account.rows.some(isUnexplained);
    const { odd } = account;
    account.odd = new Set(account.rows.filter(isUnexplained));
    this.#confirm(account, (row) => named.has(row) || open.has(row));
    for (const [row, found] of changesOf(account, before)) {
      const change = { ...found, isFromSure: !odd.has(row) };
      const key = keyOf(change);
      if (isQuiet && !wasNamedLately(account, row)) {
        this.#unexplained.delete(key);
        this.#onForeign(change);
        continue;
      }
      if (!isCommanded && !open.has(row)) {
        const sets = this.#sets.slice(Math.max(0, shownAfter - this.#sentBefore)).filter((each) => each !== null);
        const unexplained = { ...change, part: account.part, instance: account.instance, sets, isSeenTwice: false };
        if (!named.has(row)) this.#unexplained.set(key, unexplained);
        else if (!isSameValue(named.get(row), change.change.to)) this.#otherwise.set(key, unexplained);
      }
      if (!isWideOpen && !named.has(row) && !open.has(row) && applies(row, account, before) && applies(row, account, reply))
        this.#unnamed.push(change);
    }
  }

  /** What was named since says nothing of what was there before. */
  #confirm({ part, instance, shown }: Account, isNamed: (row: Row) => boolean): void {
    for (const doubts of [this.#unexplained, this.#otherwise]) {
      for (const [key, doubt] of doubts) {
        if (doubt.part.get !== part.get || doubt.instance !== instance || isNamed(doubt.row)) continue;
        if (isSameValue(doubt.change.to, valueIn(doubt.row, shown ?? {}))) doubt.isSeenTwice = true;
        else if (!doubt.isSeenTwice) doubts.delete(key);
      }
    }
  }

  /** The accounts that a request is about: all instances of a set that names none. */
  #accountsOf(get: string, json: Members): readonly Account[] {
    const parts = this.#byGet.get(get) ?? [];
    const [part] = parts;
    if (part === undefined) return [];
    const instances = parts.flatMap((each) => each.instances ?? []);
    const fitting = instances.filter(({ select }) => Object.entries(select).every(([name, value]) => !(name in json) || json[name] === value));
    return (instances.length === 0 ? [WHOLE] : fitting).map((instance) => {
      const key = `${get} ${JSON.stringify(instance.select)}`;
      const known = this.#accounts.get(key);
      if (known !== undefined) return known;
      const account: Account = {
        part,
        instance,
        rows: parts
          .flatMap(({ rows }) => rows)
          .filter((row) => isSettable(row) && isReturned(row) && !row.volatile && !(row.name in instance.select)),
        shown: null,
        shownAfter: -1,
        named: new Map(),
        open: new Set(),
        isWideOpen: false,
        isCommanded: false,
        odd: new Set(),
        namedAt: new Map(),
        isDisturbed: false,
        isTouched: false,
      };
      this.#accounts.set(key, account);
      return account;
    });
  }
}

function taken(doubts: Map<string, Doubtful>): readonly Unexplained[] {
  const all = [...doubts.values()].filter(({ isSeenTwice }) => isSeenTwice);
  doubts.clear();
  return all;
}

const keyOf = ({ get, select, row }: ForeignChange): string => `${get} ${JSON.stringify(select)} ${row.name}`;

const rowsIn = ({ rows }: Account, json: Members): readonly Row[] => rows.filter((row) => spellingIn(row, json) !== undefined);

const isKnown = ({ rows, instance }: Account, name: string): boolean =>
  name in instance.select || rows.some((row) => row.name === name || row.alias === name);

/** A parameter whose condition does not hold may show anything. */
const applies = ({ when }: Row, { rows }: Account, reply: Members): boolean =>
  when === undefined || Object.entries(wholeCondition(when, rows)).every(([name, value]) => reply[name] === value);

const wasNamedLately = ({ namedAt }: Account, row: Row): boolean =>
  performance.now() - (namedAt.get(row) ?? Number.NEGATIVE_INFINITY) < SLOW_TO_APPLY_MS;

/** What a part shows otherwise than in an earlier reply. */
function changesOf({ part, instance, rows, shown }: Account, before: Members | null): readonly (readonly [Row, ForeignChange])[] {
  if (before === null || shown === null) return [];
  return rows
    .filter((row) => spellingIn(row, before) !== undefined && !isSameValue(valueIn(row, before), valueIn(row, shown)))
    .map((row) => {
      const [from, to] = [valueIn(row, before), valueIn(row, shown)];
      const told = { parameter: row.name, from: quote(row, from), to: quote(row, to) };
      return [row, { get: part.get, select: instance.select, row, isFromSure: true, change: { from, to }, ...told }];
    });
}

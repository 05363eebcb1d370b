/**
 * The experiments on one action pair of one camera: each is made at most once, when the first check asks for it, and its
 * evidence serves every check that is about it. No parameter is mentioned by name.
 */
import { type Camera, instancesOf } from '../../camera/camera.ts';
import { necessaryMembers } from '../../camera/necessary.ts';
import { describe, isNotOffered, isOddCode, isRefusal, type Outcome } from '../../camera/outcome.ts';
import { limitedBy, mayChange } from '../../document/dependencies.ts';
import type { Condition, Instance, Row, Settings } from '../../document/notation.ts';
import { isMembers, isSameValue, isSettable, type Members, showsValue, spellingIn, valueIn } from '../../document/row-value.ts';
import { SERVICES } from '../../document/services.ts';
import { type Subject, shownValue, shownValues, subjectsOf, withValue } from '../../document/subject.ts';
import { noteExchange, offTheRecord } from '../../evidence/tape.ts';
import { HeldBack } from '../../gate/objection.ts';
import { NoReply } from '../../http/client.ts';
import { askAgain } from '../../restore/ask-again.ts';
import type { Keeper } from '../../restore/keeper.ts';
import { NoWayBack } from '../../restore/no-way-back.ts';
import { appliesIn, wholeCondition } from '../../restore/original.ts';
import { fail, NonConformance, Skipped } from '../../results/finding.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { Experiments } from '../experiments.ts';
import { demandNothingAgainst, skippedFor } from '../held-back.ts';
import { allFindings, type Profile, quote, typeFindings } from '../values/row-judgement.ts';
import { differentValues, members as enumerated } from '../values/row-values.ts';
import { type Attempted, goodTrip, otherElementChanges, type Trip, tripName } from './round-trip.ts';

/** One set that several subjects share, and the reply of the get after it. */
export interface Batch {
  readonly outcome: Outcome;
  readonly reply: Members;
  readonly members: Members;
  readonly exchange: Exchange;
}

/** Values for several subjects at once. */
export type OfSubjects = readonly (readonly [Subject, unknown])[];

export interface LabParts extends Pick<SettingsLab, 'camera' | 'part' | 'instance' | 'profile' | 'peers'> {
  readonly keeper: Keeper;
}

/** A change that takes longer until it shows is not waited for alone. */
const SLOW_MS = 500;
/** Of a train: far enough apart that a reading falls between any two. */
const BETWEEN_SETS_MS = 300;
const BETWEEN_LOOKS_MS = 60;
const LONGER = 1.25;

export class SettingsLab {
  readonly camera: Camera;
  readonly part: Settings;
  readonly instance: Instance;
  readonly profile: Profile;
  /** rows of every section that shares this action pair: what a set must leave alone */
  readonly peers: readonly Row[];
  readonly experiments = new Experiments();
  readonly #keeper: Keeper;
  #current: Members = {};
  #read: Outcome | null = null;
  #isStale = false;
  #between: (() => Promise<unknown>)[] = [];
  /** pairs of readings that nothing was sent between which may change something, and whether one of them differed */
  #quiet = { pairs: 0, differed: false };
  #readAfter = -1;

  constructor({ camera, part, instance, peers, profile, keeper }: LabParts) {
    this.camera = camera;
    this.#keeper = keeper;
    this.part = part;
    this.instance = instance;
    this.peers = peers;
    this.profile = profile;
  }

  /** The last reply of the get. */
  get current(): Members {
    return this.#current;
  }

  /** Makes an experiment once; see `Experiments`. */
  once<T>(name: string, experiment: () => Promise<T>): Promise<T> {
    return this.experiments.once(name, experiment);
  }

  /** The settings may be others than those that were read last. */
  forgetReading(): void {
    this.#isStale = true;
  }

  /** The first reply of the get: whether the action is offered at all, and what it shows. */
  firstOutcome(): Promise<Outcome> {
    return this.once('first', () => this.camera.get(this.part, this.instance));
  }

  /** The first reply of the get; throws `Skipped` when there was none, which the check of the reply tells. */
  async answered(): Promise<Outcome> {
    try {
      return await this.firstOutcome();
    } catch (error) {
      if (error instanceof NoReply) throw new Skipped('blocked', `${this.part.get} is not answered`);
      throw error;
    }
  }

  /** The first reply of the get; throws `Skipped` when this camera does not offer the action. */
  async opening(): Promise<Members> {
    const outcome = await this.#opened();
    if (outcome.kind === 'done' && !this.isMissing(outcome)) {
      if (this.#read === null) this.#keep(outcome);
      else if (this.#isStale) await this.read();
      return outcome.reply;
    }
    const answer = `${this.part.get} is answered with ${describe(outcome)}${outcome.kind === 'done' ? ' and zeros alone' : ''}`;
    if (this.isMissing(outcome)) throw new Skipped('not-offered', answer);
    throw new Skipped('blocked', answer);
  }

  /** Whether it is not the first of several, which a model may do without: it is refused, or a camera that has room for it shows zeros. */
  get #isFurther(): boolean {
    return this.instance !== instancesOf(this.part)[0];
  }

  /** Whether this camera says of an outcome of the get that it has no such action, or no such instance. */
  isMissing(outcome: Outcome): boolean {
    if (outcome.kind === 'done') return this.#isEmptyInstance(outcome);
    return isNotOffered(outcome) || isOddCode(outcome) || (this.#isFurther && outcome.kind === 'code');
  }

  #isEmptyInstance({ reply }: Outcome & { kind: 'done' }): boolean {
    if (!this.#isFurther) return false;
    const shown = this.part.rows.filter((row) => !(row.name in this.instance.select) && spellingIn(row, reply) !== undefined);
    return shown.length > 0 && shown.every((row) => isNothing(valueIn(row, reply)));
  }

  /** The first reply of the get, or what it says when it is asked again: it may have been out of order for a moment. */
  #opened(): Promise<Outcome> {
    return this.once('opened', async () => {
      const first = await this.answered().catch((error: unknown) => {
        if (error instanceof Skipped) return null;
        throw error;
      });
      if (first?.kind === 'done') return first;
      // Silence costs the limit of a request each time: it is listened to once more, and no oftener.
      const asked = await askAgain(this.camera, this.part, this.instance, first !== null);
      if ('kind' in asked) return asked;
      throw new Skipped('blocked', `${this.part.get} is not answered`);
    });
  }

  /** Reads the settings now. */
  async read(): Promise<Members> {
    const outcome = await this.camera.get(this.part, this.instance);
    if (outcome.kind !== 'done') {
      fail(`${this.part.get} answers with code 0 and its parameters, as it did before`, describe(outcome), outcome.answer.exchange);
    }
    this.#keep(outcome);
    return this.#current;
  }

  /** The last reading, where nothing was sent since that may change something; else a new one. */
  async fresh(): Promise<Members> {
    return this.#read !== null && !this.#isStale && this.#readAfter === this.camera.changing ? this.#current : this.read();
  }

  get readExchange(): Exchange {
    if (this.#read === null) throw new Error('Could not show a reading: nothing was read yet.');
    return this.#read.answer.exchange;
  }

  /** Readings that nothing was sent between: how many there were, and whether they differed. */
  get quiet(): { readonly pairs: number; readonly differed: boolean } {
    return this.#quiet;
  }

  #keep(outcome: Outcome & { kind: 'done' }): void {
    if (this.#readAfter === this.camera.changing && this.#read !== null && this.#read !== outcome) {
      const differed = this.part.rows.some((row) => !row.volatile && !isSameValue(valueIn(row, this.#current), valueIn(row, outcome.reply)));
      this.#quiet = { pairs: this.#quiet.pairs + 1, differed: this.#quiet.differed || differed };
    }
    this.#read = outcome;
    this.#current = outcome.reply;
    this.#isStale = false;
    this.#readAfter = this.camera.changing;
  }

  /** Throws `Skipped` unless the camera's get shows this subject. */
  async offered(subject: Subject): Promise<Members> {
    const reply = await this.opening();
    if (shownValues(subject, reply).length === 0) throw new Skipped('not-offered', `${this.part.get} does not return ${subject.name}`);
    return reply;
  }

  /** The same, where it may be given another value than it has. */
  async settableHere(subject: Subject): Promise<Members> {
    const reply = await this.offered(subject);
    demandNothingAgainst(this.camera.gate.against(this.part, subject.top));
    return reply;
  }

  /** Throws `Skipped` where something is offered here, and nothing of it may be given another value. */
  demandAnyFree(except?: Row): void {
    const offered = this.part.rows.filter((row) => row !== except && isSettable(row) && !row.held && spellingIn(row, this.#current) !== undefined);
    const against = offered.map((row) => this.camera.gate.against(this.part, row));
    if (against.every(({ length }) => length > 0)) demandNothingAgainst(against.flat());
  }

  /** The members that every set of this part has to carry: the necessary ones, as they are. */
  necessary(except?: Row): Members {
    return necessaryMembers(this.part, this.#current, this.instance.select, except);
  }

  /** Sets everything to what it is, but for what the document rules out: the well-formed request that changes nothing. */
  asItIs(): Promise<Batch> {
    return this.once('as it is', async () => {
      await this.opening();
      const found = await orSkipped(this.#keeper.asFound(this.part, this.instance));
      if (found === null) throw new Skipped('not-offered', `${this.part.get} does not say what is set`);
      const { outcome, members, after } = found;
      if (after.kind !== 'done')
        fail(`${this.part.get} answers with code 0 and its parameters, as it did before`, describe(after), after.answer.exchange);
      this.#keep(after);
      return { outcome, reply: after.reply, members, exchange: outcome.answer.exchange };
    });
  }

  /** Throws `Skipped` when the set has no answer that the document knows: every other set would tell the same again. */
  async settable(): Promise<void> {
    const { set } = this.part;
    const outcome = await this.asItIs().then(
      (batch) => batch.outcome,
      (error) => {
        if (error instanceof NoReply || error instanceof NonConformance) throw new Skipped('blocked', `${set} is not answered as it should be`);
        throw error;
      },
    );
    if (isNotOffered(outcome)) throw new Skipped('not-offered', `${set} is answered with ${describe(outcome)}`);
    // Refused for what it names, it may still take a part of that; refused for who asks, or with a code that says nothing, it tells the same again.
    const isAnswer = outcome.kind === 'done' || (isRefusal(outcome) && outcome.kind !== 'error-user' && !isOddCode(outcome));
    if (!isAnswer) throw new Skipped('blocked', `${set} is answered with ${describe(outcome)}`);
  }

  /** Has this done between the sets that are made anyway, one before each: what comes of it is asked for later. */
  doBetween(todo: readonly (() => Promise<unknown>)[]): void {
    this.#between = [...todo];
  }

  async #doOneBetween(): Promise<void> {
    const next = this.#between.shift();
    if (next === undefined) return;
    // Whatever it meets with is told when it is asked for.
    await offTheRecord(() => next().catch(() => undefined));
  }

  /** Whether the set takes a parameter as it was found, where that may be tried. */
  async takesAsFound(row: Row): Promise<boolean> {
    const hazards = [...(this.part.hazards ?? []), ...(row.hazard === undefined ? [] : [row.hazard])];
    if (this.part.set === undefined || !isSettable(row) || !this.camera.allows(hazards)) return false;
    try {
      await this.settable();
      return (await this.#keeper.wayOf(this.part, this.instance, row)).kind === 'open';
    } catch (error) {
      if (error instanceof Skipped || error instanceof NonConformance || error instanceof NoReply || error instanceof NoWayBack) return false;
      throw error;
    }
  }

  /** Sends a set of `members` with what is necessary beside them. */
  async write(members: Members): Promise<Outcome> {
    await this.#doOneBetween();
    // Another experiment may have made the reading that this one starts from.
    if (this.#read !== null) noteExchange(this.#read.answer.exchange, null);
    return orSkipped(this.camera.set(this.part, this.instance, { ...this.necessary(), ...members }));
  }

  /** A set, and what the get shows when it has settled: what was sent, or what is there when it had its time. */
  async attempt(members: Members): Promise<Batch> {
    const outcome = await this.write(members);
    const reply = await this.readBehind(outcome, members);
    return { outcome, reply, members, exchange: outcome.answer.exchange };
  }

  /** Whether changes are known to take so long until they show that several are better made in a train. */
  get isSlow(): boolean {
    return (this.camera.settling.slowestOf(this.part.get) ?? 0) > SLOW_MS;
  }

  /**
   * Sets one behind the other without waiting for each to show: a camera that takes its time shows them in their order, that much later.
   * What the get showed of each; null from the first on that was not seen, which has to be made alone.
   */
  async train(sets: readonly Members[]): Promise<readonly (Batch | null)[]> {
    const made: { readonly members: Members; readonly outcome: Outcome }[] = [];
    const shown: Batch[] = [];
    const look = async (): Promise<void> => {
      const reply = await this.read();
      const next = made[shown.length];
      if (next?.outcome.kind === 'done' && this.#isStored(next.members, reply))
        shown.push({ ...next, reply, exchange: next.outcome.answer.exchange });
    };
    const lookUntil = async (end: number, isDone: () => boolean): Promise<void> => {
      while (performance.now() < end && !isDone()) {
        await look();
        await this.camera.pause(BETWEEN_LOOKS_MS);
      }
    };
    for (const members of sets) {
      made.push({ members, outcome: await this.write(members) });
      await lookUntil(performance.now() + BETWEEN_SETS_MS, () => false);
    }
    const patienceMs = LONGER * (this.camera.settling.slowestOf(this.part.get) ?? 0);
    await lookUntil(performance.now() + patienceMs, () => shown.length === sets.length);
    return sets.map((_, index) => shown[index] ?? null);
  }

  /** The reading behind a set: of one that was taken, when it shows. What was refused is read at once. */
  readBehind(outcome: Outcome, members: Members): Promise<Members> {
    if (outcome.kind !== 'done') return this.read();
    return this.camera.settling.until(
      this.part.get,
      sentAt(outcome),
      () => this.read(),
      (reply) => this.#isStored(members, reply),
    );
  }

  /** Whether a reply shows what a set named, as far as it shows that at all, and as far as it applies. */
  #isStored(members: Members, reply: Members): boolean {
    return this.part.rows.every((row) => {
      const spelling = isSettable(row) && !row.volatile ? spellingIn(row, members) : undefined;
      if (spelling === undefined || spellingIn(row, reply) === undefined || !appliesIn(row, this.part.rows, reply)) return true;
      return showsValue(row, valueIn(row, reply), members[spelling]);
    });
  }

  /** Reads when what was sent before has had the time that this camera is known to take: nothing is expected to show. */
  async readSettled(outcome: Outcome): Promise<Members> {
    if (outcome.kind === 'done') await this.camera.settling.rest(this.part.get, sentAt(outcome));
    return this.read();
  }

  /** The members of a set that gives a subject a value: the whole list where it is part of one. */
  membersFor(subject: Subject, value: unknown): Members {
    const { top } = subject;
    return { [spellingIn(top, this.#current) ?? top.name]: withValue(subject, this.#current, value) };
  }

  /** The members of one set that gives several subjects a value; lists are put together. */
  membersForAll(values: OfSubjects): Members {
    const named: Record<string, unknown> = {};
    for (const [subject, value] of values) {
      const spelling = spellingIn(subject.top, this.#current) ?? subject.top.name;
      named[spelling] = withValue(subject, { ...this.#current, ...named }, value);
    }
    return named;
  }

  /** Brings the camera into the state under which a row applies; throws `Skipped` when that cannot be done. */
  async holdCondition(when: Condition | undefined): Promise<void> {
    if (when === undefined) return;
    const condition = wholeCondition(when, this.part.rows);
    const open = Object.entries(condition).filter(([name, value]) => this.#current[name] !== value);
    if (open.length === 0) return;
    for (const [name] of open) {
      if (!(name in this.#current))
        throw new Skipped('not-testable', `it applies only when ${words(condition)}, and ${this.part.get} does not return ${name}`);
    }
    await this.attempt(Object.fromEntries(open));
    const left = open.filter(([name, value]) => this.#current[name] !== value);
    if (left.length > 0) throw new Skipped('blocked', `it applies only when ${words(condition)}, and the camera could not be brought there`);
  }

  /** Brings the camera into the state in which a subject may be set: its condition holds, and no credentials of the owner's are beside an address. */
  async prepare({ top }: Subject): Promise<void> {
    await this.holdCondition(top.when);
    for (const row of this.#credentialsBeside(top)) {
      const [subject] = subjectsOf(row);
      const trip = subject === undefined ? null : await this.goodRoundTrip(subject);
      if (subject === undefined || trip === null || isSameValue(valueIn(row, this.#current), trip.value)) continue;
      await this.attempt(this.membersFor(subject, trip.value));
    }
  }

  /** What the camera logs in with where an address says, as far as it can be set to something else. */
  #credentialsBeside({ name }: Row): readonly Row[] {
    const beside = SERVICES.filter(({ set, addresses }) => set === this.part.set && addresses.includes(name)).flatMap(
      ({ credentials }) => credentials,
    );
    return this.part.rows.filter((row) => beside.includes(row.name) && isSettable(row) && !isNothing(valueIn(row, this.#current) ?? ''));
  }

  /** What of one set may be sent; the rest is left out of it. */
  admissible(values: OfSubjects, companions: Members = {}): OfSubjects {
    const { gate } = this.camera;
    const members = { ...this.instance.select, ...this.necessary(), ...this.membersForAll(values), ...companions };
    const refused = new Set(gate.refused(gate.objections(this.part.set ?? '', members)).flatMap(({ parameters }) => parameters));
    if (refused.size === 0) return values;
    const left = values.filter(([{ top }]) => !refused.has(top.name));
    return left.length === values.length ? [] : this.admissible(left, companions);
  }

  /** Whether a row applies as the camera is set now. */
  applies(row: Row): boolean {
    return appliesIn(row, this.part.rows, this.#current);
  }

  /** The rows whose value is the condition of others. */
  isGovernor(row: Row): boolean {
    return this.part.rows.some((other) => other.when !== undefined && row.name in wholeCondition(other.when, this.part.rows));
  }

  /** Sets another value, and reads it back twice. Values that the document does not promise may be refused for the next one. */
  roundTrip(subject: Subject): Promise<Trip> {
    return this.once(tripName(subject), async () => {
      if (subject.top.held) await this.offered(subject);
      else await this.settableHere(subject);
      await this.settable();
      await this.prepare(subject);
      if (subject.kind === 'element' && allFindings(subject.top, valueIn(subject.top, this.#current), this.profile).length > 0) {
        throw new Skipped('blocked', `${subject.top.name} holds values that the document rules out, and is only set as a whole`);
      }
      const tried = await this.#triedAsFound(subject);
      if (tried !== null) return tried;
      await this.unlikeTheFirst<Trip>(tripName(subject), ({ before, first, members }) => ({ before, after: first, named: members }));
      const candidates = this.candidates(subject);
      if (candidates.length === 0) throw new Skipped('not-testable', 'the document and this camera allow only the value that is set');
      const tries: Attempted[] = [];
      let inVain: Trip | null = null;
      for (const [index, { value, companions, certain }] of candidates.entries()) {
        const before = this.#current;
        const members = { ...this.membersFor(subject, value), ...companions };
        const outcome = await this.write(members);
        const first = await this.readBehind(outcome, members);
        const found = shownValue(subject, first);
        const isTaken = outcome.kind === 'done';
        tries.push({ value, outcome, before: shownValue(subject, before), found: isTaken ? found : undefined });
        const trip = { members, value, outcome, before, first, readExchange: this.readExchange, tries };
        if (certain || (isTaken && isSameValue(found, value))) return { ...trip, second: await this.read() };
        // What was taken, and became something else, says more than a refusal.
        if (inVain === null || (isTaken && inVain.outcome.kind !== 'done')) inVain = { ...trip, second: await this.read() };
        if (index === candidates.length - 1) return inVain;
      }
      throw new Error(`Could not find a value to try for ${subject.name}.`);
    });
  }

  /**
   * In a repetition everything is as it was found, and what empties a neighbour, or puts it back, does not show at one that is so already: what
   * changed the first time beside what was named is given the value again that it had before.
   *
   * @param told what the first experiment of that name named, and what was shown before it and behind it
   */
  async unlikeTheFirst<T>(experiment: string, told: (first: T) => Readonly<Record<'before' | 'after' | 'named', Members>>): Promise<void> {
    const first = (await this.experiments.earlier<T>(experiment)?.catch(() => null)) ?? null;
    if (first === null) return;
    const { before, after, named } = told(first);
    const then = this.#besideNamed(before, after, named).filter(
      (row) =>
        isSettable(row) &&
        !row.held &&
        this.camera.gate.against(this.part, row).length === 0 &&
        !isSameValue(valueIn(row, this.#current), valueIn(row, before)),
    );
    if (then.length === 0) return;
    await this.attempt(Object.fromEntries(then.map((row) => [spellingIn(row, this.#current) ?? row.name, valueIn(row, before)])));
  }

  /**
   * The trip to the value that was found, where the camera did not take that: no other one is tried then, since it could not be put back.
   * Null where the way is open. Throws `Skipped` where the document does not promise that this value is taken.
   */
  async #triedAsFound(subject: Subject): Promise<Trip | null> {
    const way = await orSkipped(this.#keeper.wayOf(this.part, this.instance, subject.top));
    if (way.kind === 'open') return null;
    const { trial } = way;
    const isPromised = allFindings(subject.top, valueIn(subject.top, this.#current), this.profile).length === 0;
    if (trial === undefined || trial.after.kind !== 'done' || !isPromised) throw new Skipped('blocked', way.reason);
    const { members, outcome, after, before } = trial;
    const second = await this.read();
    const value = shownValue(subject, before);
    const found = outcome.kind === 'done' ? shownValue(subject, after.reply) : undefined;
    const tries = [{ value, outcome, before: value, found }];
    return { members, value, outcome, before, first: after.reply, second, readExchange: this.readExchange, tries, isAsFound: true };
  }

  /**
   * The round trip of a subject if it was made and came back as sent, each time. What went wrong else is told by the subject's own
   * check. Where a check is repeated, what was good the first time is not made again.
   */
  async goodRoundTrip(subject: Subject): Promise<Trip | null> {
    const earlier = this.experiments.earlier<Trip>(tripName(subject));
    return (earlier && (await goodTrip(subject, earlier))) ?? goodTrip(subject, this.roundTrip(subject));
  }

  /** Sees once how long a change takes until it shows: by it a reading is timed that no change is expected of. */
  async learnSettling(): Promise<void> {
    if (this.camera.settling.knows(this.part.get)) return;
    for (const subject of this.changeable()) {
      if (subject.kind === 'leaf' || subject.kind === 'list') continue;
      if ((await this.goodRoundTrip(subject)) !== null) return;
    }
  }

  /** Legal values for a subject other than the present one. Of an element, every member is another one. */
  candidates(subject: Subject): readonly { value: unknown; companions: Members; certain: boolean }[] {
    if (subject.kind === 'plain' || subject.kind === 'leaf') {
      const own = this.#apart(subject, differentValues(subject.row, shownValue(subject, this.#current), this.#current));
      const beside = subject.kind === 'plain' ? this.#limiting(subject.row) : [];
      if (beside.length === 0) return own;
      // One of them has to be taken, beside whatever else is set.
      return [
        ...own.map((each) => ({ ...each, certain: false })),
        ...own.flatMap((each) => beside.map((others) => ({ ...each, companions: { ...each.companions, ...others }, certain: false }))),
      ];
    }
    if (subject.kind === 'list') return [];
    const element = shownValue(subject, this.#current) as Members;
    const other = Object.fromEntries(
      subject.type.of.flatMap((leaf) => {
        const [candidate] = leaf.name in element ? differentValues(leaf, element[leaf.name], element) : [];
        return candidate === undefined ? [] : [[leaf.name, candidate.value] as const];
      }),
    );
    return Object.keys(other).length === 0 ? [] : [{ value: other, companions: {}, certain: true }];
  }

  /** Where the document promises all of them, those come first that no neighbour of the kind has: what is stored in its place as well shows. */
  #apart<T extends { readonly value: unknown; readonly certain: boolean }>(
    { top, row }: Subject & { kind: 'plain' | 'leaf' },
    own: readonly T[],
  ): readonly T[] {
    if (own.some(({ certain }) => !certain)) return own;
    const taken = this.peers.filter((other) => other !== top && other.type.kind === row.type.kind).map((other) => valueIn(other, this.#current));
    const among = (value: unknown): number => taken.filter((each) => each === value).length;
    return own.toSorted((one, other) => Math.min(1, among(one.value)) - Math.min(1, among(other.value)));
  }

  /** By nature a row may be limited by others of this get: their other values, one by one. */
  #limiting(row: Row): readonly Members[] {
    const names = limitedBy(row.name, this.part.get);
    return this.part.rows
      .filter((other) => names.includes(other.name) && isSettable(other))
      .flatMap((other) => {
        const spelling = spellingIn(other, this.#current);
        if (spelling === undefined) return [];
        return enumerated(other.type)
          .filter((value) => value !== this.#current[spelling])
          .map((value) => ({ [spelling]: value }));
      });
  }

  /** The sets that give a subject a value: alone, and beside what it is limited by. */
  waysToSet(subject: Subject, value: unknown): readonly Members[] {
    const own = this.membersFor(subject, value);
    return [own, ...(subject.kind === 'plain' ? this.#limiting(subject.row).map((others) => ({ ...own, ...others })) : [])];
  }

  /** The settable subjects that checks may change here: offered, of the right type, not held, their hazard allowed. */
  changeable(): readonly Subject[] {
    return this.part.rows
      .filter((row) => isSettable(row) && !row.held && !row.volatile && !(row.name in this.instance.select))
      .filter((row) => this.camera.gate.against(this.part, row).length === 0)
      .flatMap(subjectsOf)
      .filter((subject) => {
        const values = shownValues(subject, this.#current);
        return (
          values.length > 0 && (subject.kind === 'element' || values.every(({ path, value }) => typeFindings(subject.row, path, value).length === 0))
        );
      });
  }

  /** What the set of a trip changed beside its subject. */
  tripEffects(subject: Subject, trip: Trip): readonly string[] {
    return [...this.sideEffects(trip.before, trip.first, trip.members), ...otherElementChanges(subject, trip)];
  }

  /** What a set changed beside what it named, among the rows that apply and hold still. */
  sideEffects(before: Members, after: Members, named: Members): readonly string[] {
    return this.#besideNamed(before, after, named).map(
      (row) => `${row.name} changed from ${quote(row, valueIn(row, before))} to ${quote(row, valueIn(row, after))}`,
    );
  }

  #besideNamed(before: Members, after: Members, named: Members): readonly Row[] {
    return this.peers
      .filter((row) => !row.volatile && ![row.name, row.alias].some((name) => name !== undefined && name in named))
      .filter((row) => this.applies(row) && !isSameValue(valueIn(row, before), valueIn(row, after)))
      .filter((row) => !mayChange(row.name, this.part.get, this.part.get, Object.keys(named)));
  }
}

const isNothing = (value: unknown): boolean =>
  value === 0 || value === '' || (Array.isArray(value) && value.every((each) => isMembers(each) && Object.values(each).every(isNothing)));

/** When a request went out, on the monotonic clock: its answer has just come. */
const sentAt = ({ answer }: Outcome): number => performance.now() - answer.exchange.durationMs;

/** What may not be sent, or could not be put back, is not set: that says nothing against the camera. */
export function orSkipped<T>(sent: Promise<T>): Promise<T> {
  return sent.catch((error: unknown) => {
    if (error instanceof HeldBack) throw skippedFor(error);
    throw error instanceof NoWayBack ? new Skipped('blocked', error.message) : error;
  });
}

const words = (condition: Readonly<Record<string, number>>): string =>
  Object.entries(condition)
    .map(([name, value]) => `${name} is ${value}`)
    .join(' and ');

/** The lab of an action pair and instance on a bench. */
export const labOf = (
  bench: { lab(part: Settings, instance: Instance): SettingsLab },
  { part, instance }: { part: Settings; instance: Instance },
): SettingsLab => bench.lab(part, instance);

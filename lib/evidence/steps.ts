/**
 * The few requests that lead to a finding, chosen from all that a check and its experiments asked: how it was before, what was changed,
 * what was read back. A person repeats them by hand; the whole is in the Allure report.
 */

import type { Settings } from '../document/notation.ts';
import type { Members } from '../document/row-value.ts';
import { SNAPSHOT_PATH } from '../document/sections/03-snapshot.ts';
import { wholeCondition } from '../restore/original.ts';
import type { About, Finding } from '../results/finding.ts';
import type { CheckStep } from '../results/results.ts';
import { askedAction } from '../wire/asked-action.ts';
import type { Exchange, HttpExchange, RtspExchange } from '../wire/exchange.ts';
import { shorten } from '../wire/printable.ts';
import { membersOf, partOfSet, rowsOf, selectorsOf } from './requested.ts';
import { formatStream } from './stream-evidence.ts';
import { isReading, type Noted, type Recorded } from './tape.ts';
import type { Viewing } from './viewing.ts';

const MOST_STEPS = 6;
const MOST_CHANGES = 3;
/** Of one reply; what shows the finding is whole in the check's own exchange. */
const LONGEST_REPLY = 6000;
/** Of one session: those of a usual dialogue with two tracks, each refused once. */
const MOST_REQUESTS = 16;
/** A line that is longer is copied by nobody. */
const LONGEST_ORIGINAL = 3000;

/** A request and its reply. */
interface Sent {
  readonly kind: Exclude<CheckStep['kind'], 'session'>;
  readonly since: string;
  readonly noted: Noted;
}
/** A whole session. */
interface Played {
  readonly kind: 'session';
  readonly since: string;
  readonly viewing: Viewing;
}
/** One entry of the record. */
type Entry = Sent | Played;

export interface StepsOptions {
  /** of the check: they may say which reading shows them, and which of several instances they are about */
  readonly findings: readonly Finding[];
  /** removes what is secret from text that was not recorded as an exchange */
  readonly mask: (text: string) => string;
  /** what the get that belongs to a set showed before the run changed anything; null where that is not known */
  readonly originalOf: (get: string, request: Members) => Members | null;
}

/** @param shown the exchange of the finding; null where it names none */
export function stepsTo(shown: Exchange | null, recorded: Recorded, options: StepsOptions): CheckStep[] {
  const entries = entriesOf(recorded, shown);
  const at = entries.findIndex((entry) => isOf(entry, shown));
  const chosen = at < 0 ? entries.slice(-MOST_STEPS) : choose(entries, at, options.findings);
  return chosen.map((entry) => stepOf(entry, shown, options));
}

function entriesOf({ exchanges, streams }: Recorded, shown: Exchange | null): readonly Entry[] {
  const entries: Entry[] = [...exchanges.filter(({ exchange }) => !exchange.isLogIn).map(sent), ...streams.map(played)];
  if (shown !== null && !entries.some((entry) => isOf(entry, shown))) {
    entries.push(
      shown.kind === 'rtsp'
        ? played({ exchanges: [shown], description: null, facts: [] })
        : sent({ exchange: shown, times: 1, since: shown.startedAt }),
    );
  }
  return entries.toSorted((one, other) => (one.since < other.since ? -1 : one.since > other.since ? 1 : 0));
}

const sent = (noted: Noted): Sent => ({ kind: kindOf(noted.exchange), since: noted.since, noted });
const played = (viewing: Viewing): Played => ({ kind: 'session', since: viewing.exchanges[0]?.startedAt ?? '', viewing });

function kindOf(exchange: HttpExchange): Sent['kind'] {
  if (URL.canParse(exchange.url) && new URL(exchange.url).pathname.endsWith(SNAPSHOT_PATH)) return 'picture';
  return isReading(exchange) ? 'read' : 'change';
}

/** Equal exchanges are folded into one entry. */
function isOf(entry: Entry, shown: Exchange | null): boolean {
  if (shown === null) return false;
  if (entry.kind === 'session') {
    return (
      shown.kind === 'rtsp' &&
      entry.viewing.exchanges.some((each) => each.startedAt === shown.startedAt && each.method === shown.method && each.request === shown.request)
    );
  }
  const { exchange, since } = entry.noted;
  if (exchange === shown) return true;
  return (
    shown.kind === 'http' &&
    exchange.url === shown.url &&
    exchange.json === shown.json &&
    exchange.credentials === shown.credentials &&
    exchange.reply?.text === shown.reply?.text &&
    since <= shown.startedAt &&
    shown.startedAt <= exchange.startedAt
  );
}

/** All that is asked of one kind of look: what of the record leads to it. */
interface Scene {
  readonly shown: Entry;
  readonly before: readonly Entry[];
  readonly behind: readonly Entry[];
  /** what its findings say of where they show */
  readonly abouts: readonly About[];
}

/** One rule for each kind of look. What a rule leaves open is undefined; the look itself is always shown. */
const RULES: Readonly<Record<CheckStep['kind'], (scene: Scene) => readonly (Entry | undefined)[]>> = {
  change: leadingToChange,
  read: leadingToReading,
  picture: leadingToPicture,
  session: leadingToSession,
};

function choose(entries: readonly Entry[], at: number, findings: readonly Finding[]): readonly Entry[] {
  const shown = entries[at] as Entry;
  const abouts = findings.flatMap(({ about }) => about ?? []);
  const picked = new Set([shown, ...RULES[shown.kind]({ shown, before: entries.slice(0, at), behind: entries.slice(at + 1), abouts })]);
  const inOrder = entries.filter((entry) => picked.has(entry));
  while (inOrder.length > MOST_STEPS)
    inOrder.splice(
      inOrder.findIndex((entry) => entry !== shown),
      1,
    );
  return inOrder;
}

/** How it was, the condition under which it applies, and what shows what became of it. */
function leadingToChange({ shown, before, behind, abouts }: Scene): readonly (Entry | undefined)[] {
  const changes = [...conditionsOf(shown, before), shown];
  const [look, ...others] = looksBehind(shown, behind, abouts);
  if (look === undefined || look.kind === 'read') return [wasRead(look, changes, before), ...changes, look, ...others];
  return [...whatIsSeen(look, changes, [...before, shown, ...behind]), ...changes, look];
}

/** How it was, and what was changed since; else what it was compared with. */
function leadingToReading({ shown, before, behind, abouts }: Scene): readonly (Entry | undefined)[] {
  const changes = changesIn(before, abouts);
  const others = [...before, ...behind].filter((entry) => actionIn(entry) === actionIn(shown));
  return changes.length === 0 ? comparedWith(shown, others) : [wasRead(shown, changes, before), ...changes];
}

/** The picture before, what was set for either, and whether the camera says that it took it; else what it was compared with. */
function leadingToPicture({ shown, before, behind, abouts }: Scene): readonly (Entry | undefined)[] {
  const changes = changesIn(before, abouts);
  return changes.length === 0 ? comparedWith(shown, [...before, ...behind]) : [...whatIsSeen(shown, changes, before), ...changes];
}

/** As of a picture; where nothing was changed a session speaks for itself. */
function leadingToSession({ shown, before, abouts }: Scene): readonly (Entry | undefined)[] {
  const changes = changesIn(before, abouts);
  return changes.length === 0 ? [] : [...whatIsSeen(shown, changes, before), ...changes];
}

/** The reading before all changes: the same one, else that of what the last of them changed. */
function wasRead(look: Entry | undefined, changes: readonly Entry[], before: readonly Entry[]): Entry | undefined {
  const [first, last] = [changes[0] as Entry, changes.at(-1) as Entry];
  const earlier = before.includes(first) ? before.slice(0, before.indexOf(first)) : before;
  return (look === undefined ? undefined : earlier.findLast((entry) => isSameLook(entry, look))) ?? earlier.findLast((entry) => isAbout(entry, last));
}

/** Around changes whose effect is seen in a picture or a stream. What the look is compared with may have been set, too. */
function whatIsSeen(look: Entry, changes: readonly Entry[], record: readonly Entry[]): readonly (Entry | undefined)[] {
  const [first, last] = [changes[0] as Entry, changes.at(-1) as Entry];
  const before = record.slice(0, record.indexOf(first));
  const compared = before.findLast((entry) => isSameLook(entry, look));
  const setBefore = compared === undefined ? undefined : before.slice(0, before.indexOf(compared)).findLast((entry) => isSameTarget(entry, last));
  const until = record.includes(look) ? record.indexOf(look) : undefined;
  const took = record.slice(record.indexOf(last) + 1, until).find((entry) => isAbout(entry, last));
  return [setBefore, compared ?? before.findLast((entry) => isAbout(entry, last)), took];
}

/**
 * Behind a change, up to the next one: the reading in which it shows, by default that of what was changed, else the last look of any
 * kind. Where several changes went out in a row, the reading that is about all of them comes later.
 */
function looksBehind(shown: Entry, behind: readonly Entry[], abouts: readonly About[]): readonly Entry[] {
  const until = behind.findIndex(({ kind }) => kind === 'change');
  const near = behind.slice(0, until < 0 ? undefined : until);
  const get = partOfSet(actionIn(shown))?.get;
  const named = near.filter((entry) => entry.kind === 'read' && abouts.some((about) => about.action !== undefined && isNamed(entry, about)));
  if (named.length > 0) return named.slice(0, 2);
  const isOwn = (entry: Entry): boolean => get !== undefined && actionIn(entry) === get;
  const own = near.filter(isOwn);
  if (own.length > 0) return own.slice(0, 2);
  const later = behind.find(isOwn);
  return later === undefined ? near.slice(-1) : [later];
}

/** Whether a request is one that a finding is about, as far as that says. */
function isNamed(entry: Entry, { action, instance = {} }: About): boolean {
  const members = membersIn(entry);
  return (action === undefined || actionIn(entry) === action) && Object.entries(instance).every(([name, value]) => members[name] === value);
}

const actionIn = (entry: Entry): string | null => (entry.kind === 'session' ? null : askedAction(entry.noted.exchange));
const membersIn = (entry: Entry): Members => (entry.kind === 'session' ? null : membersOf(entry.noted.exchange.json)) ?? {};

/** The last change of each action, and of each instance of it: of those that the findings are about, where they say which. */
function changesIn(before: readonly Entry[], abouts: readonly About[]): readonly Entry[] {
  const last = new Map<string, Entry>();
  for (const entry of before) if (entry.kind === 'change') last.set(targetOf(entry), entry);
  const changes = [...last.values()];
  const instances = abouts.flatMap(({ instance = {} }) => (Object.keys(instance).length === 0 ? [] : { instance }));
  const named = changes.filter((entry) => instances.some((about) => isNamed(entry, about)));
  return changes
    .filter((entry) => named.includes(entry) || !named.some((each) => actionIn(each) === actionIn(entry)))
    .slice(-MOST_CHANGES)
    .toSorted((one, other) => before.indexOf(one) - before.indexOf(other));
}

/** Which of several instances a request is about, by the members that select it. */
const instanceOf = (entry: Entry, part: Settings | undefined): readonly (readonly [string, unknown])[] => {
  const members = membersIn(entry);
  return selectorsOf(part).flatMap((name) => (name in members ? [[name, members[name]] as const] : []));
};

/** A set of one channel is another change than that of another. */
const targetOf = (entry: Entry): string =>
  JSON.stringify([actionIn(entry) ?? (entry.kind === 'session' ? '' : entry.noted.exchange.url), instanceOf(entry, partOfSet(actionIn(entry)))]);

const isSameTarget = (entry: Entry, change: Entry): boolean => entry.kind === 'change' && targetOf(entry) === targetOf(change);

/** Whether a reading shows what a change has set. */
function isAbout(entry: Entry, change: Entry): boolean {
  const part = partOfSet(actionIn(change));
  if (entry.kind !== 'read' || part === undefined || actionIn(entry) !== part.get) return false;
  const [read, set] = [instanceOf(entry, part), instanceOf(change, part)];
  return read.length === 0 || JSON.stringify(read) === JSON.stringify(set);
}

/** The last earlier change of what has to hold so that what was set applies. */
function conditionsOf(shown: Entry, before: readonly Entry[]): readonly Entry[] {
  const part = partOfSet(actionIn(shown));
  const named = membersIn(shown);
  if (part === undefined) return [];
  const rows = rowsOf(part);
  const governors = new Set(
    rows.filter((row) => row.name in named && row.when !== undefined).flatMap((row) => Object.keys(wholeCondition(row.when ?? {}, rows))),
  );
  const found = before.findLast(
    (entry) => actionIn(entry) === part.set && Object.keys(membersIn(entry)).some((name) => governors.has(name) && !(name in named)),
  );
  return found === undefined ? [] : [found];
}

/** Nothing was changed: what it was compared with. Each request once. */
function comparedWith(shown: Entry, others: readonly Entry[]): readonly Entry[] {
  const alike = others.filter(({ kind }) => kind === shown.kind);
  return alike.filter((entry, index) => alike.findIndex((other) => isSameLook(other, entry)) === index || isSameLook(entry, shown)).slice(-2);
}

const isSameLook = (one: Entry, other: Entry): boolean =>
  one.kind === 'session' || other.kind === 'session'
    ? one.kind === other.kind
    : one.kind === other.kind &&
      one.noted.exchange.url === other.noted.exchange.url &&
      one.noted.exchange.credentials === other.noted.exchange.credentials;

function stepOf(entry: Entry, shown: Exchange | null, options: StepsOptions): CheckStep {
  const shows = isOf(entry, shown);
  if (entry.kind === 'session') {
    const { viewing } = entry;
    const exchanges = viewing.exchanges.slice(0, MOST_REQUESTS).map((each) => masked(each, options.mask));
    return { kind: 'session', times: 1, exchanges, facts: formatStream(viewing, options.mask).facts, original: null, shows };
  }
  const { kind, noted } = entry;
  const original = kind === 'change' ? originalFor(noted.exchange, options) : null;
  return { kind, times: noted.times, exchanges: [brief(noted.exchange)], facts: null, original, shows };
}

/** A session description can hold anything, and be long. */
const masked = (exchange: RtspExchange, mask: (text: string) => string): RtspExchange =>
  exchange.reply === null ? exchange : { ...exchange, reply: { ...exchange.reply, text: shorten(mask(exchange.reply.text), LONGEST_REPLY) } };

/** What changes by itself, such as a clock, cannot be put back by a line that is written down. */
function originalFor(exchange: HttpExchange, { originalOf, mask }: StepsOptions): string | null {
  const part = partOfSet(askedAction(exchange));
  const named = membersOf(exchange.json);
  if (part === undefined || named === null) return null;
  const original = originalOf(part.get, named);
  if (original === null) return null;
  const rows = rowsOf(part);
  const selected = new Set(selectorsOf(part));
  const before: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(named)) {
    const row = rows.find((each) => each.name === name || each.alias === name);
    if (row?.volatile) continue;
    if (selected.has(name)) before[name] = value;
    else if (row === undefined || !(name in original) || (row.secret && original[name] !== '')) return null;
    else before[name] = original[name];
  }
  const json = JSON.stringify(before);
  return Object.keys(before).every((name) => selected.has(name)) || mask(json) !== json || json.length > LONGEST_ORIGINAL ? null : json;
}

const brief = (exchange: HttpExchange): HttpExchange =>
  exchange.reply === null || exchange.reply.text === null || exchange.reply.text.length <= LONGEST_REPLY
    ? exchange
    : { ...exchange, reply: { ...exchange.reply, text: shorten(exchange.reply.text, LONGEST_REPLY) } };

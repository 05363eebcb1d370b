/**
 * The few requests that lead to a finding, chosen from all that a check and its experiments asked: how it was before, what was changed,
 * what was read back. A person repeats them by hand; the whole is in the Allure report.
 */

import type { Settings } from '../document/notation.ts';
import type { Members } from '../document/row-value.ts';
import { SNAPSHOT_PATH } from '../document/sections/03-snapshot.ts';
import { wholeCondition } from '../restore/originals.ts';
import type { CheckStep } from '../results/results.ts';
import { type Exchange, isRtsp } from '../wire/exchange.ts';
import { shorten } from '../wire/printable.ts';
import { actionOf, membersOf, partOfSet, rowsOf, selectorsOf } from './requested.ts';
import { formatStream } from './stream-evidence.ts';
import { isReading, type Noted, type Recorded } from './tape.ts';
import { rtspEvidence, type Viewing } from './viewing.ts';

const MOST_STEPS = 6;
/** Of one reply; what shows the finding is whole in the check's own exchange. */
const LONGEST_REPLY = 6000;
/** Of one session: those of a usual dialogue with two tracks, each refused once. */
const MOST_REQUESTS = 16;
/** A line that is longer is copied by nobody. */
const LONGEST_ORIGINAL = 3000;

/** One entry of the record: a request and its reply, or a whole session. */
interface Entry {
  readonly kind: CheckStep['kind'];
  readonly since: string;
  readonly noted: Noted | null;
  readonly viewing: Viewing | null;
}

export interface StepsOptions {
  /** of the check: it may name a reading */
  readonly message: string;
  /** removes what is secret from text that was not recorded as an exchange */
  readonly mask: (text: string) => string;
  /** what the get that belongs to a set showed before the run changed anything; null where that is not known */
  readonly originalOf: (get: string, request: Members) => Members | null;
}

/** @param shown the exchange of the finding; null where it names none */
export function stepsTo(shown: Exchange | null, recorded: Recorded, options: StepsOptions): CheckStep[] {
  const entries = entriesOf(recorded, shown);
  const at = entries.findIndex((entry) => isOf(entry, shown));
  const chosen = at < 0 ? entries.slice(-MOST_STEPS) : choose(entries, at, options.message);
  return chosen.map((entry) => stepOf(entry, shown, options));
}

function entriesOf({ exchanges, streams }: Recorded, shown: Exchange | null): readonly Entry[] {
  const entries: Entry[] = [
    ...exchanges.map((noted) => ({ kind: kindOf(noted.exchange), since: noted.since, noted, viewing: null })),
    ...streams.map((viewing) => ({ kind: 'session' as const, since: viewing.exchanges[0]?.startedAt ?? '', noted: null, viewing })),
  ];
  if (shown !== null && !entries.some((entry) => isOf(entry, shown))) {
    const noted = { exchange: shown, times: 1, since: shown.startedAt };
    entries.push({ kind: kindOf(shown), since: shown.startedAt, noted, viewing: null });
  }
  return entries.toSorted((one, other) => (one.since < other.since ? -1 : one.since > other.since ? 1 : 0));
}

function kindOf(exchange: Exchange): CheckStep['kind'] {
  if (isRtsp(exchange)) return 'session';
  if (URL.canParse(exchange.url) && new URL(exchange.url).pathname.endsWith(SNAPSHOT_PATH)) return 'picture';
  return isReading(exchange) ? 'read' : 'change';
}

/** Equal exchanges are folded into one entry. */
function isOf({ noted, viewing }: Entry, shown: Exchange | null): boolean {
  if (shown === null) return false;
  if (viewing !== null)
    return viewing.exchanges.some((each) => each.startedAt === shown.startedAt && each.method === shown.method && each.request === shown.request);
  if (noted === null) return false;
  const { exchange } = noted;
  if (exchange === shown) return true;
  return (
    exchange.url === shown.url &&
    exchange.credentials === shown.credentials &&
    exchange.reply?.text === shown.reply?.text &&
    noted.since <= shown.startedAt &&
    shown.startedAt <= exchange.startedAt
  );
}

/** Up to the finding what was changed and how it was before; behind a change what was read next. */
function choose(entries: readonly Entry[], at: number, message: string): readonly Entry[] {
  const shown = entries[at] as Entry;
  const picked = new Set<Entry>([shown]);
  const changes = shown.kind === 'change' ? [shown, ...conditionsOf(shown, entries.slice(0, at))] : changesBefore(entries.slice(0, at), message);
  for (const change of changes) picked.add(change);
  if (changes.length === 0) {
    for (const each of besides(entries, at)) picked.add(each);
  } else {
    const order = changes.map((change) => entries.indexOf(change)).toSorted((one, other) => one - other);
    const [first, last] = [order[0] ?? at, order.at(-1) ?? at];
    const look = lookAt(entries, at, message);
    const reads = (entry: Entry): boolean => isAbout(entry, entries[last] as Entry);
    const before = entries.slice(0, first);
    const [pictured, known] = [before.findLast((entry) => isSameLook(entry, look)), before.findLast(reads)];
    // What a picture is compared with may have been set, too.
    const compared = look.kind === 'read' || pictured === undefined ? [] : before.slice(0, before.indexOf(pictured));
    const setBefore = compared.findLast((entry) => isSameTarget(entry, entries[last] as Entry));
    for (const each of [setBefore, pictured ?? known, ...readBack(entries, at, message)]) if (each !== undefined) picked.add(each);
    // What is seen in a picture or a stream: whether the camera says that it took the change.
    const took = look.kind === 'read' ? undefined : entries.slice(last + 1, entries.indexOf(look)).find(reads);
    if (took !== undefined) picked.add(took);
  }
  const inOrder = entries.filter((entry) => picked.has(entry));
  while (inOrder.length > MOST_STEPS)
    inOrder.splice(
      inOrder.findIndex((entry) => entry !== shown),
      1,
    );
  return inOrder;
}

/** What shows the outcome: the finding's own look, or the one behind its change. */
const lookAt = (entries: readonly Entry[], at: number, message: string): Entry => readBack(entries, at, message)[0] ?? (entries[at] as Entry);

/**
 * Behind a change: the reading that the message names, else that of what it changed, else the last look of any kind. Where several
 * changes went out in a row, the reading that is about all of them comes later.
 */
function readBack(entries: readonly Entry[], at: number, message: string): readonly Entry[] {
  const shown = entries[at] as Entry;
  if (shown.kind !== 'change') return [];
  const until = entries.findIndex(({ kind }, index) => index > at && kind === 'change');
  const behind = entries.slice(at + 1, until < 0 ? undefined : until);
  const get = partOfSet(actionIn(shown))?.get;
  const isOwn = (entry: Entry): boolean => get !== undefined && actionIn(entry) === get;
  const words = new Set(message.match(/\w+/g));
  const named = behind.filter((entry) => actionIn(entry) !== get && words.has(actionIn(entry) ?? ''));
  const own = behind.filter(isOwn);
  if (named.length > 0) return named.slice(0, 2);
  if (own.length > 0) return own.slice(0, 2);
  const later = entries.slice(at + 1).find(isOwn);
  return later === undefined ? behind.slice(-1) : [later];
}

const actionIn = ({ noted }: Entry): string | null => (noted === null ? null : actionOf(noted.exchange));

/** The last change of each action, and of each instance of it: of those that the message is about, where it names them. */
function changesBefore(before: readonly Entry[], message: string): readonly Entry[] {
  const last = new Map<string, Entry>();
  for (const entry of before) if (entry.kind === 'change') last.set(targetOf(entry), entry);
  const changes = [...last.values()];
  const named = changes.filter((entry) => instanceWords(entry).some((words) => message.includes(words)));
  return changes.filter((entry) => named.includes(entry) || !named.some((each) => actionIn(each) === actionIn(entry))).slice(-3);
}

/** Which of several instances a request is about, by the members that select it. */
const instanceOf = (entry: Entry, part: Settings | undefined): readonly (readonly [string, unknown])[] => {
  const members = membersOf(entry.noted?.exchange.json) ?? {};
  return selectorsOf(part).flatMap((name) => (name in members ? [[name, members[name]] as const] : []));
};

/** `channel 0` */
const instanceWords = (entry: Entry): readonly string[] => instanceOf(entry, partOfSet(actionIn(entry))).map(([name, value]) => `${name} ${value}`);

/** A set of one channel is another change than that of another. */
const targetOf = (entry: Entry): string =>
  JSON.stringify([actionIn(entry) ?? entry.noted?.exchange.url ?? '', instanceOf(entry, partOfSet(actionIn(entry)))]);

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
  const named = membersOf(shown.noted?.exchange.json) ?? {};
  if (part === undefined) return [];
  const rows = rowsOf(part);
  const governors = new Set(
    rows.filter((row) => row.name in named && row.when !== undefined).flatMap((row) => Object.keys(wholeCondition(row.when ?? {}, rows))),
  );
  const found = before.findLast(
    (entry) =>
      actionIn(entry) === part.set &&
      Object.keys(membersOf(entry.noted?.exchange.json) ?? {}).some((name) => governors.has(name) && !(name in named)),
  );
  return found === undefined ? [] : [found];
}

/** Nothing was changed: what it was compared with. Each request once, the nearest ones. */
function besides(entries: readonly Entry[], at: number): readonly Entry[] {
  const shown = entries[at] as Entry;
  const others = entries.filter((entry) => entry !== shown && entry.kind === shown.kind && entry.kind !== 'session');
  const distinct = others.filter((entry, index) => others.findIndex((other) => isSameLook(other, entry)) === index || isSameLook(entry, shown));
  return distinct.filter((entry) => shown.kind === 'picture' || actionIn(entry) === actionIn(shown)).slice(-2);
}

const isSameLook = (one: Entry, other: Entry): boolean =>
  one.kind === other.kind &&
  (one.kind === 'session' ||
    (one.noted?.exchange.url === other.noted?.exchange.url && one.noted?.exchange.credentials === other.noted?.exchange.credentials));

function stepOf(entry: Entry, shown: Exchange | null, options: StepsOptions): CheckStep {
  const { kind, noted, viewing } = entry;
  const { mask } = options;
  const exchanges = viewing === null ? [] : viewing.exchanges.slice(0, MOST_REQUESTS).map((each) => masked(rtspEvidence(each), mask));
  return {
    kind,
    times: noted?.times ?? 1,
    exchanges: noted === null ? exchanges.map(brief) : [brief(noted.exchange)],
    facts: viewing === null ? null : formatStream(viewing, mask).facts,
    original: noted === null || kind !== 'change' ? null : originalFor(noted.exchange, options),
    shows: isOf(entry, shown),
  };
}

/** A session description can hold anything. */
const masked = (exchange: Exchange, mask: (text: string) => string): Exchange =>
  exchange.reply === null || exchange.reply.text === null ? exchange : { ...exchange, reply: { ...exchange.reply, text: mask(exchange.reply.text) } };

/** What changes by itself, such as a clock, cannot be put back by a line that is written down. */
function originalFor(exchange: Exchange, { originalOf, mask }: StepsOptions): string | null {
  const part = partOfSet(actionOf(exchange));
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

const brief = (exchange: Exchange): Exchange =>
  exchange.reply === null || exchange.reply.text === null || exchange.reply.text.length <= LONGEST_REPLY
    ? exchange
    : { ...exchange, reply: { ...exchange.reply, text: shorten(exchange.reply.text, LONGEST_REPLY) } };

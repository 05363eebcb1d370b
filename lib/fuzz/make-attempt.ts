/**
 * Makes one attempt on a camera and judges what came of it by the contract: legal settings are stored and nothing else changes,
 * everything else leaves what it does not name as it is, and the camera answers afterwards.
 */
import type { Camera } from '../camera/camera.ts';
import { AccountLocked } from '../camera/log-ins.ts';
import { necessaryMembers } from '../camera/necessary.ts';
import { describe, isNotOffered, isRefusal, type Outcome } from '../camera/outcome.ts';
import { isDocumentedValue, type Profile, quote, typeFindings } from '../checks/values/row-judgement.ts';
import { rangeEnds } from '../checks/values/row-values.ts';
import { SECTIONS } from '../document/index.ts';
import type { Row } from '../document/notation.ts';
import { elementName, elementsOf, fromElements, isSameValue, type Members, spellingIn, valueIn } from '../document/row-value.ts';
import { HeldBack } from '../gate/objection.ts';
import { NoReply } from '../http/client.ts';
import { sendBytes } from '../http/raw-bytes.ts';
import { NoWayBack } from '../restore/no-way-back.ts';
import { partsSharing } from '../restore/original.ts';
import type { HttpExchange } from '../wire/exchange.ts';
import { type Attempt, type Break, isObject, type Leaf } from './attempt.ts';
import { applies, settleLegal, textOf } from './settle.ts';
import type { Target } from './targets.ts';

export interface Ground {
  readonly camera: Camera;
  readonly profile: Profile;
  readonly targets: readonly Target[];
  /** whether a combination of legal values may be refused when each alone is taken: cameras tie parameters together */
  readonly tied: boolean;
  /** how long the camera may be quiet after bytes that need no answer, in ms */
  readonly quietMs: number;
  /** how long it may be quiet where it has to answer, in ms */
  readonly answerMs: number;
  /** where raw RTSP goes; null: nowhere */
  readonly rtsp: URL | null;
}

/** What went wrong, in the words of findings. */
export interface Trouble {
  /** the same for the same defect, as far as can be told: kind, action, parameter */
  readonly key: string;
  readonly place: string;
  readonly documented: string;
  readonly received: string;
  readonly exchange: HttpExchange | null;
}

type About = Pick<Trouble, 'key' | 'place'>;

/** Null when the camera did what it should, or the attempt cannot be made on it. */
export async function makeAttempt(ground: Ground, attempt: Attempt): Promise<Trouble | null> {
  const about: About = aboutOf(ground, attempt);
  try {
    return (await judged(ground, attempt, about)) ?? (await answersAfter(ground, attempt, about));
  } catch (error) {
    // What could not be put back, or may not be sent, is not tried.
    if (error instanceof NoWayBack || error instanceof HeldBack) return null;
    if (error instanceof AccountLocked && error.isOver) return null;
    if (!(error instanceof NoReply)) throw error;
    return { ...about, documented: 'an answer to each request', received: error.message, exchange: error.exchange };
  }
}

function aboutOf({ targets }: Ground, attempt: Attempt): About {
  if (!('target' in attempt)) return { key: attempt.kind, place: attempt.kind === 'rtsp' ? '19' : '1.1' };
  const target = targetNamed(targets, attempt.target);
  return { key: `${attempt.kind} ${attempt.target}`, place: target.part.setPlace ?? '' };
}

function targetNamed(targets: readonly Target[], name: string): Target {
  const found = targets.find((target) => target.name === name);
  if (found === undefined) throw new Error(`Could not make the attempt: ${name} is not to be fuzzed; allow its hazard or leave the attempt out.`);
  return found;
}

async function judged(ground: Ground, attempt: Attempt, about: About): Promise<Trouble | null> {
  const { camera } = ground;
  // Bytes that are no request may be taken for a log-in that is wrong.
  if (attempt.kind === 'http' || attempt.kind === 'query' || attempt.kind === 'rtsp') await camera.logIns.beforeWrong();
  switch (attempt.kind) {
    case 'http':
      await camera.aboutToSendBytes();
      await sendBytes(httpOf(camera), Buffer.from(attempt.bytes, 'latin1'), { quietMs: ground.quietMs, ends: true });
      return null;
    case 'query': {
      await camera.aboutToSendBytes();
      const base = httpOf(camera);
      const head = `GET /action/cgi_action?${attempt.query} HTTP/1.1\r\nHost: ${base.host}\r\nConnection: close\r\n\r\n`;
      await sendBytes(base, Buffer.from(head, 'latin1'), { quietMs: ground.quietMs, ends: false });
      return null;
    }
    case 'rtsp':
      if (ground.rtsp !== null) await sendBytes(ground.rtsp, Buffer.from(attempt.bytes, 'latin1'), { quietMs: ground.quietMs, ends: true });
      return null;
    case 'unknown-action': {
      const outcome = await camera.call(attempt.action, attempt.json);
      return outcome.kind === 'error-json' ? null : trouble(about, 'the text "error json" to an unknown action', describe(outcome), outcome);
    }
    default:
      return judgedSet(ground, attempt, about, targetNamed(ground.targets, attempt.target));
  }
}

const httpOf = (camera: Camera): Pick<URL, 'hostname' | 'port' | 'host'> => {
  const { hostname, port, protocol, host } = camera.client.base;
  return { hostname, host, port: port || (protocol === 'https:' ? '443' : '80') };
};

const trouble = (about: About, documented: string, received: string, outcome: Outcome): Trouble => ({
  ...about,
  documented,
  received,
  exchange: outcome.answer.exchange,
});

async function judgedSet(ground: Ground, attempt: Extract<Attempt, { target: string }>, about: About, whole: Target): Promise<Trouble | null> {
  const { camera } = ground;
  const { part, instance } = whole;
  const before = await camera.get(part, instance);
  if (before.kind !== 'done') {
    const isMissing = isNotOffered(before) || before.kind === 'code';
    return isMissing ? null : trouble(about, `${part.get} answers with code 0`, describe(before), before);
  }
  await camera.aboutToChange(part, instance);
  const now = before.reply;
  // What may be given another value here, as the camera shows itself.
  const target: Target = { ...whole, rows: whole.rows.filter((row) => camera.gate.against(part, row).length === 0) };
  switch (attempt.kind) {
    case 'legal':
      return judgedLegal(ground, target, about, settleLegal(target, attempt.values, now), now);
    case 'illegal': {
      const named = settleIllegal(target, attempt.values, attempt.leaf, now);
      if (Object.keys(named).length === 0) return null;
      return judgedHostile(ground, target, about, { now, json: textOf(target, now, named), named, mustRefuse: false });
    }
    case 'odd':
    case 'unknown-names': {
      const named = attempt.kind === 'odd' ? settleIllegal(target, attempt.values, null, now) : attempt.values;
      if (Object.keys(named).length === 0) return null;
      return judgedHostile(ground, target, about, { now, json: textOf(target, now, named), named, mustRefuse: false });
    }
    case 'broken-json': {
      const members = { ...instance.select, ...necessaryMembers(part, now, instance.select), ...settleLegal(target, attempt.values, now) };
      const json = broken(JSON.stringify(members), attempt.how);
      if (isObject(json)) return null;
      return judgedHostile(ground, target, about, { now, json, named: {}, mustRefuse: true });
    }
    case 'wrong-login': {
      const { user, password } = camera.options;
      if (attempt.user === user && attempt.pwd === password) return null;
      const members = { ...instance.select, ...necessaryMembers(part, now, instance.select), ...settleLegal(target, attempt.values, now) };
      // A camera may take it all the same.
      await camera.aboutToSend(part.set ?? '', members);
      const outcome = await wrongLogin(ground, part.set ?? '', JSON.stringify(members), attempt.user, attempt.pwd);
      if (outcome !== 'refused')
        return { ...about, documented: 'the text "error user/pwd" to a wrong user or password', received: outcome, exchange: null };
      return unchanged(ground, target, about, now, {}, null);
    }
  }
}

/** Whether what is sent is refused; else what came. */
async function wrongLogin({ camera, answerMs }: Ground, action: string, json: string, user: string, pwd: string): Promise<'refused' | string> {
  await camera.admit(action, json);
  await camera.logIns.beforeWrong();
  const base = httpOf(camera);
  const query = [`user=${encoded(user)}`, `pwd=${encoded(pwd)}`, `action=${action}`, `json=${encoded(json)}`].join('&');
  const reply = await sendBytes(base, Buffer.from(`GET /action/cgi_action?${query} HTTP/1.1\r\nHost: ${base.host}\r\nConnection: close\r\n\r\n`), {
    quietMs: answerMs,
    ends: false,
  });
  const text = reply.toString('latin1');
  // Bytes that are no text of a user may be refused by the HTTP server itself.
  return text.includes('error user/pwd') || /^HTTP\/1\.\d 4\d\d/.test(text) || text === '' ? 'refused' : JSON.stringify(text.slice(-200));
}

const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

function broken(text: string, how: Break): string {
  switch (how.kind) {
    case 'cut':
      return text.slice(0, Math.min(text.length - 1, Math.floor(how.share * text.length)));
    case 'followed':
      return `${text}${how.by}`;
    case 'single-quotes':
      return text.replaceAll('"', "'");
    case 'in-a-list':
      return `[${text}]`;
    case 'replaced':
      return how.by;
  }
}

/** What is offered and applies now, by the names that the camera uses; of a leaf, the list with that member in one element. */
function settleIllegal({ part, rows }: Target, values: Readonly<Record<string, string>>, leaf: Leaf | null, now: Members): Record<string, string> {
  const named: Record<string, string> = {};
  for (const row of rows) {
    const spelling = spellingIn(row, now);
    if (spelling === undefined || !applies(row, now, part.rows)) continue;
    if (Object.hasOwn(values, row.name)) named[spelling] = values[row.name] as string;
    if (leaf?.list === row.name) {
      const list = listWith(row, valueIn(row, now), leaf);
      if (list !== null) named[spelling] = list;
    }
  }
  return named;
}

/** The list as it is, with one member of one element put as JSON text; null where the camera does not show that member. */
function listWith(row: Row, value: unknown, { index, name, json }: Leaf): string | null {
  const { type } = row;
  if (type.kind !== 'list' && type.kind !== 'week') return null;
  const elements = elementsOf(type, value);
  const element = elements?.[index];
  if (!elements || element === undefined || !Object.hasOwn(element, name)) return null;
  const MARK = '\u0001here\u0001';
  const marked = fromElements(
    type,
    elements.map((each, at) => (at === index ? { ...each, [name]: MARK } : each)),
  );
  return JSON.stringify(marked).replace(JSON.stringify(MARK), () => json);
}

interface Hostile {
  readonly now: Members;
  readonly json: string;
  /** what it names, which may be clamped or converted */
  readonly named: Readonly<Record<string, string>>;
  readonly mustRefuse: boolean;
}

async function judgedHostile(ground: Ground, target: Target, about: About, { now, json, named, mustRefuse }: Hostile): Promise<Trouble | null> {
  const outcome = await ground.camera.call(target.part.set ?? '', json);
  // A request that is longer than an HTTP server takes is refused by it.
  const isTooLong = [400, 413, 414, 431].includes(outcome.answer.status);
  if (!isTooLong && outcome.kind !== 'done' && !isRefusal(outcome))
    return trouble(about, 'a JSON object with a code, or a documented text', describe(outcome), outcome);
  if (mustRefuse && outcome.kind === 'done')
    return trouble(about, 'JSON that does not parse, or is no object, is refused', describe(outcome), outcome);
  const isRefused = outcome.kind !== 'done';
  return unchanged(ground, target, about, now, isRefused ? {} : named, outcome);
}

/** What a set that is not legal changed against the contract: what it does not name, or what it names to something undocumented. */
async function unchanged(
  { camera, profile }: Ground,
  { part, instance }: Target,
  about: About,
  before: Members,
  named: Readonly<Record<string, string>>,
  outcome: Outcome | null,
): Promise<Trouble | null> {
  const after = await camera.get(part, instance);
  if (after.kind !== 'done') return trouble(about, `${part.get} answers with code 0, as before`, describe(after), after);
  for (const row of partsSharing(SECTIONS, part.get).flatMap(({ rows }) => rows)) {
    const [was, is] = [valueIn(row, before), valueIn(row, after.reply)];
    if (row.volatile || isSameValue(was, is)) continue;
    const mayChange = [row.name, row.alias].some((name) => name !== undefined && Object.hasOwn(named, name));
    const how = mayChange ? whatIsWrong(row, is, profile) : `${row.name} stays ${quote(row, was)}`;
    if (how !== null) {
      return {
        ...about,
        key: `${about.key} ${row.name}`,
        documented: how,
        received: `${outcome === null ? '' : `${describe(outcome)}; `}${row.name} changed from ${quote(row, was)} to ${quote(row, is)}`,
        exchange: outcome?.answer.exchange ?? null,
      };
    }
  }
  return null;
}

/** What the document says of a value that it rules out; null for one that it allows. */
function whatIsWrong(row: Row, value: unknown, profile: Profile): string | null {
  const findings = typeFindings(row, row.name, value);
  if (findings[0] !== undefined) return findings[0].documented;
  if (!isDocumentedValue(row.type, value, profile)) return `${row.name} holds a documented value, or stays what it was`;
  const { type } = row;
  if (type.kind !== 'list' && type.kind !== 'week') return null;
  for (const [index, element] of (elementsOf(type, value) ?? []).entries()) {
    for (const leaf of type.of) {
      if (!Object.hasOwn(element, leaf.name)) continue;
      if (typeFindings(leaf, leaf.name, element[leaf.name]).length > 0 || !isDocumentedValue(leaf.type, element[leaf.name], profile)) {
        return `${elementName(row, index)}.${leaf.name} holds a documented value, or stays what it was`;
      }
    }
  }
  return null;
}

async function judgedLegal(ground: Ground, target: Target, about: About, members: Members, before: Members): Promise<Trouble | null> {
  if (Object.keys(members).length === 0) return null;
  const { camera, tied } = ground;
  const { part, instance, rows } = target;
  const outcome = await camera.set(part, instance, { ...necessaryMembers(part, before, instance.select), ...members });
  const namedRows = rows.filter((row) => Object.hasOwn(members, spellingIn(row, before) ?? row.name));
  if (outcome.kind !== 'done') {
    if (!isRefusal(outcome)) return trouble(about, 'code 0 to a legal set', describe(outcome), outcome);
    if (tied && namedRows.length > 1) return eachAlone(ground, target, about, members);
    const [row] = namedRows;
    if (tied && row !== undefined && !(await mustTake(ground, target, row, members))) return null;
    return trouble(
      withNames(about, namedRows),
      `code 0 to a legal set of ${namedRows.map(({ name }) => name).join(', ')}`,
      describe(outcome),
      outcome,
    );
  }
  const after = await camera.get(part, instance);
  if (after.kind !== 'done') return trouble(about, `${part.get} answers with code 0, as before`, describe(after), after);
  for (const row of namedRows) {
    const wanted = members[spellingIn(row, before) ?? row.name];
    const found = valueIn(row, after.reply);
    if (!isSameValue(wanted, found)) {
      const key = withNames(about, [row]);
      return trouble(
        key,
        `code 0, and ${part.get} then returns ${row.name} ${quote(row, wanted)}`,
        `code 0; ${row.name} then reads ${quote(row, found)}`,
        outcome,
      );
    }
  }
  return neighbours(target, about, members, before, after.reply, outcome);
}

const withNames = ({ key, place }: About, rows: readonly Row[]): About => ({ key: `${key} ${rows.length === 1 ? rows[0]?.name : ''}`.trim(), place });

/** What a legal set changed that it does not name, among what applied before and after it. */
function neighbours({ part }: Target, about: About, members: Members, before: Members, after: Members, outcome: Outcome): Trouble | null {
  const peers = partsSharing(SECTIONS, part.get).flatMap(({ rows }) => rows);
  const changed = peers.find(
    (row) =>
      !row.volatile &&
      ![row.name, row.alias].some((name) => name !== undefined && Object.hasOwn(members, name)) &&
      applies(row, before, peers) &&
      applies(row, after, peers) &&
      !isSameValue(valueIn(row, before), valueIn(row, after)),
  );
  if (changed === undefined) return null;
  const [was, is] = [valueIn(changed, before), valueIn(changed, after)];
  return trouble(
    withNames(about, [changed]),
    `a set of ${Object.keys(members).join(', ')} changes nothing else`,
    `${changed.name} changed from ${quote(changed, was)} to ${quote(changed, is)}`,
    outcome,
  );
}

/** A camera may tie parameters together: a combination that it refuses is no fault where it takes each alone. */
async function eachAlone(ground: Ground, target: Target, about: About, members: Members): Promise<Trouble | null> {
  for (const name of Object.keys(members)) {
    const now = await ground.camera.get(target.part, target.instance);
    const row = target.rows.find((each) => each.name === name || each.alias === name);
    if (now.kind !== 'done' || row === undefined || !applies(row, now.reply, target.part.rows)) continue;
    const partner = row.link?.kind === 'pair' ? { [row.link.with]: members[row.link.with] } : {};
    const found = await judgedLegal(ground, target, about, { [name]: members[name], ...partner }, now.reply);
    if (found !== null) return found;
  }
  return null;
}

/** Whether a single value that was refused has to be taken: the document says that it is legal, also with its neighbours out of the way. */
async function mustTake({ camera }: Ground, { part, instance, rows }: Target, row: Row, members: Members): Promise<boolean> {
  const isClosed = row.type.kind === 'choice' || rangeEnds(row.type) !== null || (row.type.kind === 'text' && row.type.format === 'free');
  if (!isClosed) return false;
  for (const end of [0, 1] as const) {
    const now = await camera.get(part, instance);
    if (now.kind !== 'done') return true;
    const ends = rows.flatMap((other) => {
      const range = rangeEnds(other.type);
      const isFree = other !== row && range !== null && spellingIn(other, now.reply) !== undefined && applies(other, now.reply, part.rows);
      return isFree ? [[other.name, range[end]] as const] : [];
    });
    if (ends.length === 0) return true;
    const outcome = await camera.set(part, instance, {
      ...necessaryMembers(part, now.reply, instance.select),
      ...Object.fromEntries(ends),
      ...members,
    });
    if (outcome.kind === 'done') return false;
  }
  return true;
}

/** Requests that are none may end their connection; the next one is answered as ever. */
async function answersAfter({ camera, rtsp, answerMs }: Ground, { kind }: Attempt, about: About): Promise<Trouble | null> {
  if (kind === 'rtsp') {
    if (rtsp === null) return null;
    const request = `OPTIONS ${rtsp.href.replace(/\/$/, '')}/stream_0 RTSP/1.0\r\nCSeq: 1\r\n\r\n`;
    const reply = await sendBytes(rtsp, Buffer.from(request), {
      quietMs: answerMs,
      ends: false,
      isEnough: (received) => received.includes('\r\n\r\n'),
    });
    const line = reply.toString('latin1').split(/\r?\n/)[0] ?? '';
    if (/^RTSP\/1\.0 [24]\d\d/.test(line)) return null;
    return {
      ...about,
      documented: 'OPTIONS is answered after bytes that are no RTSP',
      received: line === '' ? 'nothing' : JSON.stringify(line),
      exchange: null,
    };
  }
  if (kind !== 'http' && kind !== 'query') return null;
  const outcome = await camera.call('getSysConfig', null);
  return outcome.kind === 'done' || isNotOffered(outcome)
    ? null
    : trouble(about, 'an answer after a request that is none', describe(outcome), outcome);
}

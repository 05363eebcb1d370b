/**
 * Checks of an action as a whole: HTTP reply and envelope, the four kinds of wrong credentials, requests whose JSON does
 * not parse, is no object, or is missing. They are the same for gets, sets and commands; what differs is in `ActionUnderTest`.
 */
import { describe, isOddCode, isRefusal, type Outcome } from '../../camera/outcome.ts';
import type { Members } from '../../document/row-value.ts';
import { ENVELOPE, ENVELOPE_EXTRAS, JSON_ERROR_TEXT, NOT_SUPPORTED_CODE, USER_ERROR_TEXT } from '../../document/sections/01-generic.ts';
import { NoReply } from '../../http/client.ts';
import { type Finding, fail, finding, NonConformance, Skipped, together, verify } from '../../results/finding.ts';
import type { Level } from '../../results/level.ts';
import type { Claim } from '../../wire/credentials.ts';
import type { Exchange } from '../../wire/exchange.ts';
import type { Bench } from '../bench.ts';
import type { Check, CheckIdentity } from '../check.ts';
import { refusedAsFound, userRefusedFindings } from './expectations.ts';
import { isRightLogin, LONGER_PASSWORD, NEAR_MISSES, type NearMiss, USER_IN_OTHER_CASE } from './near-misses.ts';
import { envelopeFindings, statusFindings, syntaxFindings } from './reply-findings.ts';
import { notOffered } from './strictly.ts';

/** One action, and how to see that a refused request changed nothing. */
export interface ActionUnderTest {
  readonly action: string;
  /** a check of this action; the caller knows section and place */
  readonly identify: (property: string, title: string, level: Level, covers: readonly string[]) => CheckIdentity;
  /** members of the reply that the document's own example repeats */
  readonly repeated: readonly string[];
  /** whether an answer to the well-formed request says that this model does not have it */
  readonly isMissing: (outcome: Outcome, bench: Bench) => boolean;
  /** whether the answer to any request says so, where no well-formed one is made */
  readonly isAbsent: (outcome: Outcome) => boolean;
  /** answers the well-formed request; absent for a command, whose success belongs to its section's file */
  readonly wellFormed?: (bench: Bench) => Promise<Outcome>;
  /** a well-formed request that would change something if it were carried out */
  readonly tempting: (bench: Bench) => Promise<Members | null>;
  /** what changed since the settings were last read, behind a request that must not change anything; commands cannot tell */
  readonly changes: (bench: Bench, outcome: Outcome) => Promise<readonly string[]>;
  readonly changesAreSeen: boolean;
  /** makes an experiment that several checks are about */
  readonly once: <T>(bench: Bench, name: string, experiment: () => Promise<T>) => Promise<T>;
  /** has something done between the requests that come later anyway */
  readonly between?: (bench: Bench, todo: readonly (() => Promise<unknown>)[]) => void;
  /** throws `Skipped` when the camera does not have the action */
  readonly offered: (bench: Bench) => Promise<void>;
  /** whether the request may be sent twice: one that moves, opens or wipes something must not */
  readonly repeatable: boolean;
  /** whether the request has a `json` value that matters */
  readonly hasParameters: boolean;
}

/** A request that must be refused: for who it says that it is from, or for its JSON, made of a well-formed one that would change something. */
interface Trial {
  readonly name: string;
  readonly words: string;
  readonly credentials?: Claim;
  readonly json?: (tempting: Members | null) => string | null;
}

/** What came of it. */
interface Attempt {
  readonly outcome: Outcome;
  /** what changed although it must not have */
  readonly changes: readonly string[];
}

interface WrongLogin extends Trial {
  /** sent in its place, since fewer let it in: whoever refuses it refuses the other one */
  readonly near?: NearMiss;
}

const WRONG_LOGINS: readonly WrongLogin[] = [
  { name: 'wrong-user', words: 'a wrong user name', credentials: 'wrong-user', near: USER_IN_OTHER_CASE },
  { name: 'wrong-password', words: 'a wrong password', credentials: 'wrong-password', near: LONGER_PASSWORD },
  { name: 'no-password', words: 'no password', credentials: 'no-password' },
  { name: 'plain-password', words: 'the password in plain text', credentials: 'plain-password' },
];

const nearTrial = ({ words, make }: NearMiss): Trial => ({ name: `near: ${words}`, words, credentials: make });

/** Without a name in it nothing is in quotes. */
const isEmpty = (tempting: Members | null): boolean => Object.keys(tempting ?? {}).length === 0;
const written = (tempting: Members | null): string => JSON.stringify(tempting ?? {});
const CUT_JSON: Trial = { name: 'malformed-json', words: 'JSON that does not parse', json: (tempting) => written(tempting).slice(0, -1) };
const LOOSE_JSON: readonly Trial[] = [
  { name: 'json-with-more', words: 'JSON with something behind it', json: (tempting) => `${written(tempting)}x` },
  {
    name: 'json-in-single-quotes',
    words: 'JSON in single quotes',
    json: (tempting) => written(isEmpty(tempting) ? { a: 1 } : tempting).replaceAll('"', "'"),
  },
];

/** JSON that parses and is no object, or none at all: what is made of it the document does not say. */
const NO_OBJECTS: readonly Trial[] = [
  { name: 'json-list', words: 'JSON that is no object: []', json: () => '[]' },
  { name: 'json-text', words: 'JSON that is no object: "text"', json: () => '"text"' },
  { name: 'json-number', words: 'JSON that is no object: 5', json: () => '5' },
  { name: 'json-null', words: 'JSON that is no object: null', json: () => 'null' },
  { name: 'no-json', words: 'a request without JSON', json: () => null },
];

const nearMissesFor = ({ camera }: Bench): readonly NearMiss[] => NEAR_MISSES.filter((miss) => !isRightLogin(miss, camera.options));

const trialsOf = ({ hasParameters, repeatable }: ActionUnderTest, bench: Bench): readonly Trial[] =>
  inTurn(wrongLoginsFor(bench), [CUT_JSON, ...(repeatable ? LOOSE_JSON : []), ...(hasParameters ? NO_OBJECTS : [])]);

const wrongLoginsFor = (bench: Bench): readonly Trial[] => [
  ...WRONG_LOGINS.map((trial) => (trial.near === undefined ? trial : nearTrial(trial.near))),
  ...nearMissesFor(bench).map(nearTrial),
];

/** One of each in turn, as long as there are: behind a wrong log-in a right one is due. */
const inTurn = <T>(some: readonly T[], others: readonly T[]): readonly T[] =>
  Array.from({ length: Math.max(some.length, others.length) }).flatMap((_, at) => [...some.slice(at, at + 1), ...others.slice(at, at + 1)]);

export const actionChecks = (test: ActionUnderTest): readonly Check<Bench>[] => [
  ...replyChecks(test),
  ...credentialChecks(test),
  ...jsonChecks(test),
];

export function replyChecks(test: ActionUnderTest): readonly Check<Bench>[] {
  const { wellFormed } = test;
  if (wellFormed === undefined) return [];
  const judge =
    (findings: (outcome: Outcome, bench: Bench) => Finding[]) =>
    async (bench: Bench): Promise<void> => {
      const outcome = await wellFormed(bench);
      if (test.isMissing(outcome, bench)) throw new Skipped('not-offered', `${test.action} is answered with ${describe(outcome)}`);
      verify(findings(outcome, bench), outcome.answer.exchange);
    };
  const reply = test.identify('reply', `${test.action} answers a well-formed request with code 0`, 'must', ['reply']);
  const envelope = test.identify('envelope', `${test.action} answers with the envelope of this camera`, 'must', ['envelope']);
  const after = [reply.id];
  return [
    {
      ...reply,
      strict: ['offered'],
      run: async (bench) => {
        await answers(reply, bench, wellFormed, test.isMissing);
        if (bench.isCgi)
          test.between?.(
            bench,
            wrongLoginsFor(bench).map((trial) => () => attempted(test, bench, trial)),
          );
      },
    },
    { ...test.identify('http', `${test.action} answers with HTTP status 200`, 'must', ['reply']), after, run: judge(statusFindings) },
    {
      ...envelope,
      after,
      strict: ['envelope'],
      run: judge((outcome, bench) => envelopeFindings(outcome, bench.camera.identity, bench.profile, envelope)),
    },
    {
      ...test.identify('syntax', `${test.action} answers in valid HTTP and JSON`, 'should', ['reply']),
      after,
      ...(test.repeated.length === 0 ? {} : { strict: ['once'] as const }),
      run: async (bench) => {
        const outcome = await wellFormed(bench);
        if (test.isMissing(outcome, bench) && isOddCode(outcome)) {
          fail(
            `the text "${JSON_ERROR_TEXT}" or code ${NOT_SUPPORTED_CODE} of an action that this model does not have`,
            describe(outcome),
            outcome.answer.exchange,
          );
        }
        await judge((judged) => syntaxFindings(judged, bench.profile === 'strict' ? [] : test.repeated))(bench);
      },
    },
  ];
}

/** Code 0 to a well-formed request; an action that this model does not have is skipped, or fails in the strict profile. */
async function answers(
  about: CheckIdentity,
  bench: Bench,
  wellFormed: (bench: Bench) => Promise<Outcome>,
  isMissing: (outcome: Outcome, bench: Bench) => boolean,
): Promise<void> {
  const missing = (received: string, exchange: Exchange | null): never =>
    notOffered(bench.profile, 'offered', { ...about, documented: `${about.action} is offered`, received, exchange });
  const outcome = await wellFormed(bench).catch((error: unknown) => {
    if (error instanceof Skipped && error.reason === 'not-offered') missing(error.message, null);
    throw error;
  });
  const { exchange } = outcome.answer;
  if (isMissing(outcome, bench)) missing(`${about.action} is answered with ${describe(outcome)}`, exchange);
  if (outcome.kind !== 'done')
    verify([refusedAsFound(about.action ?? '', finding('a JSON object with code 0', describe(outcome)), outcome)], exchange);
}

export function credentialChecks(test: ActionUnderTest): readonly Check<Bench>[] {
  const single = WRONG_LOGINS.map(
    (trial): Check<Bench> => ({
      ...test.identify(trial.name, `${test.action} refuses ${trial.words}`, 'must', ['authentication']),
      ofCgi: true,
      run: async (bench) => {
        if (trial.near === undefined) return refuses(test, bench, trial, USER_ERROR_TEXT);
        try {
          await refuses(test, bench, nearTrial(trial.near), USER_ERROR_TEXT, true);
        } catch (error) {
          // Whoever lets in much is told by that, not by the little that it includes.
          if (error instanceof NonConformance) await refuses(test, bench, trial, USER_ERROR_TEXT);
          throw error;
        }
      },
    }),
  );
  const near = test.identify('near-misses', `${test.action} refuses a user and a password that are nearly right, or not there`, 'must', [
    'authentication',
  ]);
  return [
    ...single,
    {
      ...near,
      ofCgi: true,
      after: single.map(({ id }) => id),
      run: async (bench) => {
        for (const miss of nearMissesFor(bench)) await refuses(test, bench, nearTrial(miss), USER_ERROR_TEXT, true);
      },
    },
  ];
}

/** Sends a request that must be refused with a text, looks at the answer and then at the camera. */
async function refuses(test: ActionUnderTest, bench: Bench, trial: Trial, text: string, isNamed = false): Promise<void> {
  const { outcome, changes } = await attempted(test, bench, trial);
  const { exchange, status } = outcome.answer;
  const isOfUser = text === USER_ERROR_TEXT;
  const documented = `a refusal: the text "${text}" with HTTP status 200${isNamed ? ` to ${trial.words}` : ''}${test.hasParameters ? ', and nothing changed' : ''}`;
  const received = [describeUnrefused(test, outcome, isOfUser ? 'user and password' : 'request'), ...changes];
  const isRefused = outcome.kind === (isOfUser ? 'error-user' : 'error-json');
  if (test.isAbsent(outcome)) throw new Skipped('not-offered', `${test.action} is answered with ${describe(outcome)}`);
  if (changes.length === 0 && isOfUser) {
    const start = isRefused ? `HTTP status ${status} with ` : '';
    verify(userRefusedFindings(outcome, documented, `${start}${received.join('; ')}`), exchange);
  }
  if (!isRefused || changes.length > 0) verify(together(documented, received), exchange);
  verify(statusFindings(outcome), exchange);
}

/**
 * What comes of a request that must be refused. Where it can be seen whether something changed, all such requests are sent one behind the
 * other, and one reading serves them all; only where that shows a change it is looked for request by request.
 */
async function attempted(test: ActionUnderTest, bench: Bench, trial: Trial): Promise<Attempt> {
  await test.offered(bench);
  const isOne = trialsOf(test, bench).some(({ name }) => name === trial.name);
  if (!test.changesAreSeen || !isOne) return test.once(bench, `refused: ${trial.name}`, () => attemptAlone(test, bench, trial));
  const attempt = (await test.once(bench, 'refused', () => attemptAll(test, bench))).get(trial.name);
  if (attempt === undefined) throw new Error(`Could not find ${trial.name} among the requests to be refused.`);
  if ('error' in attempt) throw attempt.error;
  return attempt;
}

/** What it met with in place of an outcome, such as silence. */
interface Failed {
  readonly error: unknown;
}

type Attempts = ReadonlyMap<string, Attempt | Failed>;

async function attemptAll(test: ActionUnderTest, bench: Bench): Promise<Attempts> {
  const trials = trialsOf(test, bench).filter(({ credentials }) => bench.isCgi || credentials === undefined);
  const tempting = await test.tempting(bench);
  const attempts = new Map<string, Attempt | Failed>();
  for (const trial of trials)
    attempts.set(trial.name, await orError(async () => ({ outcome: await send(test, bench, trial, tempting), changes: [] })));
  const outcomes = [...attempts.values()].flatMap((attempt) => ('error' in attempt ? [] : [attempt.outcome]));
  const last = outcomes.findLast(({ kind }) => kind === 'done') ?? outcomes.at(-1);
  const changes = last === undefined ? [] : await test.changes(bench, last);
  if (changes.length === 0) return attempts;
  const first = new Map(attempts);
  for (const trial of trials) attempts.set(trial.name, await orError(() => attemptAlone(test, bench, trial)));
  if (![...attempts.values()].some((attempt) => 'changes' in attempt && attempt.changes.length > 0)) blameOne(attempts, first, trials, changes);
  return attempts;
}

/**
 * What puts settings to the same each time shows nothing when it is tried again from there: it is told of one that was served, or of the last
 * whose JSON was none. Was it another hand, the check passes when it is repeated.
 */
function blameOne(attempts: Map<string, Attempt | Failed>, first: Attempts, trials: readonly Trial[], changes: readonly string[]): void {
  const isServed = ({ name }: Trial): boolean => {
    const attempt = first.get(name);
    return attempt !== undefined && 'outcome' in attempt && attempt.outcome.kind === 'done';
  };
  const blamed = trials.findLast(isServed) ?? trials.findLast(({ credentials }) => credentials === undefined);
  const attempt = attempts.get(blamed?.name ?? '');
  if (blamed !== undefined && attempt !== undefined && 'outcome' in attempt) attempts.set(blamed.name, { ...attempt, changes });
}

async function attemptAlone(test: ActionUnderTest, bench: Bench, trial: Trial): Promise<Attempt> {
  const outcome = await send(test, bench, trial, await test.tempting(bench));
  return { outcome, changes: await test.changes(bench, outcome) };
}

function send({ action, repeatable }: ActionUnderTest, { camera }: Bench, { credentials, json }: Trial, tempting: Members | null): Promise<Outcome> {
  const login = credentials === undefined ? {} : { credentials, retryBusy: false };
  return camera.call(action, json === undefined ? tempting : json(tempting), { ...login, repeatable });
}

async function orError(attempt: () => Promise<Attempt>): Promise<Attempt | Failed> {
  try {
    return await attempt();
  } catch (error) {
    return { error };
  }
}

/** What came in place of a refusal, or with one: code 0 means that the request was served. */
function describeUnrefused({ hasParameters }: ActionUnderTest, outcome: Outcome, what: 'request' | 'user and password'): string {
  const asIfRight = `as if the ${what} were right`;
  if (outcome.kind !== 'done') return describe(outcome);
  const envelope: ReadonlySet<string> = new Set([...ENVELOPE.map(({ name }) => name), ...ENVELOPE_EXTRAS]);
  const shown = Object.keys(outcome.reply).filter((name) => !envelope.has(name));
  if (hasParameters || shown.length === 0) return `code 0, ${asIfRight}`;
  return `code 0 and ${shown.length === 1 ? shown[0] : `the ${shown.length} settings ${shown.slice(0, 3).join(', ')}${shown.length > 3 ? ' …' : ''}`}, ${asIfRight}`;
}

export function jsonChecks(test: ActionUnderTest): readonly Check<Bench>[] {
  const refused = (trial: Trial) => async (bench: Bench) => {
    const { outcome } = await attempted(test, bench, trial);
    if (test.isAbsent(outcome)) throw new Skipped('not-offered', `${test.action} is answered with ${describe(outcome)}`);
    if (isRefusal(outcome)) return;
    const received = describeUnrefused(test, outcome, 'request');
    fail(`a refusal: the text "${JSON_ERROR_TEXT}" or a non-zero code`, received, outcome.answer.exchange);
  };
  const checks: Check<Bench>[] = [
    {
      ...test.identify('malformed-json', `${test.action} refuses JSON that does not parse`, 'must', ['json']),
      ofCgi: true,
      run: (bench) => refuses(test, bench, CUT_JSON, JSON_ERROR_TEXT),
    },
    // What a lenient reader makes of it is carried out: nothing that must not happen twice.
    ...(test.repeatable ? [looseCheck(test)] : []),
  ];
  if (!test.hasParameters) return checks;
  return [
    ...checks,
    ...NO_OBJECTS.map((trial) => ({
      ...test.identify(trial.name, `${test.action} refuses ${trial.words}`, 'should', ['json']),
      run: refused(trial),
    })),
    ...(test.changesAreSeen ? [harmlessCheck(test)] : []),
  ];
}

function looseCheck(test: ActionUnderTest): Check<Bench> {
  return {
    ...test.identify('loose-json', `${test.action} refuses JSON with something behind it, and JSON in single quotes`, 'should', ['json']),
    ofCgi: true,
    run: async (bench) => {
      for (const trial of LOOSE_JSON) await refuses(test, bench, trial, JSON_ERROR_TEXT, true);
    },
  };
}

function harmlessCheck(test: ActionUnderTest): Check<Bench> {
  return {
    ...test.identify('no-object-is-harmless', `${test.action} with JSON that is no object, or with none, changes nothing`, 'must', ['json']),
    run: async (bench) => {
      for (const trial of NO_OBJECTS) {
        const { outcome, changes } = await attempted(test, bench, trial);
        verify(together(`${trial.words} changes nothing`, changes.length === 0 ? [] : [describe(outcome), ...changes]), outcome.answer.exchange);
      }
    },
  };
}

/** Of all replies that came, refusals included: run behind `asking`, the check that asks for most of them. */
export function envelopeAlwaysCheck({ action, identify, wellFormed }: ActionUnderTest, asking: string): Check<Bench> {
  return {
    ...identify('envelope-always', `${action} answers with the envelope of this camera each time, also where it refuses`, 'must', ['envelope']),
    ofCgi: true,
    after: [identify('envelope', '', 'must', []).id, asking],
    run: async (bench) => {
      await wellFormed?.(bench).catch((error: unknown) => {
        throw error instanceof NoReply ? new Skipped('blocked', `${action} is not answered`) : error;
      });
      const strayed = bench.envelopes.of(action);
      if (strayed === null) return;
      const [first, ...more] = strayed.findings;
      if (first === undefined) return;
      const received = `${first.received}, in a reply with ${describe(strayed.outcome)}`;
      throw new NonConformance([{ ...first, received }, ...more], strayed.outcome.answer.exchange, { isCertain: true });
    },
  };
}

/**
 * Checks of an action as a whole: HTTP reply and envelope, the four kinds of wrong credentials, requests whose JSON does
 * not parse, is no object, or is missing. They are the same for gets, sets and commands; what differs is in `ActionUnderTest`.
 */
import { describe, isOddCode, isRefusal, type Outcome } from '../../camera/outcome.ts';
import type { Members } from '../../document/row-value.ts';
import { ENVELOPE, ENVELOPE_EXTRAS, JSON_ERROR_TEXT, NOT_SUPPORTED_CODE, USER_ERROR_TEXT } from '../../document/sections/01-generic.ts';
import type { RequestOptions } from '../../http/client.ts';
import { type Finding, fail, Skipped, together, verify } from '../../results/finding.ts';
import type { Level } from '../../results/level.ts';
import type { Exchange } from '../../wire/exchange.ts';
import type { Bench } from '../bench.ts';
import type { Check, CheckIdentity } from '../check.ts';
import { userRefusedFindings } from './expectations.ts';
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
  /** throws `Skipped` when the camera does not have the action */
  readonly offered: (bench: Bench) => Promise<void>;
  /** whether the request may be sent twice: one that moves, opens or wipes something must not */
  readonly repeatable: boolean;
  /** whether the request has a `json` value that matters */
  readonly hasParameters: boolean;
}

const CREDENTIALS = [
  ['wrong-user', 'a wrong user name'],
  ['wrong-password', 'a wrong password'],
  ['no-password', 'no password'],
  ['plain-password', 'the password in plain text'],
] as const satisfies readonly (readonly [NonNullable<RequestOptions['credentials']>, string])[];

export function actionChecks(test: ActionUnderTest): readonly Check<Bench>[] {
  return [...replyChecks(test), ...credentialChecks(test), ...jsonChecks(test)];
}

function replyChecks(test: ActionUnderTest): readonly Check<Bench>[] {
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
    { ...reply, strict: ['offered'], run: (bench) => answers(reply, bench, wellFormed, test.isMissing) },
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
  if (outcome.kind !== 'done') fail('a JSON object with code 0', describe(outcome), exchange);
}

function credentialChecks(test: ActionUnderTest): readonly Check<Bench>[] {
  return CREDENTIALS.map(([credentials, words]) => ({
    ...test.identify(credentials, `${test.action} refuses ${words}`, 'must', ['authentication']),
    ofCgi: true,
    run: (bench) =>
      refuses(test, bench, test.tempting, { credentials, retryBusy: false }, USER_ERROR_TEXT, (outcome) => outcome.kind === 'error-user'),
  }));
}

/** Sends a request that must be refused, looks at the answer and then at the camera. */
async function refuses(
  test: ActionUnderTest,
  bench: Bench,
  json: (bench: Bench) => Promise<Members | string | null>,
  how: RequestOptions,
  text: string,
  isRefused: (outcome: Outcome) => boolean,
): Promise<void> {
  await test.offered(bench);
  const outcome = await bench.camera.call(test.action, await json(bench), { ...how, repeatable: test.repeatable });
  const refusal = text === '' ? `a refusal: the text "${JSON_ERROR_TEXT}" or a non-zero code` : `a refusal: the text "${text}" with HTTP status 200`;
  const documented = `${refusal}${test.hasParameters ? ', and nothing changed' : ''}`;
  const changes = await test.changes(bench, outcome);
  const received = [describeUnrefused(test, outcome, text === USER_ERROR_TEXT ? 'user and password' : 'request'), ...changes];
  const { exchange, status } = outcome.answer;
  if (test.isAbsent(outcome)) throw new Skipped('not-offered', `${test.action} is answered with ${describe(outcome)}`);
  if (changes.length === 0 && text === USER_ERROR_TEXT) {
    const start = isRefused(outcome) ? `HTTP status ${status} with ` : '';
    verify(userRefusedFindings(outcome, documented, `${start}${received.join('; ')}`), exchange);
  }
  if (!isRefused(outcome) || changes.length > 0) verify(together(documented, received), exchange);
  if (text !== '') verify(statusFindings(outcome), exchange);
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

function jsonChecks(test: ActionUnderTest): readonly Check<Bench>[] {
  const malformed = async (bench: Bench) => JSON.stringify((await test.tempting(bench)) ?? {}).slice(0, -1);
  const checks: Check<Bench>[] = [
    {
      ...test.identify('malformed-json', `${test.action} refuses JSON that does not parse`, 'must', ['json']),
      ofCgi: true,
      run: (bench) => refuses(test, bench, malformed, {}, JSON_ERROR_TEXT, (outcome) => outcome.kind === 'error-json'),
    },
  ];
  if (!test.hasParameters) return checks;
  const refused = (kind: string, json: string | null) => async (bench: Bench) => {
    const { outcome } = await withoutObject(test, bench, kind, json);
    if (test.isAbsent(outcome)) throw new Skipped('not-offered', `${test.action} is answered with ${describe(outcome)}`);
    if (!isRefusal(outcome)) {
      const received = describeUnrefused(test, outcome, 'request');
      fail(`a refusal: the text "${JSON_ERROR_TEXT}" or a non-zero code`, received, outcome.answer.exchange);
    }
  };
  return [
    ...checks,
    ...NO_OBJECTS.map(([kind, json, words]) => ({
      ...test.identify(kind, `${test.action} refuses ${words}`, 'should', ['json']),
      run: refused(kind, json),
    })),
    ...(test.changesAreSeen ? [harmlessCheck(test)] : []),
  ];
}

/** JSON that parses and is no object, or none at all: what is made of it the document does not say. */
const NO_OBJECTS = [
  ['json-list', '[]', 'JSON that is no object: []'],
  ['json-text', '"text"', 'JSON that is no object: "text"'],
  ['json-number', '5', 'JSON that is no object: 5'],
  ['json-null', 'null', 'JSON that is no object: null'],
  ['no-json', null, 'a request without JSON'],
] as const;

interface WithoutObject {
  readonly outcome: Outcome;
  readonly changes: readonly string[];
}

const withoutObject = (test: ActionUnderTest, bench: Bench, kind: string, json: string | null): Promise<WithoutObject> =>
  test.once(bench, kind, async () => {
    await test.offered(bench);
    await test.tempting(bench);
    const outcome = await bench.camera.call(test.action, json, { repeatable: test.repeatable });
    return { outcome, changes: await test.changes(bench, outcome) };
  });

function harmlessCheck(test: ActionUnderTest): Check<Bench> {
  return {
    ...test.identify('no-object-is-harmless', `${test.action} with JSON that is no object, or with none, changes nothing`, 'must', ['json']),
    run: async (bench) => {
      for (const [kind, json, words] of NO_OBJECTS) {
        const { outcome, changes } = await withoutObject(test, bench, kind, json);
        verify(together(`${words} changes nothing`, changes.length === 0 ? [] : [describe(outcome), ...changes]), outcome.answer.exchange);
      }
    },
  };
}

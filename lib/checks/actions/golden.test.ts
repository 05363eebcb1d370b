/** The judge against the document's own examples: none of them may be found fault with. */
import { describe, expect, test } from 'vitest';
import { type GoldenHttpExample, readGolden } from '../../../fixtures/golden.ts';
import { outcomeOf } from '../../camera/outcome.ts';
import { SECTIONS } from '../../document/index.ts';
import type { Command, Row, Settings } from '../../document/notation.ts';
import { type Members, valueIn } from '../../document/row-value.ts';
import { shownValues, subjectsOf } from '../../document/subject.ts';
import { decodeBody } from '../../http/json-body.ts';
import type { Answer } from '../../wire/exchange.ts';
import { allFindings, type Profile, typeFindings, valueFindings } from '../values/row-judgement.ts';
import { envelopeFindings, statusFindings, syntaxFindings } from './reply-findings.ts';

interface Shown {
  readonly name: string;
  readonly part: Settings | Command;
  readonly rows: readonly Row[];
  readonly answer: Answer;
  readonly reply: Members;
}

const PARTS = SECTIONS.flatMap(({ number, parts }) => parts.map((part) => ({ number, part })));

/** The part that an example is about, by its place: several sections share an action, and 4 has no 4.1. */
function partOf({ name, place, action }: GoldenHttpExample): Settings | Command {
  const found = PARTS.find(({ part }) =>
    part.kind === 'settings'
      ? (part.get === action && part.getPlace === place) || (part.set === action && part.setPlace === place)
      : part.action === action && part.place === place,
  );
  if (found === undefined) throw new Error(`Could not find ${action} ${place} in the document's data: fixtures/golden/${name}.json is about it.`);
  return found.part;
}

function answerOf({ reply, request }: GoldenHttpExample): Answer {
  const text = reply?.body ?? '';
  const bytes = Buffer.from(text);
  const statusLine = reply?.statusLine ?? '';
  const status = Number(statusLine.split(' ')[1]);
  return {
    status,
    bytes,
    body: decodeBody(bytes, '').body,
    exchange: {
      kind: 'http',
      method: 'GET',
      url: request.url ?? '',
      json: request.json,
      startedAt: '',
      durationMs: 0,
      attempts: 1,
      reply: { statusLine, status, headers: reply?.headers ?? [], text, bytes: bytes.length },
      failure: null,
      deviations: [],
    },
  };
}

const http = readGolden().filter((example) => example.kind === 'http');

const withJson = http.flatMap((example): Shown[] => {
  if (!example.reply?.body?.startsWith('{')) return [];
  const answer = answerOf(example);
  if (answer.body.kind !== 'json') throw new Error(`Could not read the reply of ${example.name} as JSON.`);
  const part = partOf(example);
  const isGet = part.kind === 'settings' && part.get === example.action;
  const rows = part.kind === 'settings' ? (isGet ? part.rows : []) : (part.replies ?? []);
  return [{ name: example.name, part, rows, answer, reply: answer.body.value }];
});

/** Replies with more than the envelope. */
const shown = withJson.filter(({ rows, reply }) => rows.some((row) => valueIn(row, reply) !== undefined));

const judged = ({ rows, reply }: Shown, profile: Profile): readonly string[] =>
  rows.flatMap((row) => {
    const value = valueIn(row, reply);
    return value === undefined ? [] : allFindings(row, value, profile).map(({ received }) => received);
  });

describe('an example reply', () => {
  test('is there for every get of the document', () => {
    const places = new Set(shown.map(({ name }) => name.split('-')[0]));
    const gets = PARTS.flatMap(({ part }) => (part.kind === 'settings' ? [part.getPlace] : []));
    const missing = gets.filter((place) => !places.has(place.replace(/^\d+/, (number) => number.padStart(2, '0'))));
    expect(missing).toEqual([]);
  });

  test.each(shown)('$name has documented values', (example) => {
    expect(judged(example, 'default')).toEqual([]);
  });

  test.each(shown)('$name has documented values for each check of a value', ({ rows, reply }) => {
    const findings = rows
      .flatMap(subjectsOf)
      .flatMap((subject) =>
        subject.kind === 'element'
          ? []
          : shownValues(subject, reply).flatMap(({ path, value }) => [
              ...typeFindings(subject.row, path, value),
              ...valueFindings(subject.row, path, value, 'default'),
            ]),
      );
    expect(findings).toEqual([]);
  });

  test.each(withJson)('$name has the envelope', ({ answer }) => {
    expect(envelopeFindings(outcomeOf(answer), null, 'default', { place: '1.1', action: null })).toEqual([]);
    expect(statusFindings(outcomeOf(answer))).toEqual([]);
  });

  test.each(withJson)('$name repeats no name but those that its part lists', ({ part, rows, answer }) => {
    const repeated = part.kind === 'settings' && rows.length > 0 ? (part.repeated ?? []) : [];
    expect(syntaxFindings(outcomeOf(answer), repeated)).toEqual([]);
    expect(answer.body.kind === 'json' ? answer.body.duplicateKeys : []).toEqual(repeated);
  });
});

test('the strict profile refuses the values of the examples that their own tables rule out, and no others', () => {
  const refused = shown.map((example) => [example.name, judged(example, 'strict')] as const).filter(([, findings]) => findings.length > 0);
  expect(Object.fromEntries(refused)).toEqual({
    '14.1-getWifiConfig': ['wifiType is 0'],
    '14.3-getWifiStatus': ['status is 0'],
  });
});

test('the two texts are read as what they are', () => {
  const kinds = http.flatMap((example) => (example.action === null ? [[example.name, outcomeOf(answerOf(example)).kind]] : []));
  expect(Object.fromEntries(kinds)).toEqual({ '01.1-error-json': 'error-json', '01.1-error-user-pwd': 'error-user' });
});

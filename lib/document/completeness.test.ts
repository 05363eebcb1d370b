/**
 * The data against the document, both ways and section by section: against the facts extracted from its text, and
 * against its examples. Where the text is at hand, the extracted facts are proved to be its own.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type DocumentFacts, readDocument } from '../../fixtures/document-text.ts';
import { type GoldenHttpExample, readGolden } from '../../fixtures/golden.ts';
import { compareWithDocument } from './document-comparison.fixture.ts';
import { ERRATA } from './errata/index.ts';
import { SECTIONS } from './index.ts';
import type { Command, Settings } from './notation.ts';
import { ENVELOPE, ENVELOPE_EXTRAS, ERROR_CODES } from './sections/01-generic.ts';

const TEXT = new URL('../../../shared/spec/camera-http-api.txt', import.meta.url);
const FACTS: DocumentFacts = JSON.parse(readFileSync(new URL('../../fixtures/document-names.json', import.meta.url), 'utf8'));
const ENVELOPE_NAMES: readonly string[] = [...ENVELOPE.map(({ name }) => name), ...ENVELOPE_EXTRAS];

/** Tables without a letter column: nothing says whether the parameter is necessary. */
const NO_LETTERS = 'no letters in this table';
/** Where the data rightly differs from the text, and the erratum that says why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  '2 access action': NO_LETTERS,
  '3 access fmt': NO_LETTERS,
  '8.2 missing-action setWiredNetwork': 'timed-restart-other-action-in-example',
  '10.1 missing-action getWiredNetwork': 'time-other-action-in-example',
  '21.1 access width': 'video-pixel-list-members',
  '21.1 access height': 'video-pixel-list-members',
  '23.3 access irisLevel': 'display-iris-level-twice',
  '23.3 type irisLevel': 'display-iris-level-twice',
  '28.2 missing-action setAlarmInConf': 'schedule-snap-set-example-action',
  '28 missing-name day_x': 'schedule-snap-settable-table-in-get',
  '28.1 missing-row day_x': 'schedule-snap-settable-table-in-get',
  '28 missing-name title_pos_x': 'schedule-snap-osd-rows',
  '28.1 missing-row title_pos_x': 'schedule-snap-osd-rows',
  '28 missing-name title_pos_y': 'schedule-snap-osd-rows',
  '28.1 missing-row title_pos_y': 'schedule-snap-osd-rows',
  '28 missing-name show_title': 'schedule-snap-osd-rows',
  '28.1 missing-row show_title': 'schedule-snap-osd-rows',
  '32.1 type type': 'storage-type-open',
  '32.1 type status': 'storage-status-open',
  '33.1 access schedule_list': 'recording-schedule-list-not-a-row',
};

/** Examples whose value the data corrects: example, path, the value of the data, and the erratum. */
const CORRECTED = [
  { name: '09.2-setPtzControl', from: '"ptz_cmd":19', to: '"ptz_cmd":20', erratum: 'ptz-call-preset-example' },
  { name: '29.2-setMotionDetConf', from: '123.99999999999999', to: '124', erratum: 'area-y-fraction' },
  { name: '30.2-setRegInvConf', from: '123.99999999999999', to: '124', erratum: 'area-y-fraction' },
  { name: '31.2-setIVSConf', from: '123.99999999999999', to: '124', erratum: 'area-y-fraction' },
] as const;

const disagreements = compareWithDocument(FACTS, SECTIONS, ENVELOPE_NAMES);

describe('the data is the document', () => {
  test.skipIf(!existsSync(TEXT))('the extracted facts are those of the text (skipped where the document is not beside the project)', () => {
    expect(FACTS).toEqual(readDocument(readFileSync(TEXT, 'utf8')));
  });

  test('the extracted facts do not shrink', () => {
    const places = Object.values(FACTS.places);
    expect(places).toHaveLength(128);
    expect(new Set(places.flatMap(({ actions }) => actions)).size).toBe(73);
    expect(places.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows))).toHaveLength(798);
  });

  test('actions, names, letters, types, ranges and enumerations agree', () => {
    expect(disagreements.filter(({ id }) => !(id in EXCEPTIONS))).toEqual([]);
  });

  test('every exception is needed and has its erratum', () => {
    const found = new Set(disagreements.map(({ id }) => id));
    expect(Object.keys(EXCEPTIONS).filter((id) => !found.has(id))).toEqual([]);
    const reasons = new Set([NO_LETTERS, ...ERRATA.map(({ id }) => id)]);
    const given = [...Object.values(EXCEPTIONS), ...CORRECTED.map(({ erratum }) => erratum)];
    expect(given.filter((reason) => !reasons.has(reason))).toEqual([]);
  });

  test('the error codes are those of 1.3', () => {
    const codes = [0, ...Object.keys(ERROR_CODES).map(Number)];
    expect(codes.sort((a, b) => a - b)).toEqual(FACTS.errorCodes);
  });
});

describe('the examples of the data are those of the document', () => {
  const golden = readGolden().filter((example) => example.kind === 'http');

  for (const part of SECTIONS.flatMap(({ parts }) => parts)) {
    const [first, ...places] = placesOf(part);
    const requests = golden.filter(({ place }) => (part.kind === 'command' ? [first] : places).includes(place));
    const reply = golden.find(({ place }) => place === first)?.reply ?? null;
    test(`${first} ${part.kind === 'command' ? part.action : part.get}`, () => {
      expect.soft(inAnyOrder(part.example.requests ?? [])).toEqual(inAnyOrder(requests.map(sentBy)));
      expect.soft(part.example.reply ?? {}).toEqual(withoutEnvelope(reply?.body ?? ''));
    });
  }

  test('every example belongs to a part', () => {
    const places = SECTIONS.flatMap(({ parts }) => parts.flatMap(placesOf));
    expect(golden.filter(({ place, action }) => action !== null && !places.includes(place)).map(({ name }) => name)).toEqual([]);
  });

  test('every corrected value is one of the example', () => {
    for (const { name, from } of CORRECTED) {
      const example = golden.find((each) => each.name === name);
      expect.soft(JSON.stringify(example?.sends), name).toContain(from);
    }
  });
});

function placesOf(part: Settings | Command): string[] {
  if (part.kind === 'command') return [part.place];
  return part.setPlace === undefined ? [part.getPlace] : [part.getPlace, part.setPlace];
}

/** What the data should hold for a request: its object, or the URL's parameters where the path is not `cgi_action`. */
function sentBy({ name, request, sends }: GoldenHttpExample): unknown {
  if (request.url !== null && !request.url.includes('/cgi_action?')) {
    const parameters = Object.fromEntries(new URL(request.url).searchParams);
    return Object.keys(parameters).length === 0 ? null : parameters;
  }
  const corrections = CORRECTED.filter((each) => each.name === name);
  return JSON.parse(corrections.reduce((json, { from, to }) => json.replaceAll(from, to), JSON.stringify(sends)));
}

function withoutEnvelope(body: string): Record<string, unknown> {
  if (!body.startsWith('{')) return {};
  return Object.fromEntries(Object.entries(JSON.parse(body)).filter(([name]) => !ENVELOPE_NAMES.includes(name)));
}

function inAnyOrder(requests: readonly unknown[]): unknown[] {
  const key = (request: unknown) => (request === null ? '' : JSON.stringify(Object.entries(request as object).sort()));
  return [...requests].sort((a, b) => key(a).localeCompare(key(b)));
}

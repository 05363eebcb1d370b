import { describe, expect, test } from 'vitest';
import { documentSection, number, row, settings, toggle } from '../document/notation.ts';
import { subjectsOf } from '../document/subject.ts';
import { hazardsOfSet, ofAction, ofGet, ofSet, type Scope, subjectId } from './identify.ts';

const part = settings('getX 21.1', 'setX 21.2', {
  rows: [row('channel', 'NY', toggle), row('rate', 'YN', number(), { hazard: 'network' })],
  example: { reply: {} },
});
const video = documentSection(21, 'video', 'Video', [part]);
const first: Scope = { section: video, part, instance: { label: '', select: { channel: 0 } } };
const second: Scope = { section: video, part, instance: { label: 'auxiliary', select: { channel: 1 } } };
const [subject] = subjectsOf(part.rows[1] ?? row('rate', 'YN', number()));
if (subject === undefined) throw new Error('Could not make a subject.');
const given = { property: 'range', title: 'returns rate', covers: ['range'], after: ['type'] };

describe('a check', () => {
  test('of a get', () => {
    expect(ofGet(first, subject, given)).toEqual({
      id: 'video/rate/range',
      place: '21.1',
      action: 'getX',
      parameter: 'rate',
      title: 'returns rate',
      level: 'must',
      hazards: [],
      covers: ['video/rate/range'],
      after: ['video/rate/type'],
    });
  });

  test('of a set has its place, its action and its hazards', () => {
    expect(ofSet(first, subject, { ...given, level: 'should' })).toMatchObject({
      place: '21.2',
      action: 'setX',
      level: 'should',
      hazards: ['network'],
    });
  });

  test('of another instance says so in id and title, and covers the same clause', () => {
    expect(ofSet(second, subject, given)).toMatchObject({
      id: 'video/auxiliary.rate/range',
      title: 'returns rate (auxiliary video)',
      covers: ['video/rate/range'],
      after: ['video/auxiliary.rate/type'],
    });
  });

  test.each([
    ['getX', '21.1'],
    ['setX', '21.2'],
  ])('of %s as a whole has place %s', (action, place) => {
    expect(ofAction(first, action, [], { property: 'reply', title: 'answers' })).toMatchObject({
      id: `video/${action}/reply`,
      place,
      action,
      parameter: null,
      covers: [],
      after: [],
    });
  });

  test.each([
    [first, 'video/rate'],
    [second, 'video/auxiliary.rate'],
  ])('%# is about %s', (scope, id) => {
    expect(subjectId(scope, 'rate')).toBe(id);
  });
});

test.each([
  ['its own', undefined, 'password', ['password']],
  ['those of the whole part', ['reset'], undefined, ['reset']],
  ['both', ['reset'], 'network', ['network', 'reset']],
  ['each once', ['network'], 'network', ['network']],
  ['none', undefined, undefined, []],
] as const)('the hazards of a set: %s', (_, hazards, own, all) => {
  // The hazards of other rows do not count, also of those that are sent along as they are.
  const rows = [row('IP', 'YY', number(), { hazard: 'door' })];
  const about = settings('getX 1.1', 'setX 1.2', { rows, example: { reply: {} }, ...(hazards === undefined ? {} : { hazards }) });
  expect(hazardsOfSet(about, own)).toEqual(all);
});

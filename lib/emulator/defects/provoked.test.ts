import { expect, test } from 'vitest';
import { SECTIONS } from '../../document/index.ts';
import { sectionOfBlind } from './blind/blind-defect.ts';
import { allBlind } from './blind/index.ts';
import { allOperators } from './operators/index.ts';
import { drawOperators } from './operators/sample.ts';
import { answersOf } from './provoked.fixture.ts';

/** Cheap ones: what a restart loses and what is in streams takes real time. */
const SECTIONS_TRIED = [
  'generic',
  'change-user-password',
  'device-timed-restart',
  'gb28181',
  'rtmp',
  'smart-audio',
  'storage-device',
  'txt-file',
  'time-lapse-recording',
];
const MANY = 16;

const cheap = [...allBlind(), ...allOperators()].filter(
  (defect) =>
    SECTIONS_TRIED.includes(sectionOfBlind(defect)) &&
    !/restart/.test(defect.does) &&
    !('streamTamper' in defect.plant()) &&
    defect.unseen === undefined,
);

test(`${MANY} drawn from those that answers show answer otherwise than a good camera`, async () => {
  const good = new Map<string, readonly string[]>();
  const same: string[] = [];
  for (const defect of drawOperators(cheap, MANY, 11)) {
    const section = SECTIONS.find(({ slug }) => slug === sectionOfBlind(defect));
    if (section === undefined) throw new Error(`Could not find the section of ${defect.id}.`);
    const right = good.get(section.slug) ?? (await answersOf(null, section));
    good.set(section.slug, right);
    const answers = await answersOf(defect, section);
    if (answers.every((line, index) => withoutClock(line) === withoutClock(right[index] ?? ''))) same.push(defect.id);
  }
  expect(same).toEqual([]);
}, 120_000);

/** It ticks, whatever is wrong. */
const withoutClock = (line: string): string => line.replace(/"deviceTime":\d+/, '');

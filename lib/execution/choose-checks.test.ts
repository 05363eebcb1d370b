import { beforeAll, describe, expect, test } from 'vitest';
import { chooseChecks } from './choose-checks.ts';
import { loadSuites } from './load-suites.ts';
import { selectChecks } from './select-checks.ts';
import type { Suite } from './suite.ts';

const choose = (check: string, sections: readonly number[] | 'all' = 'all') => chooseChecks({ check: check.split(','), sections });

describe('what --check selects', () => {
  let video: Suite;
  beforeAll(async () => {
    [video] = (await loadSuites([21])) as [Suite];
  });
  const selected = (...patterns: string[]): readonly string[] => selectChecks(video.checks, patterns).map(({ identity }) => identity.id);

  test('is the check, behind those without whose pass it proves nothing', () => {
    expect(selected('video/bitrate/type')).toEqual(['video/bitrate/type']);
    expect(selected('video/bitrate/round-trip')).toEqual(['video/bitrate/type', 'video/bitrate/round-trip']);
    expect(selected('video/bitrate/in-stream')).toEqual(expect.arrayContaining([...selected('video/bitrate/round-trip')]));
  });

  test('is everything when nothing is named', () => {
    expect(selected()).toHaveLength(video.checks.length);
  });

  test('can be named by its place in the document', () => {
    expect(selected('21.2/bitrate/round-trip')).toEqual(selected('video/bitrate/round-trip'));
    expect(selected('21/bitrate/round-trip')).toEqual(selected('video/bitrate/round-trip'));
    expect(selected('21.1/bitrate/round-trip')).toEqual([]);
    expect(selected('2/bitrate/round-trip')).toEqual([]);
  });

  test('can be several, where a star stands for any characters and nothing else is special', () => {
    const ofBitrate = video.checks.map(({ identity }) => identity.id).filter((id) => id.startsWith('video/bitrate/'));
    expect(ofBitrate.length).toBeGreaterThan(3);
    expect(selected('video/bitrate/*')).toEqual(expect.arrayContaining(ofBitrate));
    expect(selected('*/bitrate/*')).toEqual(selected('video/bitrate/*'));
    expect(selected('video/bitrat./type')).toEqual([]);
    expect(selected('video/bitrate/typ')).toEqual([]);
  });
});

describe('the sections that it needs', () => {
  test('are those with a match', async () => {
    expect(await choose('video/bitrate/round-trip')).toEqual({ kind: 'chosen', sections: [21] });
    expect(await choose('osd/title_list[0]/round-trip,21.1/bitrate/type', [21, 24])).toEqual({ kind: 'chosen', sections: [21, 24] });
    expect(await choose('*/bitrate/round-trip')).toMatchObject({ kind: 'chosen', sections: expect.arrayContaining([21]) });
  });

  test.each([
    ['video/bitrat/roundtrip', 'all', 'There is no check video/bitrat/roundtrip; the nearest are video/bitrate/round-trip, '],
    ['vidoe/bitrate/round-trip', 'all', 'There is no check vidoe/bitrate/round-trip; the nearest are video/bitrate/round-trip, '],
    ['21.7/bitrate/round-trip', 'all', 'There is no check 21.7/bitrate/round-trip; the nearest are video/bitrate/round-trip, '],
    ['video/bitrate/type', [5, 6], 'video/bitrate/type belongs to section 21, which CAMERA_SECTIONS leaves out: add it, '],
  ] as const)('%s of %s selects nothing', async (check, sections, sentence) => {
    const chosen = await choose(check, sections);
    expect(chosen.kind === 'problem' ? chosen.sentences : []).toEqual([expect.stringContaining(sentence)]);
  });
});

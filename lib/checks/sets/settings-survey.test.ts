import { expect, test } from 'vitest';
import { withCamera } from '../../camera/embedded-camera.fixture.ts';
import { SECTIONS } from '../../document/index.ts';
import type { Settings } from '../../document/notation.ts';
import { osd } from '../../document/sections/24-osd.ts';
import { Keeper } from '../../restore/keeper.ts';
import { Bench } from '../bench.ts';
import { changesSince, settings, survey } from './settings-survey.ts';

test('names what shows otherwise than before, with both values, and nothing else', async () => {
  await withCamera({}, async ({ camera }) => {
    const bench = new Bench(camera, 'default', SECTIONS, new Keeper(camera, SECTIONS));
    const before = await survey(bench);
    expect(await changesSince(bench, before, () => '')).toEqual([]);
    await camera.set(osd.parts[0] as Settings, { label: '', select: {} }, { font_size: 2 });
    expect(await changesSince(bench, before, (row, part) => `${row.name} of ${part.get} stays`)).toEqual([
      { documented: 'font_size of getOsdConf stays', received: 'font_size was 1 and is 2', about: { action: 'getOsdConf' } },
    ]);
  });
});

test('asks each get once, whichever sections share it', () => {
  const gets = settings({ sections: SECTIONS }).map(({ get }) => get);
  expect(new Set(gets).size).toBe(gets.length);
  expect(gets).toContain('getPlatformServer');
});

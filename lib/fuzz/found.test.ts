/** What the search once found, replayed: each file of fixtures/found is the smallest case of a fault that was mended since. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadSuites } from '../execution/load-suites.ts';
import type { Attempt } from './attempt.ts';
import type { BehavingCamera } from './behaving-camera.ts';
import { ALL_TARGETS, withGround } from './embedded-ground.fixture.ts';
import { makeAttempt } from './make-attempt.ts';
import { complaintsAbout } from './never-failed.fixture.ts';

type Found = { readonly was: string } & (
  | { readonly property: 'never-failed'; readonly section: number; readonly camera: BehavingCamera }
  | { readonly property: 'harmless'; readonly on: Pick<BehavingCamera, 'model' | 'quirks'>; readonly attempt: Attempt }
);

const FOLDER = new URL('../../fixtures/found/', import.meta.url);
const FOUND = readdirSync(FOLDER).map((name) => ({ name, ...(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Found) }));

test.each(FOUND)('$name', { timeout: 60_000 }, async (found) => {
  if (found.property === 'never-failed') {
    const suite = (await loadSuites()).find(({ section }) => section.number === found.section);
    if (suite === undefined) throw new Error(`Could not find section ${found.section} of ${found.name}.`);
    const complaints = await complaintsAbout(found.camera, suite, ALL_TARGETS, false);
    expect(
      complaints.map(({ id, message }) => `${id}: ${message}`),
      found.was,
    ).toEqual([]);
    return;
  }
  const trouble = await withGround({ ...found.on }, async ({ ground, emulator }) => {
    const before = emulator.state();
    const came = await makeAttempt(ground, found.attempt);
    expect(emulator.state(), found.was).toEqual(before);
    return came;
  });
  expect(trouble, found.was).toBeNull();
});

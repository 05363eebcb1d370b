/** No section has anything against a random camera that behaves. Each run is a camera of its own and one section of the document. */
import { expect, test } from 'vitest';
import { loadSuites } from '../execution/load-suites.ts';
import { behavingCamera } from './behaving-camera.ts';
import { ALL_TARGETS } from './embedded-ground.fixture.ts';
import { fc, search } from './fast-check.ts';
import { complaintsAbout } from './never-failed.fixture.ts';

const SEED = 20260102;
const RUNS = 8;
/** Sections whose suites watch streams, pictures or the clock: of these what the rows produce. */
const SLOW = new Set([3, 7, 10, 19, 21, 22, 23, 24, 25]);

test(`seed ${SEED}: random cameras that behave are never failed`, { timeout: 120_000 }, async () => {
  const suites = await loadSuites();
  const found: string[] = [];
  const { counterexample } = await search(
    fc.tuple(behavingCamera(ALL_TARGETS), fc.constantFrom(...suites)),
    async ([camera, suite]) => {
      const complaints = await complaintsAbout(camera, suite, ALL_TARGETS, SLOW.has(suite.section.number));
      if (complaints.length > 0) found.splice(0, found.length, ...complaints.map(({ id, message }) => `${id}: ${message}`));
      return complaints.length === 0;
    },
    { seed: SEED, runs: RUNS },
  );
  const smallest = counterexample === null ? null : { camera: counterexample.value[0], section: counterexample.value[1].section.number };
  expect({ smallest, found }).toEqual({ smallest: null, found: [] });
});

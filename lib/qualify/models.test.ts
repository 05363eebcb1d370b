/** No model is failed: here for section 1 and two of the quick sections, chosen by a seed; `npm run qualify` runs all of them. */
import { expect, it } from 'vitest';
import { FIELD_MODELS, MODELS, modelOf } from '../emulator/models.ts';
import { seededRandom } from '../emulator/random.ts';
import { loadSuites } from '../execution/load-suites.ts';
import { complaintsExpected, runModel, runOn } from './judge-camera.ts';

const LIMIT_MS = 60_000;
const QUICK = [5, 8, 26, 27, 31, 33, 34, 35, 37, 38, 40, 41, 42];
const SEED = Number(process.env.MODELS_SEED ?? 1);

it.each(MODELS.map((model, index) => ({ id: model.id, model, index })))(
  `$id conforms (MODELS_SEED=${SEED})`,
  async ({ model, index }) => {
    const random = seededRandom(SEED * 100 + index);
    const chosen = [1, ...Array.from({ length: 2 }, () => QUICK[Math.floor(random() * QUICK.length)])];
    const suites = (await loadSuites()).filter(({ section }) => chosen.includes(section.number));
    expect(await runModel(model, suites), `sections ${chosen.join(', ')}`).toEqual([]);
  },
  LIMIT_MS,
);

it('a model that there is not is told with those that are near', () => {
  expect(() => modelOf('smal')).toThrow('There is no model "smal" (near to it: small); --models lists them.');
});

/** Sections in which what people have shows, and that watch no stream. */
const FACTS: Readonly<Record<string, readonly number[]>> = { underwater: [5, 23], 'board-22': [8, 10, 24, 37] };

it.each(FIELD_MODELS.filter(({ id }) => id in FACTS))(
  '$id is told what the document rules out, and nothing else',
  { timeout: 2 * LIMIT_MS },
  async (model) => {
    const numbers = FACTS[model.id] ?? [];
    const suites = (await loadSuites()).filter(({ section }) => numbers.includes(section.number));
    const slugs = new Set(suites.map(({ section }) => section.slug));
    const expected = complaintsExpected({ warns: model.expectedWarnings, fails: model.expectedFailures });
    expect(await runOn(model.options, suites)).toEqual(
      expected.filter((complaint) => slugs.has(complaint.replace(/^warn /, '').split('/')[0] ?? '')),
    );
  },
);

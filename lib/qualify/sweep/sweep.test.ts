/** A part of the sweep; `npm run torture -- --sweep` and `--unruly` do all of it. */
import { expect, test } from 'vitest';
import { seededRandom } from '../../emulator/random.ts';
import { WAYS } from './disturbing-proxy.ts';
import { requestsOf, spoil } from './sweep.ts';
import { UNRULY } from './unruly.ts';
import { runWatched } from './watched-run.ts';

/** Another one by SWEEP_SEED. */
const SEED = Number(process.env.SWEEP_SEED ?? 13);
/** Small, and its checks set something. */
const SECTION = 8;

test.each(WAYS)(`a request that is spoiled once (%s, SWEEP_SEED=${SEED}) leaves no camera changed in silence`, async (way) => {
  const next = seededRandom(SEED + WAYS.indexOf(way));
  const options = { section: SECTION };
  const request = 1 + Math.floor(next() * (await requestsOf(options)));
  const { silent } = await spoil(options, way, request);
  expect({ request, silent }).toEqual({ request, silent: [] });
});

/** One of each kind that this section shows; the others are tried by `--unruly`. */
const SHOWN = ['couples-sections', 'small-letters', 'lies-once-1', 'lies-once-5', 'lies-behind-sets', 'refuses-from-4', 'parameter-vanishes'];

test.each(UNRULY.filter(({ id }) => SHOWN.includes(id)))('a firmware is not left changed in silence: $says', async ({ make, restMs }) => {
  const { silent } = await runWatched({ sections: [SECTION], emulator: make(), ...(restMs === undefined ? {} : { restMs }) });
  expect(silent).toEqual([]);
});

/** A part of the sweep, drawn anew from each seed; `npm run torture -- --sweep` does all of it. */
import { expect, test } from 'vitest';
import { seededRandom } from '../../emulator/random.ts';
import { WAYS } from './disturbing-proxy.ts';
import { requestsOf, spoil } from './sweep.ts';

const SEED = Number(process.env.SWEEP_SEED ?? Date.now() % 1_000_000);
/** Small sections whose checks set something. */
const SECTIONS = [8, 35];

test.each(WAYS)(`a request that is spoiled once (%s, SWEEP_SEED=${SEED}) leaves no camera changed in silence`, async (way) => {
  const next = seededRandom(SEED + WAYS.indexOf(way));
  const section = SECTIONS[Math.floor(next() * SECTIONS.length)] as number;
  const options = { section };
  const request = 1 + Math.floor(next() * (await requestsOf(options)));
  const { silent } = await spoil(options, way, request);
  expect({ section, request, silent }).toEqual({ section, request, silent: [] });
});

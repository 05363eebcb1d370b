/**
 * Good cameras that somebody made who had not read the checks, and faults that deserve one finding: here some that are quick, and a few
 * that a seed draws, by the quick sections; `npm run qualify` runs all of them by all that come across them.
 */
import { describe, expect, it } from 'vitest';
import { drawBriskCameras, drawnCamera } from '../emulator/freedoms/index.ts';
import { BLIND_TRAITS } from '../emulator/traits/blind/index.ts';
import { loadSuites } from '../execution/load-suites.ts';
import { complaintsAbout } from './judge-camera.ts';
import { judgedAgainst } from './run-good.ts';
import { draw } from './sample.ts';

const LIMIT_MS = 60_000;
const SEED = Number(process.env.GOOD_SEED ?? 1);
/** What is about actions, texts and envelopes shows in them, and nothing in them waits. */
const QUICK = [1, 2, 3, 37];
const WANTED = /^(generic|telnet|smart-audio)\/|^snapshot\/(jpeg\/default|bmp\/asked|yuv\/asked)$/;

/** Each shows in those sections, or in none; what it deserves there was written down with it. */
const TRAITS = [
  'http-401-for-users',
  'http-401-without-text',
  'http-400-for-json',
  'code-as-text',
  'envelope-without-device-ip',
  'two-framings',
  'json-with-bom',
  'snapshot-basic',
  'snapshot-digest',
  'snapshot-log-in',
  'snapshot-404',
  'snapshot-error-json',
  'bmp-and-yuv-null',
  'telnet-404',
  'telnet-error-json',
  'telnet-209',
  'telnet-basic',
  'telnet-log-in',
  'texts-padded',
  'digest-in-small-letters',
] as const;

const quickly = async (options: Parameters<typeof complaintsAbout>[0]) =>
  complaintsAbout(
    options,
    (await loadSuites()).filter(({ section }) => QUICK.includes(section.number)),
    (id) => WANTED.test(id),
  );

describe('a camera that', () => {
  it.each(BLIND_TRAITS.filter(({ id }) => (TRAITS as readonly string[]).includes(id)))('$does: $expects', { timeout: LIMIT_MS }, async (trait) => {
    const found = await quickly({ quirks: [trait.id] });
    expect(judgedAgainst(trait, found), JSON.stringify(found)).toBeNull();
  });
});

describe(`drawn from all that is left open (GOOD_SEED=${SEED})`, () => {
  const ids = draw(
    drawBriskCameras(SEED).map(({ id }) => id),
    3,
    SEED,
  );
  it.each(ids)('%s is not failed', { timeout: LIMIT_MS }, async (id) => {
    const camera = drawnCamera(id);
    const found = await quickly(camera?.options ?? {});
    expect(judgedAgainst({ expects: 'at-most-warn' }, found), JSON.stringify(found)).toBeNull();
  });
});

describe('what a camera deserves', () => {
  const said = (...complaints: readonly string[]) => complaints.map((complaint) => ({ complaint, message: null }));
  const [WARNING, FAILURE, LEFT] = ['warn a/b/c', 'a/b/c', 'left modified: a'] as const;

  it.each([
    ['nothing', [], true],
    ['nothing', [WARNING], false],
    ['at-most-warn', [WARNING, WARNING], true],
    ['at-most-warn', [FAILURE], false],
    ['at-most-warn', [LEFT], false],
    ['warn', [WARNING], true],
    ['warn', [], false],
    ['warn', [WARNING, WARNING], false],
    ['fail', [FAILURE], true],
    ['fail', [FAILURE, WARNING], false],
    ['fail', [WARNING], false],
    ['named', [LEFT], true],
    ['named', [LEFT, FAILURE], false],
    ['named', [], false],
  ] as const)('%s: %j', (expects, complaints, isRight) => {
    expect(judgedAgainst({ expects }, said(...complaints)) === null).toBe(isRight);
  });
});

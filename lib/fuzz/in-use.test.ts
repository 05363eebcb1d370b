/** Random attempts on a camera that is in use everywhere, held against the list of what is forbidden. For longer: `npm run bench:forbidden`. */
import { expect, test } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import { HAZARDS, type Hazard } from '../document/notation.ts';
import { formatForbidden } from '../emulator/forbidden-in-run.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import { ALL_KINDS, attempts } from './attempt.ts';
import { search } from './fast-check.ts';
import { makeAttempt } from './make-attempt.ts';
import { targetsOf } from './targets.ts';

const SEED = 20260103;
const RUNS = 150;

test.each<readonly [string, readonly Hazard[]]>([
  ['none', []],
  ['services', ['services']],
  ['all', HAZARDS],
])('with %s allowed nothing of it is forbidden, and it is put back', { timeout: 60_000 }, async (name, allow) => {
  const allowed = new Set(allow);
  await withEmulatedSession(
    { emulator: { quirks: ['in-use', 'locks-out'], witness: true }, allowed, sections: [] },
    async ({ camera, keeper }, emulator) => {
      const targets = targetsOf(SECTIONS, allowed);
      const ground = { camera, profile: 'default' as const, targets, tied: true, quietMs: 20, answerMs: 5000, rtsp: new URL(emulator.rtspUrl) };
      for (const { part, instance } of targets) await camera.aboutToChange(part, instance);
      // What is found is no matter here.
      await search(attempts(targets, ALL_KINDS), async (attempt) => (await makeAttempt(ground, attempt)) !== undefined, { seed: SEED, runs: RUNS });
      expect((await keeper.lookOnceMore()).map(({ parameter }) => parameter)).toEqual([]);
      const requests = emulator.witnessed();
      expect(formatForbidden(name, requests, allowed)).toBe(`## ${name}: ${requests.length} requests, 0 findings, 0 wrong log-ins in a row\n`);
    },
  );
});

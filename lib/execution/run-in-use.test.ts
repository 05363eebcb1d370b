/** What may not be sent to a camera that is in use everywhere, held against a list that knows nothing of the gate. The whole: `npm run bench:forbidden`. */
import { expect, test } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import { formatForbidden } from '../emulator/forbidden-in-run.ts';
import { NAMED_HAZARDS } from '../emulator/forbidden-requests.ts';
import { runInUse } from './run-in-use.fixture.ts';

const LIMIT_MS = 120_000;
/** These watch streams and pictures, and take their time. */
const WATCHING: ReadonlySet<number> = new Set([3, 19, 21, 22, 23, 24, 25]);
const EVERY = SECTIONS.map(({ number }) => number).filter((number) => !WATCHING.has(number));

test.concurrent.each([
  ['none', EVERY],
  ['services', [10, 15, 17]],
  ['network', [11, 13, 14]],
  ['alarm-output', [26]],
  ['reboot', [8]],
  ['all', [12, 16, 18, 20, 35]],
] as const)(
  'with %s allowed nothing of it is forbidden, and everything is put back',
  async (hazard, numbers) => {
    const { requests, judged, differences } = await runInUse(hazard === 'none' ? '' : hazard, numbers);
    const allowed = NAMED_HAZARDS.filter((each) => hazard === 'all' || each === hazard);
    expect(formatForbidden(hazard, requests, new Set(allowed))).toBe(
      `## ${hazard}: ${requests.length} requests, 0 findings, 0 wrong log-ins in a row\n`,
    );
    expect(differences).toEqual([]);
    expect(judged.filter(({ verdict }) => !['pass', 'skip'].includes(verdict)).map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    const passed = judged.filter(({ verdict }) => verdict === 'pass').length;
    expect(passed).toBeGreaterThan(judged.length / (hazard === 'none' ? 2 : 4));
  },
  LIMIT_MS,
);

import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import { osd } from '../document/sections/24-osd.ts';
import type { Tamper } from '../emulator/tamper.ts';
import { closeSuite } from './close-suite.ts';
import { withEmulatedSession } from './emulated-session.ts';
import { runChecks } from './executor.ts';
import type { Judged } from './judged.ts';
import { loadSuites } from './load-suites.ts';

const NEIGHBOURS = SECTIONS.filter(({ number }) => [7, 24].includes(number));

/** A clock on which nothing passes but what is slept: a busy computer takes no time of it. */
function skippingClock() {
  let skipped = 0;
  return {
    now: () => skipped,
    sleep: async (ms: number) => {
      skipped += ms;
    },
  };
}

/** The verdicts of the checks of these sections that are about what stays, as the run ends with them. */
function stays(tamper: Tamper, numbers: readonly number[] = [7, 24], sleep?: (ms: number) => Promise<void>): Promise<readonly Judged[]> {
  const options = { sections: NEIGHBOURS, environment: { CAMERA_SECTIONS: numbers.join() }, emulator: { tamper } };
  return withEmulatedSession({ ...options, ...(sleep === undefined ? {} : { sleep }) }, async (session) => {
    const judged: Judged[] = [];
    // In the order of a run: what restarts comes last.
    for (const suite of (await loadSuites(numbers)).toReversed()) {
      judged.push(...(await runChecks(suite, session, suite.section === osd ? ['osd/setOsdConf/holds', 'osd/setOsdConf/all-at-once'] : null)));
      judged.push(...(await closeSuite(session)).repeated);
    }
    return [...new Map(judged.map((each) => [each.id, each])).values()];
  });
}

/** What a restart does to a camera that starts with the settings of the factory. */
const forgetful: Tamper = {
  performs: (action, _, camera, perform) => {
    if (action === 'restart') camera.store.reset((get) => get !== 'getOsdConf');
    return perform();
  },
};

const verdicts = (judged: readonly Judged[]): Readonly<Record<string, string>> =>
  Object.fromEntries(judged.filter(({ id }) => /holds$|settings-survive$/.test(id)).map(({ id, verdict }) => [id, verdict]));

describe('what was set', () => {
  it('stays, and survives one restart, on a good camera', { timeout: 60_000 }, async () => {
    expect(verdicts(await stays({}))).toEqual({ 'device-restart/restart/settings-survive': 'pass', 'osd/setOsdConf/holds': 'pass' });
  });

  it.each([1000, 5000, 10_000])('is seen to go back by itself after %i ms', { timeout: 60_000 }, async (ms) => {
    const { now, sleep } = skippingClock();
    let last = { value: 1 as unknown, at: Number.POSITIVE_INFINITY };
    const judged = await stays(
      {
        stored: (action, changes, before) => {
          if (action === 'setOsdConf' && 'font_size' in changes && changes.font_size !== before.font_size)
            last = { value: before.font_size, at: now() };
          return changes;
        },
        reply: (action, _, reply) => (action === 'getOsdConf' && now() - last.at > ms ? { ...reply, font_size: last.value } : reply),
      },
      [7, 24],
      sleep,
    );
    expect(verdicts(judged)['osd/setOsdConf/holds']).toBe('fail');
    expect(judged.find(({ id }) => id.endsWith('/holds'))?.message).toMatch(/Received +font_size reads \d: it does not last/);
  });

  it('is seen to be lost by a restart', { timeout: 60_000 }, async () => {
    const judged = await stays(forgetful);
    expect(verdicts(judged)).toEqual({ 'device-restart/restart/settings-survive': 'fail', 'osd/setOsdConf/holds': 'pass' });
    expect(judged.find(({ id }) => id.endsWith('/settings-survive'))?.message).toContain('behind a restart');
  });

  it('is seen to be lost by a restart in a run of its section alone', { timeout: 60_000 }, async () => {
    const judged = await stays(forgetful, [24]);
    expect(verdicts(judged)).toEqual({ 'osd/setOsdConf/holds': 'fail' });
    expect(judged.find(({ id }) => id.endsWith('/holds'))?.message).toContain('behind a restart');
  });

  it('is seen to be lost by a restart in a run of the restart alone', { timeout: 60_000 }, async () => {
    const judged = await stays(forgetful, [7]);
    expect(verdicts(judged)).toEqual({ 'device-restart/restart/settings-survive': 'fail' });
  });
});

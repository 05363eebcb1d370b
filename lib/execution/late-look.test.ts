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

/** The verdicts of the checks of 7 and 24 that are about what stays, as the run ends with them. */
function stays(tamper: Tamper): Promise<readonly Judged[]> {
  return withEmulatedSession({ sections: NEIGHBOURS, environment: { CAMERA_SECTIONS: '7,24' }, emulator: { tamper } }, async (session) => {
    const judged: Judged[] = [];
    // In the order of a run: what restarts comes last.
    for (const suite of (await loadSuites([7, 24])).toReversed()) {
      judged.push(...(await runChecks(suite, session, suite.section === osd ? ['osd/setOsdConf/holds', 'osd/setOsdConf/all-at-once'] : null)));
      judged.push(...(await closeSuite(session)).repeated);
    }
    return [...new Map(judged.map((each) => [each.id, each])).values()];
  });
}

const verdicts = (judged: readonly Judged[]): Readonly<Record<string, string>> =>
  Object.fromEntries(judged.filter(({ id }) => /holds$|settings-survive$/.test(id)).map(({ id, verdict }) => [id, verdict]));

describe('what was set', () => {
  it('stays, and survives one restart, on a good camera', { timeout: 60_000 }, async () => {
    expect(verdicts(await stays({}))).toEqual({ 'device-restart/restart/settings-survive': 'pass', 'osd/setOsdConf/holds': 'pass' });
  });

  it('is seen to go back by itself after a while', { timeout: 60_000 }, async () => {
    let set = Number.POSITIVE_INFINITY;
    const judged = await stays({
      stored: (action, changes) => {
        if (action === 'setOsdConf' && 'font_size' in changes) set = performance.now();
        return changes;
      },
      reply: (action, _, reply) => (action === 'getOsdConf' && performance.now() - set > 450 ? { ...reply, font_size: 1 } : reply),
    });
    expect(verdicts(judged)['osd/setOsdConf/holds']).toBe('fail');
    expect(judged.find(({ id }) => id.endsWith('/holds'))?.message).toMatch(/Received +font_size reads 1: it does not last/);
  });

  it('is seen to be lost by a restart', { timeout: 60_000 }, async () => {
    const judged = await stays({
      performs: (action, _, camera, perform) => {
        // What is in flash at its start: the settings of the factory.
        if (action === 'restart') camera.store.reset((get) => get !== 'getOsdConf');
        return perform();
      },
    });
    expect(verdicts(judged)).toEqual({ 'device-restart/restart/settings-survive': 'fail', 'osd/setOsdConf/holds': 'pass' });
    expect(judged.find(({ id }) => id.endsWith('/settings-survive'))?.message).toContain('behind a restart');
  });
});

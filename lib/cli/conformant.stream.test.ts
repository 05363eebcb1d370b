/**
 * Whole runs against both models of an external camera: conformant, complete, and nothing left changed. The embedded camera is the model
 * `full` again, in a process that the run starts: a run of some sections, with hazards among them, shows all that is different there.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { modelOf } from '../emulator/models.ts';
import type { EmulatorProcess } from '../emulator/process.ts';
import { ALL_SECTIONS, cameraProcess, conformance, filesBelow, junitSuites, LIMIT_MS, type Run } from './conformance.fixture.ts';

interface External {
  readonly before: Record<string, unknown>;
  readonly after: Record<string, unknown>;
  readonly run: Run;
}

async function runAgainst(emulator: EmulatorProcess, more: Readonly<Record<string, string>>): Promise<External> {
  const before = await emulator.state();
  const run = await conformance({ allure: true, environment: { CAMERA_URL: emulator.url, CAMERA_ALLOW: 'all', ...more } });
  return { before, after: await emulator.state(), run };
}

/** With pictures, streams, a restart, the password and the door. */
const SOME_SECTIONS = ['1', '3', '4', '7', '8', '24', '35', '41'];

let embedded: Run;
const external = {} as Record<'full' | 'literal', External>;
beforeAll(async () => {
  // Two at once: each run and its camera take turns, so that two fill two processors.
  await Promise.all([
    conformance({ allure: true, environment: { CAMERA_SECTIONS: SOME_SECTIONS.join(',') } }).then((run) => {
      embedded = run;
    }),
    (async () => {
      const literal = await cameraProcess({ model: 'literal' });
      // It reports port 554, as the example does, and streams where it can.
      external.literal = await runAgainst(literal, { CAMERA_RTSP_URL: literal.rtspUrl });
      external.full = await runAgainst(await cameraProcess({ model: 'full' }), {});
    })(),
  ]);
}, 3 * LIMIT_MS);

const runs = { embedded: () => embedded, full: () => external.full.run, literal: () => external.literal.run } as const;
const sectionsOf = (name: string): readonly string[] => (name === 'embedded' ? SOME_SECTIONS : ALL_SECTIONS);

describe.each(Object.entries(runs))('a run against the camera "%s"', (name, theRun) => {
  it('ends with 0 and says nothing on stderr', () => {
    const { code, stderr, stdout, results } = theRun();
    expect(stderr).toBe('');
    expect(stdout).toContain('Exit code 0: conformant');
    expect({ code, exitCode: results.exitCode, verdict: results.verdict }).toEqual({ code: 0, exitCode: 0, verdict: 'conformant' });
  });

  it('fails and breaks nowhere, and warns of exactly what its model is known for', () => {
    const { checks, fault, summary } = theRun().results;
    const complaints = checks.filter(({ verdict }) => ['fail', 'warn', 'error'].includes(verdict));
    const ran = new Set(checks.map(({ id }) => id));
    const expected = modelOf(name === 'embedded' ? 'full' : name).expectedWarnings.filter((id) => name !== 'embedded' || ran.has(id));
    expect(complaints.map(({ id, verdict }) => `${verdict} ${id}`).toSorted()).toEqual(expected.map((id) => `warn ${id}`));
    expect({ ...summary, fault }).toMatchObject({ failed: 0, warned: expected.length, errors: 0, fault: null });
  });

  it('tests every section, and every check under its own id', () => {
    const { sections, checks } = theRun().results;
    expect(sections.toSorted((a, b) => Number(a) - Number(b))).toEqual(sectionsOf(name));
    expect(ALL_SECTIONS).toHaveLength(42);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    expect(checks.length).toBeGreaterThan(name === 'embedded' ? 250 : 3000);
  });

  it('says why it skipped what it skipped', () => {
    const skipped = theRun().results.checks.filter(({ verdict }) => verdict === 'skip');
    for (const { id, skipReason, message } of skipped) {
      expect(skipReason, id).toBeOneOf(['not-offered', 'blocked', 'not-testable']);
      expect(message, id).toBeTruthy();
    }
  });

  it('reports the settings as put back', () => {
    expect(theRun().results.restore).toEqual({ verdict: 'restored', differences: [] });
  });

  it('names the camera', () => {
    expect(theRun().results.camera).toMatchObject({ deviceId: 'CBT000114010100010238', mac: '88-07-cb-00-02-be' });
  });

  it('writes one JUnit suite for each section', () => {
    const numbers = junitSuites(theRun().folder).map((name) => name.split(' ')[0]);
    expect(numbers).toEqual(sectionsOf(name));
  });

  it('writes one Allure result for each check', () => {
    const { folder, results } = theRun();
    const written = filesBelow(folder).filter(({ name }) => name.endsWith('-result.json'));
    const ids = written.map(({ text }) => (JSON.parse(text) as { name: string }).name.replace(/^Warning: /, '').split(': ')[0]);
    expect(ids.toSorted()).toEqual(results.checks.map(({ id }) => id).toSorted());
  });
});

describe.each(['full', 'literal'] as const)('the camera "%s" after the run', (model) => {
  it('is in every setting, account, clock, file and switch as it was', () => {
    const { before, after } = external[model];
    // No request of the document removes a preset point.
    expect({ ...after, presets: [] }).toEqual(before);
  });

  it('holds one preset point more, the one to come back to', () => {
    expect(external[model].after.presets).toEqual([100]);
  });
});

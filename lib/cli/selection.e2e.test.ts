/** Which settings a run goes by: the selection of sections, flags over environment over `.env`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleCheck, sampleResults } from '../results/sample-results.fixture.ts';
import { camera, conformance, junitSuites, LIMIT_MS, type Run, temporaryFolder } from './conformance.fixture.ts';

const sectionsOf = ({ results }: Run): readonly string[] => [...new Set(results.checks.map(({ section }) => section.split('.')[0] ?? ''))];

describe('CAMERA_SECTIONS', () => {
  let one: Run;
  let two: Run;
  beforeAll(async () => {
    [one, two] = await Promise.all([
      conformance({ environment: { CAMERA_SECTIONS: '21' } }),
      conformance({ environment: { CAMERA_SECTIONS: '1' }, flags: ['--sections', '5,21'] }),
    ]);
  }, LIMIT_MS);

  it('runs one section only', () => {
    expect(one.code).toBe(0);
    expect(one.results.sections).toEqual(['21']);
    expect(sectionsOf(one)).toEqual(['21']);
    expect(junitSuites(one.folder)).toEqual(['21 Video']);
  });

  it('runs several sections only, and gives way to the flag', () => {
    expect(two.code).toBe(0);
    expect(two.results.sections).toEqual(['5', '21']);
    expect(sectionsOf(two)).toEqual(['5', '21']);
  });
});

describe('--check', () => {
  let alone: Run;
  let unknown: Run;
  beforeAll(async () => {
    [alone, unknown] = await Promise.all([
      conformance({ folder: reported(), flags: ['--check', '21.2/bitrate/round-trip', '--check', 'open-door/*/performed'] }),
      conformance({ folder: reported(), environment: { CAMERA_CHECK: 'video/bitrate/rount-trip' } }),
    ]);
  }, LIMIT_MS);
  /** A folder with what a whole run left. */
  const whole = JSON.stringify(sampleResults([sampleCheck()]));
  const reported = (): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'results.json'), whole);
    return folder;
  };

  it('runs these checks and those that they depend on, nothing else', () => {
    const { code, results } = alone;
    expect(alone.stderr).toBe('');
    expect(code).toBe(0);
    expect(results.checks.map(({ id }) => id)).toEqual(['video/bitrate/type', 'video/bitrate/round-trip', 'open-door/openDoor/performed']);
    expect(results.selection).toEqual(['21.2/bitrate/round-trip', 'open-door/*/performed']);
    expect(results.camera.version).not.toBeNull();
    expect(results.restore).toEqual({ verdict: 'restored', differences: [] });
  });

  it('says what ran beside them, and where the report of the whole run is now', () => {
    expect(alone.stdout).toContain('Selected 21.2/bitrate/round-trip, open-door/*/performed; 1 other check ran first, as preparation\n');
    expect(alone.stdout).toContain(join(alone.folder, 'earlier-run', 'statement.html'));
    for (const { folder } of [alone, unknown]) expect(readFileSync(join(folder, 'earlier-run', 'results.json'), 'utf8')).toBe(whole);
  });

  it('that names none is refused, with what may have been meant', () => {
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/^There is no check video\/bitrate\/rount-trip; the nearest are video\/bitrate\/round-trip, .*\n$/);
  });
});

describe('the sources of settings', () => {
  let fromFile: Run;
  let fromEnvironment: Run;
  let fromFlags: Run;
  beforeAll(async () => {
    // No two runs at once work on the same camera.
    const [first, second, third] = [await camera(), await camera({ password: 'other' }), await camera({ password: 'other' })];
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, '.env'), `CAMERA_URL=${first.url}\nCAMERA_SECTIONS=8\nCAMERA_PASSWORD=123456\n`);
    const absent = ['CAMERA_URL', 'CAMERA_SECTIONS', 'CAMERA_PASSWORD'];
    [fromFile, fromEnvironment, fromFlags] = await Promise.all([
      conformance({ cwd, absent }),
      conformance({ cwd, absent, environment: { CAMERA_URL: second.url, CAMERA_PASSWORD: 'other', CAMERA_SECTIONS: '38' } }),
      conformance({
        cwd,
        absent,
        environment: { CAMERA_URL: first.url, CAMERA_PASSWORD: 'wrong' },
        flags: ['--url', third.url, '--password=other', '--sections', '34'],
      }),
    ]);
    expect([fromFile.stderr, fromEnvironment.stderr, fromFlags.stderr]).toEqual(['', '', '']);
    expect([fromFile.results.camera.url, fromEnvironment.results.camera.url, fromFlags.results.camera.url]).toEqual([
      `${first.url}/`,
      `${second.url}/`,
      `${third.url}/`,
    ]);
  }, LIMIT_MS);

  it('begin with the .env file of the working directory', () => {
    expect({ code: fromFile.code, sections: sectionsOf(fromFile) }).toEqual({ code: 0, sections: ['8'] });
  });

  it('go on with the environment, which wins over the file', () => {
    expect({ code: fromEnvironment.code, sections: sectionsOf(fromEnvironment) }).toEqual({ code: 0, sections: ['38'] });
  });

  it('end with flags, which win over the environment', () => {
    expect({ code: fromFlags.code, sections: sectionsOf(fromFlags) }).toEqual({ code: 0, sections: ['34'] });
  });
});

/** `npm run fuzz` against cameras with a planted defect: found, shrunk, told how to repeat, and put back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { camera, faultyCamera, runCommand } from './conformance.fixture.ts';

/** On one section, so that few seconds are enough. */
const fuzz = (url: string, ...flags: readonly string[]) =>
  runCommand({ command: 'fuzz', environment: { CAMERA_URL: url, CAMERA_ALLOW: 'all', CAMERA_SECTIONS: '8' }, flags });

test('a camera that stores an hour beyond 20 as 20 is found, and the line that repeats it finds it again', async () => {
  const { url } = await faultyCamera({
    tamper: { stored: (action, changes) => (action === 'setRebootConf' && Number(changes.hour) > 20 ? { ...changes, hour: 20 } : changes) },
  });
  const found = await fuzz(url, '--seconds', '6', '--seed', '1');
  expect(found.stderr).toBe('');
  expect(found.code).toBe(1);
  expect(found.stdout).toMatch(
    /^legal getRebootConf 8\.1 hour {3}8\.2\n {2}Sent {8}\{.*"hour":21.*\}\n {2}Documented {2}code 0, and getRebootConf then returns hour 21/m,
  );
  expect(found.stdout).toMatch(/^ {2}Send again {2}curl .*setRebootConf/m);
  const [, seed = '', path = ''] = /npm run fuzz -- --seed (\d+) --path (\S+)$/m.exec(found.stdout) ?? [];
  const written = JSON.parse(readFileSync(join(found.folder, 'fuzz.json'), 'utf8'));
  expect(written).toMatchObject({ schemaVersion: 1, exitCode: 1, differences: [], findings: [{ key: 'legal getRebootConf 8.1 hour' }] });
  const again = await fuzz(url, '--seed', seed, '--path', path);
  expect(again.code).toBe(1);
  expect(again.stdout).toContain('legal getRebootConf 8.1 hour');
});

test('Ctrl-C puts a camera back; nothing is found on one without fault', async () => {
  const emulator = await camera();
  const before = await emulator.state();
  const run = await runCommand({
    command: 'fuzz',
    environment: { CAMERA_URL: emulator.url, CAMERA_SECTIONS: '5,8,24' },
    flags: ['--seconds', '60'],
    // Once it has changed something.
    started: async (child) => {
      while (child.exitCode === null && !(await emulator.requests()).some(({ action }) => action === 'setOsdConf')) await pause(20);
      child.kill('SIGINT');
    },
  });
  expect(run.stderr).toBe('Ending: the camera is put back. Once more ends at once, and leaves the camera as it is.\n');
  expect(run.code).toBe(0);
  expect((await emulator.requests()).some(({ action }) => action === 'setOsdConf')).toBe(true);
  expect(await emulator.state()).toEqual(before);
});

test('what is wrong with the flags is said in sentences', async () => {
  const run = await runCommand({ command: 'fuzz', flags: ['--seconds', '0', '--path', '1:2'] });
  expect(run.code).toBe(2);
  expect(run.stderr).toBe('--seconds: "0" is not a whole number from 1 to 86400\n--path: give --seed with it, as the finding shows\n');
});

import { expect, it } from 'vitest';
import { HAZARDS } from '../../document/notation.ts';
import { sampleResults } from '../../results/sample-results.fixture.ts';
import { formatEnvironment } from './allure-environment.ts';

it('says which camera was tested, how, and by which suite', () => {
  const text = formatEnvironment(sampleResults([]), '0.1.0');
  expect(text.split('\n').slice(0, 4)).toEqual([
    'Verdict = conformant\\ (exit\\ code\\ 0)',
    'Result = 0\\ passed,\\ 0\\ failed,\\ 0\\ warnings',
    'Camera = http\\://192.168.1.89',
    'Device\\ ID = RG10',
  ]);
  expect(text).toContain('Suite\\ version = 0.1.0\n');
  expect(text).toContain('Firmware\\ version = 1.0\n');
  expect(text).toContain('Hazards\\ allowed = ptz\n');
  expect(text).toContain('Sections = 21\n');
  expect(formatEnvironment(sampleResults([], { selection: ['video/*'] }), '0.1.0')).toContain(
    'Selected = video/*,\\ and\\ what\\ they\\ depend\\ on\n',
  );
  expect(formatEnvironment(sampleResults([], { allowed: [...HAZARDS] }), '0.1.0')).toContain('Hazards\\ allowed = all\n');
  expect(text).not.toContain('Model');
});

it('keeps what a camera calls itself in one line of plain characters', () => {
  const hostile = sampleResults([]);
  const text = formatEnvironment({ ...hostile, camera: { ...hostile.camera, deviceId: `a\nVerdict=good\\\u202eé${'x'.repeat(999)}` } }, '0.1.0');
  const line = text.split('\n').find((each) => each.startsWith('Device')) ?? '';
  expect(line).toMatch(/^Device\\ ID = a\\\\x0AVerdict\\=good\\\\\\\\u\{202E\}\\u00e9x+\\u2026$/);
  expect(line.length).toBeLessThan(260);
  expect(text.match(/^Verdict/gm)).toHaveLength(1);
});

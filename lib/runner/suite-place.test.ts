import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import { suitePlace } from './suite-place.ts';
import { ROOT } from './suites-config.ts';

describe('suitePlace', () => {
  test.each(SECTIONS.map(({ slug }) => slug))('finds the suite of %s', (slug) => {
    const place = suitePlace(`${slug}/x/y`);
    const line = readFileSync(join(ROOT, place?.file ?? ''), 'utf8').split('\n')[(place?.line ?? 0) - 1];
    expect(line).toMatch(/generic\(|^\/\*\*|^import /);
  });

  test('finds the line of a check that is written out', () => {
    const place = suitePlace('generic/action/unknown');
    expect(place?.file).toBe(join('suites', '01-generic.test.ts'));
    expect(readFileSync(join(ROOT, place?.file ?? ''), 'utf8').split('\n')[(place?.line ?? 0) - 1]).toContain("'generic/action/unknown'");
  });

  test('is relative to where the repository is, and null for what is no check of a suite', () => {
    expect(suitePlace('video/x', join(ROOT, '..'))?.file).toMatch(/^[^/]+\/suites\/21-video\.test\.ts$/);
    expect(suitePlace('nothing/x')).toBeNull();
  });
});

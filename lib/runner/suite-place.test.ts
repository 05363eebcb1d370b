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

  test.each([
    ['rtsp/unknown-stream/refused', '19.2-describe.ts', "'rtsp/unknown-stream/refused'"],
    ['rtsp/stream_1.udp/teardown', '19.5-teardown.ts', '}/teardown`'],
    ['rtsp/audio_sub/in-stream', '19.8-audio-tracks.ts', '}/in-stream`'],
  ])('finds %s in the part of its suite that says it', (id, part, words) => {
    const place = suitePlace(id);
    expect(place?.file).toBe(join('suites', '19-rtsp', part));
    expect(readFileSync(join(ROOT, place?.file ?? ''), 'utf8').split('\n')[(place?.line ?? 0) - 1]).toContain(words);
  });

  test('is relative to where the repository is, and null for what is no check of a suite', () => {
    expect(suitePlace('video/x', join(ROOT, '..'))?.file).toMatch(/^[^/]+\/suites\/21-video\.test\.ts$/);
    expect(suitePlace('nothing/x')).toBeNull();
  });
});

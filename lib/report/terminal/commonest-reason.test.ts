import { expect, test } from 'vitest';
import { sampleCheck } from '../../results/sample-results.fixture.ts';
import { commonestReason } from './commonest-reason.ts';

const skipped = (message: string | null, skipReason: 'blocked' | 'not-allowed' = 'blocked') => sampleCheck({ verdict: 'skip', skipReason, message });

test('the same answer to many actions is one reason', () => {
  const checks = [
    sampleCheck(),
    skipped('proves nothing as long as video/bitrate/type fails'),
    skipped('getOsdConf is answered with the text "error user/pwd"'),
    skipped('getVencConf is answered with the text "error user/pwd"'),
    ...Array.from({ length: 9 }, () => skipped('needs CAMERA_ALLOW=ptz', 'not-allowed')),
  ];
  expect(commonestReason(checks)).toEqual({ sentence: 'an action is answered with the text "error user/pwd"', checks: 2 });
});

test('there is none where nothing was blocked', () => {
  expect(commonestReason([sampleCheck(), skipped(null), skipped('needs CAMERA_ALLOW=ptz', 'not-allowed')])).toBeNull();
});

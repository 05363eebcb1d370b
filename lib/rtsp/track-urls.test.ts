import { expect, test } from 'vitest';
import { urlsOfTrack } from './track-urls.ts';

const BASE = 'rtsp://camera/stream_0';

test.each<readonly [string | null, number, number, readonly string[]]>([
  ['trackID=1', 0, 1, [`${BASE}/trackID=1`, 'rtsp://camera/trackID=1']],
  ['rtsp://camera/a/b', 0, 2, ['rtsp://camera/a/b']],
  [null, 0, 1, [BASE]],
  [null, 1, 2, [BASE, `${BASE}/trackID=2`, `${BASE}/trackID=1`]],
])('a control of %j, track %i of %i', (control, index, tracks, urls) =>
  expect(urlsOfTrack(BASE, { control, index } as Parameters<typeof urlsOfTrack>[1], tracks)).toEqual(urls),
);

/**
 * Wrong streams and pictures all the way through the command: the checks that turn red or yellow, their messages, the exit code. All
 * other faults are planted by `npm run qualify`; that each turns these checks red and no others is in `qualify/exact-complaints.stream.test.ts`.
 */
import { expect, it } from 'vitest';
import { findDefect } from '../emulator/defects/index.ts';
import { conformance, faultyCamera, LIMIT_MS } from './conformance.fixture.ts';

interface Fault {
  readonly defect: string;
  /** the settings that choose what is run */
  readonly environment: Readonly<Record<string, string>>;
  /** ids of the checks that fail, `warn …` of those that warn */
  readonly found: readonly string[];
  /** what the message of each says was received */
  readonly seen: RegExp;
  readonly code: number;
}

const FAULTS: readonly Fault[] = [
  {
    defect: 'rtsp/header/other-source',
    environment: { CAMERA_SECTIONS: '19', CAMERA_CHECK: 'rtsp/stream_0.udp/*' },
    found: ['rtsp/stream_0.udp/rtp-header'],
    seen: /^SSRC [\da-f]{1,8}$/,
    code: 1,
  },
  {
    defect: 'osd/title/not-drawn',
    environment: { CAMERA_SECTIONS: '24' },
    found: ['warn osd/title_list/in-picture'],
    seen: /^nothing new there/,
    code: 0,
  },
  {
    defect: 'snapshot/jpeg/cut-by-a-fifth',
    environment: { CAMERA_SECTIONS: '3,36' },
    found: ['snap-base64-image/image_base64/whole-jpeg', 'snapshot/jpeg/asked', 'snapshot/jpeg/default'],
    seen: /^coded data for \d+ of them: it is cut, or names a height that it does not have$/,
    code: 1,
  },
];

it.each(FAULTS)('a camera with the defect $defect', { timeout: LIMIT_MS }, async ({ defect, environment, found, seen, code: expected }) => {
  const planted = findDefect(defect);
  const { url } = await faultyCamera(planted?.plant() ?? {});
  const { code, results } = await conformance({ environment: { CAMERA_URL: url, ...environment } });
  const complaints = results.checks.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip');
  expect(complaints.map(({ id, verdict }) => (verdict === 'fail' ? id : `${verdict} ${id}`)).toSorted()).toEqual(found.toSorted());
  for (const { id, message } of complaints) expect(/^Received +(.*)$/m.exec(message ?? '')?.[1], id).toMatch(seen);
  expect(code).toBe(expected);
});

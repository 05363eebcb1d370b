/** A camera that restarts by itself, whose clock jumps, or that is suddenly another one, is noticed and told of with the check concerned. */
import { describe, expect, test } from 'vitest';
import { deviceTimedRestart } from '../document/sections/08-device-timed-restart.ts';
import { runDisturbed } from './disturbed-run.fixture.ts';

const HOUR_S = 3600;
const now = (): number => Math.round(Date.now() / 1000);

describe('a clock that jumps', () => {
  test.concurrent('is told of between the checks where it did, which are repeated', async () => {
    const run = await runDisturbed(deviceTimedRestart, {
      before: (request, other) => (request === 50 ? other.ask('setTime', { ntp_enable: 0, CurTime: now() + HOUR_S }) : undefined),
    });
    expect(run.complaints).toEqual([]);
    expect(run.report.notices).toEqual([
      expect.stringMatching(
        /^The clock of the camera jumped by 3\d{3} s between the beginning of the run and device-timed-restart\/\S+: it restarted by itself, or something else set its clock\. The \d+ checks in question were repeated\.$/,
      ),
    ]);
    expect(run.report.repeated.length).toBeGreaterThan(10);
    expect(run.report.repeated.every(({ verdict }) => verdict === 'pass' || verdict === 'skip')).toBe(true);
  });

  test.concurrent('twice in the same checks leaves the question open for those that failed', async () => {
    let jumps = 0;
    let closing = 0;
    const run = await runDisturbed(deviceTimedRestart, {
      tamper: { reply: (action, _, reply) => (action === 'getRebootConf' && jumps > 0 ? { ...reply, hour: 99 } : reply) },
      before: (request, other, phase) => {
        if (phase === 'closing') closing += 1;
        if (request !== 50 && closing !== 30) return undefined;
        closing += 1;
        jumps += 1;
        return other.ask('setTime', { ntp_enable: 0, CurTime: now() + jumps * HOUR_S });
      },
    });
    expect(jumps).toBe(2);
    expect(run.judged.find(({ id }) => id === 'device-timed-restart/hour/range')).toMatchObject({
      verdict: 'skip',
      skipReason: 'blocked',
      message: expect.stringContaining('and again while it was repeated'),
    });
    expect(run.report.notices.filter((notice) => notice.startsWith('The clock of the camera jumped'))).toHaveLength(2);
  });
});

test.concurrent('a camera that restarts is waited for; the check is repeated, and named with the one before it', async () => {
  const run = await runDisturbed(deviceTimedRestart, { before: (request, other) => (request === 60 ? other.ask('restart') : undefined) });
  expect(run.complaints).toEqual([]);
  expect(run.report.fault).toBeNull();
  expect(run.report.notices).toEqual([
    expect.stringMatching(
      /^The camera went away during device-timed-restart\/\S+, after device-timed-restart\/\S+ and answered again \d+\.\d s later/,
    ),
  ]);
  expect(run.isAsBefore).toBe(true);
});

describe('another camera at the same address', () => {
  const ANOTHER = { deviceID: 'CBT000114010100010239', device_id: 'CBT000114010100010239', device_mac: '88-07-cb-00-02-bf' };

  test.concurrent('that stays gets nothing more: the run ends, and what is not back is named', async () => {
    let isAnother = false;
    let writes = 0;
    const run = await runDisturbed(deviceTimedRestart, {
      tamper: {
        reply: (_, __, reply) => (isAnother ? { ...reply, ...ANOTHER } : reply),
        stored: (_, changes) => {
          if (isAnother) writes += 1;
          return changes;
        },
      },
      before: (request) => {
        isAnother ||= request === 50;
        return undefined;
      },
    });
    expect(run.complaints).toEqual([]);
    expect(run.report.fault).toMatch(
      /^Another camera answers at 127\.0\.0\.1:\d+: CBT000114010100010239, 88-07-cb-00-02-bf instead of CBT000114010100010238, .* It was noticed during \S+, after \S+\. Nothing more was sent to it\.$/,
    );
    // The request with which it was noticed had gone out by then.
    expect(writes).toBeLessThanOrEqual(1);
    expect(run.report.restore.verdict).toBe('left-modified');
    expect(run.report.restore.differences[0]).toMatch(/^getRebootConf .* could not be put back: another camera answers at its address$/);
  });

  test.concurrent('that is gone again is told of, and the check is repeated', async () => {
    let isAnother = false;
    const run = await runDisturbed(deviceTimedRestart, {
      tamper: { reply: (_, __, reply) => (isAnother ? { ...reply, ...ANOTHER } : reply) },
      before: (request) => {
        isAnother = request >= 72 && request < 76;
        return undefined;
      },
    });
    expect(run.complaints).toEqual([]);
    expect(run.report.fault).toBeNull();
    expect(run.report.notices.join('\n')).toMatch(/^Another camera answers .* The first one answered again later, and the check was repeated\.$/m);
  });
});

import type { Camera } from '../lib/camera/camera.ts';
import type { Outcome } from '../lib/camera/outcome.ts';
import { poll } from '../lib/camera/waiting.ts';
import { DONE_STRICTLY } from '../lib/checks/expectations.ts';
import { fail, Skipped } from '../lib/checks/finding.ts';
import { timeConfiguration } from '../lib/document/sections/10-time-configuration.ts';
import { section, type Workplace } from '../lib/runner/section.ts';

const options = { action: 'setTime', place: '10.2' } as const;
const HOUR_S = 3600;
/** A request takes a while, and clocks are read in whole seconds. */
const TOLERANCE_S = 3;

/** deviceTime in seconds, and the tester's own clock in seconds at that moment. */
interface Reading {
  readonly time: number;
  readonly at: number;
  readonly outcome: Outcome & { kind: 'done' };
}

async function readClock(camera: Camera): Promise<Reading> {
  const outcome = await camera.call('getDeviceTime', null);
  if (outcome.kind !== 'done') throw new Skipped('not-offered', 'getDeviceTime is not offered');
  if (typeof outcome.reply.deviceTime !== 'number') throw new Skipped('not-offered', 'getDeviceTime does not return deviceTime');
  return { time: outcome.reply.deviceTime, at: performance.now() / 1000, outcome };
}

const setTime = (camera: Camera, members: Readonly<Record<string, unknown>>) => camera.call('setTime', members);

/** Lets `use` change the clock and puts it back with the time that passed; the settings themselves the suite puts back. */
async function withOwnClock({ camera, part }: Workplace, use: (before: Reading) => Promise<void>): Promise<void> {
  const before = await readClock(camera);
  await camera.aboutToChange(part());
  try {
    await use(before);
  } finally {
    const now = Math.round(before.time + performance.now() / 1000 - before.at);
    await setTime(camera, { CurTime: now, ntp_enable: 0 });
  }
}

section(timeConfiguration, ({ generic, requirement }) => {
  generic();

  requirement(
    'time-configuration/deviceTime/runs',
    'must',
    'deviceTime is in seconds and runs on',
    { place: '10.1', action: 'getDeviceTime', covers: ['clock-counts-seconds'] },
    async ({ camera }) => {
      const first = await readClock(camera);
      const later = await poll(5000, async () => {
        const reading = await readClock(camera);
        return reading.time > first.time ? reading : null;
      });
      const { exchange } = first.outcome.answer;
      if (later === null) fail('deviceTime goes on with the seconds', `${first.time} for 5 s`, exchange);
      const passed = later.at - first.at;
      if (later.time - first.time > passed + TOLERANCE_S) {
        fail(`deviceTime goes on by about ${passed.toFixed(1)} s in that time`, `by ${later.time - first.time}`, exchange);
      }
    },
  );

  requirement(
    'time-configuration/CurTime/clock-follows',
    'must',
    'in device timing mode the clock goes on from CurTime',
    { ...options, covers: ['clock-follows-cur-time', 'device-timing-mode', 'CurTime/settable'], strict: DONE_STRICTLY },
    async (workplace) => {
      const { camera, done } = workplace;
      await withOwnClock(workplace, async (before) => {
        const wanted = before.time + HOUR_S;
        const outcome = await setTime(camera, { CurTime: wanted, ntp_enable: 0 });
        done(outcome);
        const sentAt = performance.now() / 1000;
        const after = await readClock(camera);
        const expected = wanted + after.at - sentAt;
        if (Math.abs(after.time - expected) > TOLERANCE_S) {
          fail(`deviceTime about ${Math.round(expected)} after CurTime ${wanted}`, `deviceTime ${after.time}`, outcome.answer.exchange);
        }
        if (after.outcome.reply.ntp_enable !== 0)
          fail('ntp_enable 0 is read back', `ntp_enable ${after.outcome.reply.ntp_enable}`, outcome.answer.exchange);
      });
    },
  );

  requirement(
    'time-configuration/timeZone/clock-stays',
    'must',
    'the time stamp does not depend on the time zone',
    { ...options, covers: ['clock-counts-seconds'], strict: DONE_STRICTLY },
    async (workplace) => {
      const { camera, lab, done } = workplace;
      await lab().opening();
      await withOwnClock(workplace, async (before) => {
        const zone = before.outcome.reply.timeZone;
        if (typeof zone !== 'number') throw new Skipped('not-offered', 'getDeviceTime does not return timeZone');
        const outcome = await setTime(camera, { ntp_enable: 0, timeZone: zone === 13 ? 26 : 13 });
        done(outcome);
        const after = await readClock(camera);
        const expected = before.time + after.at - before.at;
        if (Math.abs(after.time - expected) > TOLERANCE_S) {
          fail(`deviceTime about ${Math.round(expected)} in any time zone`, `deviceTime ${after.time}`, outcome.answer.exchange);
        }
      });
    },
  );

  requirement(
    'time-configuration/ntp/mode',
    'must',
    'takes NTP mode with server, interval and zone in one request',
    { ...options, covers: ['ntp-mode'], strict: DONE_STRICTLY },
    async ({ camera, lab, part, done }) => {
      const before = await lab().opening();
      await camera.aboutToChange(part());
      // Others than now: what is kept could not be told from what is stored.
      const wanted = {
        ntpServer: before.ntpServer === 'pool.ntp.org' ? 'time.nist.gov' : 'pool.ntp.org',
        timeInterval: before.timeInterval === 60 ? 120 : 60,
        timeZone: before.timeZone === 26 ? 13 : 26,
        ntp_enable: 1,
      };
      const outcome = await setTime(camera, wanted);
      done(outcome);
      const after = await lab().read();
      for (const [name, value] of Object.entries(wanted)) {
        if (name in before && after[name] !== value)
          fail(`${name} is ${JSON.stringify(value)}`, JSON.stringify(after[name]), outcome.answer.exchange);
      }
    },
  );
});

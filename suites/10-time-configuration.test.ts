import { setTimeout as pause } from 'node:timers/promises';
import type { Camera } from '../lib/camera/camera.ts';
import type { Outcome } from '../lib/camera/outcome.ts';
import { poll } from '../lib/camera/poll.ts';
import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { ahead, moment } from '../lib/checks/time/epoch.ts';
import { TIME_ZONES, timeConfiguration } from '../lib/document/sections/10-time-configuration.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import { fail, finding, Skipped, verify } from '../lib/results/finding.ts';

const options = { action: 'setTime', place: '10.2' } as const;
/** How far the clock is put on: no multiple of a quarter of an hour, so that a clock that stays is told from one in another time zone. */
const PUT_ON_S = 5000;
/** A request takes a while, and clocks are read in whole seconds. */
const TOLERANCE_S = 3;
/** A clock that was set is read once more behind this: it may stand still, race, or go back to what it was. */
const HOLD_MS = 5000;
/** Two readings in whole seconds. */
const COUNTING_S = 1.5;
const QUARTER_S = 900;
const FARTHEST_ZONE_S = 14 * 3600;

/** deviceTime may count in universal or in local time: as much as lies between the two is no error. */
const zoneIn = (differenceS: number): number => {
  const zone = Math.round(differenceS / QUARTER_S) * QUARTER_S;
  return Math.abs(zone) <= FARTHEST_ZONE_S && Math.abs(differenceS - zone) <= TOLERANCE_S ? zone : 0;
};

const offsetOf = (zone: number): number => {
  const [, sign, hours, minutes] = /UTC([+-])(\d\d):(\d\d)/.exec(TIME_ZONES[zone as keyof typeof TIME_ZONES] ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
};

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

/** 2000-01-01T00:00:00Z, in seconds: an earlier clock is none that was ever set. */
const FIRST_SET_S = 946_684_800;

/** The clock as it is: what shows 1970 behind a set may still settle. */
const readSetClock = (camera: Camera): Promise<Reading> =>
  camera.settling.until(
    'getDeviceTime',
    performance.now(),
    () => readClock(camera),
    ({ time }) => time >= FIRST_SET_S,
  );

/** The reading shows the fault, whatever was set before it. */
function failForClock({ time, outcome }: Reading, expected: number, when: string, why = ''): never {
  fail(
    `deviceTime ${moment(expected)}, give or take ${TOLERANCE_S} s, ${when}`,
    `deviceTime ${moment(time)}: ${ahead(time - expected, TOLERANCE_S)}${why}`,
    outcome.answer.exchange,
  );
}

const setTime = (camera: Camera, members: Readonly<Record<string, unknown>>) => camera.call('setTime', members);

/** Lets `use` change the clock and puts it back with the time that passed; the settings themselves the suite puts back. */
async function withOwnClock({ camera, part }: Workplace, use: (before: Reading) => Promise<void>): Promise<void> {
  const before = await readSetClock(camera);
  await camera.aboutToChange(part());
  try {
    await use(before);
  } finally {
    const now = () => Math.round(before.time + performance.now() / 1000 - before.at);
    await setTime(camera, { CurTime: now(), ntp_enable: 0 });
    // What counts in local time may be set in universal time.
    const zone = await readSetClock(camera).then(
      ({ time }) => zoneIn(time - now()),
      (error) => {
        if (error instanceof Skipped) return 0;
        throw error;
      },
    );
    if (zone !== 0) await setTime(camera, { CurTime: now() - zone, ntp_enable: 0 });
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
      const first = await readSetClock(camera);
      const later = await poll(5000, async () => {
        const reading = await readClock(camera);
        return reading.time > first.time ? reading : null;
      });
      if (later === null)
        fail('a deviceTime that goes on by 1 every second', `${moment(first.time)} for 5 s: the clock stands still`, first.outcome.answer.exchange);
      const passed = later.at - first.at;
      const counted = later.time - first.time;
      if (counted > passed + TOLERANCE_S) {
        fail(
          `a deviceTime that goes on with the seconds: by ${passed.toFixed(1)} in that time, at most ${TOLERANCE_S} more`,
          `${first.time}, then ${later.time}: ${counted} more${counted > 100 * passed ? ', so that it counts no seconds' : ''}`,
          later.outcome.answer.exchange,
        );
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
        const wanted = before.time + PUT_ON_S;
        const outcome = await setTime(camera, { CurTime: wanted, ntp_enable: 0 });
        done(outcome);
        const sentAt = performance.now() / 1000;
        const expectedIn = ({ at }: Reading): number => wanted + at - sentAt;
        const differenceIn = (reading: Reading): number => reading.time - expectedIn(reading);
        const after = await camera.settling.until(
          'getDeviceTime',
          sentAt * 1000,
          () => readClock(camera),
          (reading) => Math.abs(differenceIn(reading) - zoneIn(differenceIn(reading))) <= TOLERANCE_S,
        );
        const expected = expectedIn(after) + zoneIn(differenceIn(after));
        if (Math.abs(after.time - expected) > TOLERANCE_S) {
          const isIgnored = Math.abs(after.time - (before.time + after.at - before.at)) <= TOLERANCE_S;
          failForClock(after, expected, `after setTime with CurTime ${wanted}`, isIgnored ? '; the clock runs on as before the set' : '');
        }
        if (after.outcome.reply.ntp_enable !== 0)
          fail(
            'ntp_enable 0 is read back after setTime with ntp_enable 0',
            `ntp_enable ${JSON.stringify(after.outcome.reply.ntp_enable)}`,
            after.outcome.answer.exchange,
          );
        await pause(HOLD_MS);
        const later = await readClock(camera);
        const [passed, counted] = [later.at - after.at, later.time - after.time];
        if (Math.abs(counted - passed) > COUNTING_S) {
          fail(
            `a clock that goes on with the seconds after it was set: by ${passed.toFixed(1)} in that time`,
            `deviceTime ${moment(after.time)}, then ${moment(later.time)}: ${counted} more`,
            later.outcome.answer.exchange,
          );
        }
      });
    },
  );

  requirement(
    'time-configuration/timeZone/clock-stays',
    'must',
    'the time stamp depends on the time zone in no way, or as local time does',
    { ...options, covers: ['clock-counts-seconds'], strict: DONE_STRICTLY },
    async (workplace) => {
      const { camera, lab, done } = workplace;
      await lab().opening();
      await withOwnClock(workplace, async (before) => {
        const zone = before.outcome.reply.timeZone;
        if (typeof zone !== 'number') throw new Skipped('not-offered', 'getDeviceTime does not return timeZone');
        const other = zone === 13 ? 26 : 13;
        const sentAt = performance.now();
        done(await setTime(camera, { ntp_enable: 0, timeZone: other }));
        const expectedIn = ({ at }: Reading): number => before.time + at - before.at;
        const asLocal = offsetOf(other) - offsetOf(zone);
        const isRight = (reading: Reading): boolean =>
          [0, asLocal].some((shift) => Math.abs(reading.time - expectedIn(reading) - shift) <= TOLERANCE_S);
        const after = await camera.settling.until('getDeviceTime', sentAt, () => readClock(camera), isRight);
        if (!isRight(after)) failForClock(after, expectedIn(after), `in any time zone: setTime changed timeZone from ${zone} to ${other}`);
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
      const all = {
        ntpServer: before.ntpServer === 'ntp.example.com' ? '192.0.2.123' : 'ntp.example.com',
        timeInterval: before.timeInterval === 60 ? 120 : 60,
        timeZone: before.timeZone === 26 ? 13 : 26,
        ntp_enable: 1,
      };
      if (!('ntp_enable' in before)) throw new Skipped('not-offered', 'getDeviceTime does not return ntp_enable');
      const wanted = Object.fromEntries(Object.entries(all).filter(([name]) => name in before));
      const outcome = await setTime(camera, wanted);
      done(outcome);
      const after = await lab().readBehind(outcome, wanted);
      verify(
        Object.entries(wanted)
          .filter(([name, value]) => after[name] !== value)
          .map(([name, value]) =>
            finding(
              `code 0, and getDeviceTime then returns ${name} ${JSON.stringify(value)}`,
              `code 0; ${name} then reads ${JSON.stringify(after[name]) ?? 'nothing'} (before: ${JSON.stringify(before[name])})`,
            ),
          ),
        outcome.answer.exchange,
      );
    },
  );
});

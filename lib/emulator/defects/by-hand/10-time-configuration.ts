/** Section 10: clocks that stand, run wrong, or do not follow. */
import { replying } from '../tampering.ts';
import { type Defect, inSection, performing } from './notation.ts';

const clockShows = (seconds: (real: number) => number) => ({
  tamper: replying('getDeviceTime', (reply) => ({ ...reply, deviceTime: seconds(Number(reply.deviceTime)) })),
});

const HOUR_S = 3600;

export const timeConfigurationDefects: readonly Defect[] = inSection('time-configuration', [
  {
    id: 'deviceTime/runs/stands',
    does: 'has a clock that stands',
    noticedBy: ['deviceTime/runs'],
    plant: () => {
      let first: number | null = null;
      return clockShows((real) => {
        first ??= real;
        return first;
      });
    },
  },
  {
    id: 'deviceTime/runs/in-milliseconds',
    does: 'returns its time in milliseconds',
    noticedBy: ['deviceTime/runs', 'CurTime/clock-follows'],
    plant: () => ({ tamper: replying('getDeviceTime', (reply) => ({ ...reply, deviceTime: Date.now() })) }),
  },
  {
    id: 'deviceTime/runs/ten-times-too-fast',
    does: 'has a clock that runs ten times too fast',
    noticedBy: ['deviceTime/runs'],
    plant: () => {
      let first: number | null = null;
      return clockShows((real) => {
        first ??= real;
        return first + (real - first) * 10;
      });
    },
  },
  {
    id: 'CurTime/clock-follows/ignored',
    does: 'ignores CurTime',
    noticedBy: ['CurTime/clock-follows'],
    plant: () => ({
      tamper: performing('setTime', (camera, json, perform) => {
        const before = camera.clock.seconds();
        const reply = perform();
        if (json !== null && 'CurTime' in json) camera.clock.set(before);
        return reply;
      }),
    }),
  },
  {
    id: 'CurTime/clock-follows/an-hour-off',
    does: 'sets its clock to an hour after CurTime',
    noticedBy: ['CurTime/clock-follows'],
    plant: () => ({
      tamper: performing('setTime', (camera, json, perform) => {
        const reply = perform();
        if (json !== null && typeof json.CurTime === 'number') camera.clock.set(json.CurTime + HOUR_S);
        return reply;
      }),
    }),
  },
  {
    id: 'CurTime/clock-follows/ntp-stays-on',
    does: 'stays in NTP mode when it is given CurTime',
    noticedBy: ['CurTime/clock-follows'],
    plant: () => ({
      tamper: { stored: (action, changes) => (action === 'setTime' && changes.ntp_enable === 0 ? { ...changes, ntp_enable: 1 } : changes) },
    }),
  },
  {
    id: 'CurTime/clock-follows/refused',
    does: 'refuses CurTime',
    noticedBy: ['CurTime/clock-follows'],
    plant: () => ({ tamper: performing('setTime', (_, json, perform) => (json !== null && 'CurTime' in json ? { code: 205 } : perform())) }),
  },
  {
    id: 'timeZone/clock-stays/moves',
    does: 'moves its time stamp with the time zone',
    noticedBy: ['timeZone/clock-stays'],
    plant: () => ({
      tamper: performing('setTime', (camera, json, perform) => {
        const before = Number(camera.store.values('getDeviceTime').timeZone);
        const reply = perform();
        if (typeof json?.timeZone === 'number') camera.clock.set(camera.clock.seconds() + (json.timeZone - before) * HOUR_S);
        return reply;
      }),
    }),
  },
  ...(['ntpServer', 'timeInterval', 'timeZone'] as const).map(
    (name): Defect => ({
      id: `ntp/mode/without-${name}`,
      does: `does not store ${name} when it enters NTP mode`,
      noticedBy: ['ntp/mode'],
      plant: () => ({
        tamper: {
          stored: (action, changes) =>
            action === 'setTime' && changes.ntp_enable === 1 && 'ntpServer' in changes && 'timeInterval' in changes
              ? without(changes, name)
              : changes,
        },
      }),
    }),
  ),
  {
    id: 'ntp/mode/refused',
    does: 'refuses NTP mode with all that belongs to it',
    noticedBy: ['ntp/mode'],
    plant: () => ({
      tamper: performing('setTime', (_, json, perform) => (json?.ntp_enable === 1 && 'ntpServer' in json ? { code: 205 } : perform())),
    }),
  },
]);

const without = (changes: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(changes).filter(([each]) => each !== name));

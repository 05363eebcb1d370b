/** Section 10, Time Configuration: clock, NTP and time zone. */
import { documentSection, number, oneOf, row, settings, textOf } from '../notation.ts';

/** Offsets from UTC; the document names cities for each, and says nothing about daylight saving. */
export const TIME_ZONES = {
  0: 'UTC-12:00',
  1: 'UTC-11:00',
  2: 'UTC-10:00',
  3: 'UTC-09:00',
  4: 'UTC-08:00',
  5: 'UTC-07:00',
  6: 'UTC-06:00',
  7: 'UTC-05:00',
  8: 'UTC-04:00',
  9: 'UTC-03:30',
  10: 'UTC-03:00',
  11: 'UTC-02:00',
  12: 'UTC-01:00',
  13: 'UTC+00:00',
  14: 'UTC+01:00',
  15: 'UTC+02:00',
  16: 'UTC+03:00',
  17: 'UTC+03:30',
  18: 'UTC+04:00',
  19: 'UTC+04:30',
  20: 'UTC+05:00',
  21: 'UTC+05:30',
  22: 'UTC+05:45',
  23: 'UTC+06:00',
  24: 'UTC+06:30',
  25: 'UTC+07:00',
  26: 'UTC+08:00',
  27: 'UTC+09:00',
  28: 'UTC+09:30',
  29: 'UTC+10:00',
  30: 'UTC+11:00',
  31: 'UTC+12:00',
  32: 'UTC+13:00',
} as const satisfies Readonly<Record<number, string>>;

export const timeConfiguration = documentSection(
  10,
  'time-configuration',
  'Time Configuration',
  [
    settings('getDeviceTime 10.1', 'setTime 10.2', {
      rows: [
        row('deviceTime', 'N-', number(), { volatile: 'clock' }),
        row('CurTime', '-N', number(1669272783, 1669272654), { volatile: 'clock', when: { ntp_enable: 0 } }),
        row('ntp_enable', 'YY', oneOf({ 0: 'device timing mode', 1: 'NTP mode' })),
        row('ntpServer', 'YN', textOf('host', 'ntp.example.com', '192.0.2.123'), { when: { ntp_enable: 1 } }),
        row('timeInterval', 'YN', number(60, 120), { when: { ntp_enable: 1 } }),
        row('timeZone', 'YN', oneOf(TIME_ZONES)),
      ],
      example: {
        reply: { deviceTime: 1669272654, ntp_enable: 1, ntpServer: 'pool.ntp.org', timeInterval: 60, timeZone: 26 },
        requests: [
          { ntpServer: 'pool.ntp.org', timeInterval: 60, timeZone: 26, ntp_enable: 1 },
          { CurTime: 1669272783, ntp_enable: 0 },
        ],
      },
    }),
  ],
  [
    { id: 'clock-counts-seconds', place: '10.1', says: 'deviceTime is a timestamp in seconds that runs on' },
    { id: 'clock-follows-cur-time', place: '10.2', says: 'with ntp_enable 0 the device clock goes on from CurTime' },
    { id: 'ntp-mode', place: '10.2', says: 'ntp_enable 1 with server, interval and zone selects NTP mode, and the get shows all four' },
    { id: 'device-timing-mode', place: '10.2', says: 'ntp_enable 0 with CurTime selects device timing mode, and the get shows it' },
    {
      id: 'clock-follows-ntp-server',
      place: '10.2',
      says: 'in NTP mode the clock is that of the server, brought up to date every timeInterval',
      untested: 'needs an NTP server that the camera reaches, and the unit of timeInterval is not documented',
    },
    {
      id: 'local-time-follows-time-zone',
      place: '10.2',
      says: 'local time is UTC plus the offset of timeZone',
      untested: 'no reply shows local time but the Date header, whose zone the document leaves open',
    },
  ],
);

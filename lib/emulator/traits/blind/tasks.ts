/** Commands that take their time, and what they do beside what the document says. */
import type { Members } from '../../../document/row-value.ts';
import type { Habits } from '../../habits.ts';
import type { Reply } from '../../handler.ts';
import { withBody, withoutHeaders } from '../../http-message.ts';
import type { Time } from '../../time.ts';
import type { BlindTrait } from './blind-trait.ts';
import { behind, onChange, performing } from './notation.ts';

const TAKE_TIME = '"Commands that take their time (formatting: 120 s, Wi-Fi scan: 60 s, restart: 180 s) have limits of their own"';
const BUSY = '"Busy, slow and flaky is not broken. Codes -117 and 204 (busy) are retried with back-off"';
const DEFAULTS =
  '"what only a command, a restore to defaults or a restart changed: what can be set is set again, what cannot is named, with the value that was (exit 3), and no later check is blamed for it"';

const BUSY_CODE = 204;
const FORMATTING = 3;
const ODD_NAMES = ['', 'Café "Süd" & 北', 'x'.repeat(32), 'same', 'same', ' '];

const later = (time: Time, seconds: number, reply: Reply | Promise<Reply>): Promise<Reply> =>
  new Promise((resolve) => {
    time.after(seconds * 1000, () => resolve(reply));
  });

/** Carried out at once, answered so much later. */
const answersLater =
  (action: string, seconds: number) =>
  (_: () => number, time: Time): Habits =>
    performing(action, (_action, _json, _camera, perform) => later(time, seconds, perform()));

/** The first of it begins the work; until that is done it is busy. */
const busyFirst =
  (action: string, seconds: number) =>
  (_: () => number, time: Time): Habits => {
    let readyAt: number | undefined;
    return performing(action, (_action, _json, _camera, perform) => {
      readyAt ??= time.now() + seconds * 1000;
      if (time.now() < readyAt) return { code: BUSY_CODE };
      readyAt = undefined;
      return perform();
    });
  };

/** Answered at once; the devices are then "formatting" for so long. */
const formatGoesOn =
  (seconds: number) =>
  (_: () => number, time: Time): Habits => {
    let doneAt = Number.NEGATIVE_INFINITY;
    return {
      tamper: {
        ...performing('devsFormat', (_action, _json, _camera, perform) =>
          behind(perform(), (reply) => {
            if (reply.code === 0) doneAt = time.now() + seconds * 1000;
            return reply;
          }),
        ).tamper,
        reply: (action, _json, reply) =>
          action === 'getStorageInfo' && time.now() < doneAt && Array.isArray(reply.devs)
            ? { ...reply, devs: (reply.devs as readonly Members[]).map((dev) => ({ ...dev, status: FORMATTING })) }
            : reply,
      },
    };
  };

/** Comes with a value that no set takes; a restore to defaults brings another. */
const defaultsChange = (get: string, set: string, came: Members, defaults: Members): Habits => ({
  starts: { [get]: [came] },
  ...performing(set, (_, json, camera, perform) =>
    behind(perform(), (reply) => {
      if (reply.code === 0 && json?.set_default === 1) camera.store.write(get, 0, defaults);
      return reply;
    }),
  ),
});

const isSet = (action: string): boolean => action.startsWith('set') && action !== 'setPtzControl' && action !== 'setWifiScan';

/** Whatever is asked for while it stores what was set. */
const busyBehindSets =
  (seconds: number) =>
  (_: () => number, time: Time): Habits => {
    let readyAt = Number.NEGATIVE_INFINITY;
    return {
      tamper: {
        performs: (action, _json, _camera, perform) => {
          if (time.now() < readyAt) return { code: BUSY_CODE };
          return behind(perform(), (reply) => {
            if (isSet(action) && reply.code === 0) readyAt = time.now() + seconds * 1000;
            return reply;
          });
        },
      },
    };
  };

export const TASK_TRAITS: readonly BlindTrait[] = [
  {
    id: 'sets-answered-after-1.5-s',
    does: 'answers each set when it is stored, after 1.5 s',
    sections: [5, 8],
    expects: 'nothing',
    because: '"Busy, slow and flaky is not broken"; the limit for one request is CAMERA_TIMEOUT_MS [10 s]',
    make: (_, time) => ({
      tamper: { performs: (action, _json, _camera, perform) => (isSet(action) ? later(time, 1.5, perform()) : perform()) },
    }),
  },
  {
    id: 'busy-behind-sets',
    does: 'is busy (code 204) to whatever is asked within 400 ms behind a set that it took',
    sections: [5, 8],
    expects: 'nothing',
    because: BUSY,
    make: busyBehindSets(0.4),
  },
  {
    id: 'snapshot-failed-2-s',
    does: 'answers "failed" to a snapshot for 2 s behind a change of video, while its encoder restarts',
    sections: [3, 21, 36],
    expects: 'at-most-warn',
    because: '3: "either a JPEG/bmp/yuv image or failed or null"; "A change may take up to CAMERA_SETTLING_MS until … the picture shows it"',
    make: (_, time) => {
      let backAt = Number.NEGATIVE_INFINITY;
      return {
        ...onChange(new Set(['setVencConf']), () => {
          backAt = time.now() + 2000;
        }),
        http: {
          reply: (reply, { url = '' }) =>
            url.includes('/cgi_images') && time.now() < backAt ? withoutHeaders(withBody(reply, Buffer.from('failed\r\n')), 'content-type') : reply,
        },
      };
    },
  },
  {
    id: 'scan-odd-names',
    does: 'finds access points of hidden, odd, long and equal names',
    sections: [14],
    expects: 'nothing',
    because: 'what is near the camera is no matter of the document; a name of 802.11 is up to 32 bytes of any kind, none included',
    make: () =>
      performing('setWifiScan', (_, __, ___, perform) =>
        behind(perform(), (reply) => {
          const [first] = (reply.members?.ap_list ?? []) as readonly Members[];
          const [name = 'ssid'] = Object.keys(first ?? {}).filter((each) => /ssid/i.test(each) && !/bssid/i.test(each));
          return { ...reply, members: { ...reply.members, ap_list: ODD_NAMES.map((ssid) => ({ ...first, [name]: ssid })) } };
        }),
      ),
  },
  {
    id: 'format-answers-after-15-s',
    does: 'answers a formatting when it is done, after 15 s',
    sections: [32],
    expects: 'nothing',
    because: TAKE_TIME,
    make: answersLater('devsFormat', 15),
  },
  {
    id: 'format-goes-on-15-s',
    does: 'answers a formatting at once, and shows the device as formatting (status 3) for 15 s',
    sections: [32],
    expects: 'nothing',
    because: TAKE_TIME,
    make: formatGoesOn(15),
  },
  {
    id: 'scan-answers-after-12-s',
    does: 'answers a scan for access points after 12 s',
    sections: [14],
    expects: 'nothing',
    because: TAKE_TIME,
    make: answersLater('setWifiScan', 12),
  },
  {
    id: 'scan-busy-12-s',
    does: 'is busy (code 204) for 12 s from the first request of a scan on, and then has the list',
    sections: [14],
    expects: 'nothing',
    because: `${BUSY}; ${TAKE_TIME}`,
    make: busyFirst('setWifiScan', 12),
  },
  {
    id: 'scan-finds-nothing',
    does: 'finds no access point: an empty ap_list',
    sections: [14],
    expects: 'nothing',
    because: 'what is near the camera is no matter of the document, and the table of 14.4 says no length of ap_list',
    make: () =>
      performing('setWifiScan', (_, __, ___, perform) => behind(perform(), (reply) => ({ ...reply, members: { ...reply.members, ap_list: [] } }))),
  },
  {
    id: 'restart-takes-20-s',
    does: 'answers on for 3 s behind a restart, and is away for 20 s then, with RTSP',
    sections: [7],
    expects: 'nothing',
    because: TAKE_TIME,
    make: () => ({ restarting: { answersMs: 3000, awayMs: 20_000 } }),
  },
  {
    id: 'reset-restarts',
    does: 'restarts behind the answer to a reset that resets something',
    sections: [6],
    expects: 'nothing',
    because: `6 says what is reset, and not whether the camera restarts for it; ${TAKE_TIME}`,
    make: () =>
      performing('reset', (_, json, { machine }, perform) =>
        behind(perform(), (reply) => {
          const isDone = reply.code === 0 && (json?.netReset === 1 || json?.userReset === 1);
          return isDone ? { ...reply, afterwards: () => machine.restart() } : reply;
        }),
      ),
  },
  {
    id: 'clock-1970-3-s',
    does: 'shows a deviceTime of 3600 for 3 s behind each setTime, and the right one then',
    sections: [10],
    expects: 'nothing',
    because: '"A change may take up to CAMERA_SETTLING_MS [5 s] until the get … shows it"',
    make: (_, time) => {
      let rightAt = Number.NEGATIVE_INFINITY;
      return {
        tamper: {
          ...performing('setTime', (_action, _json, _camera, perform) =>
            behind(perform(), (reply) => {
              if (reply.code === 0) rightAt = time.now() + 3000;
              return reply;
            }),
          ).tamper,
          reply: (action, _json, reply) => (action === 'getDeviceTime' && time.now() < rightAt ? { ...reply, deviceTime: 3600 } : reply),
        },
      };
    },
  },
  {
    id: 'clock-settles-3-s',
    does: 'shows for 3 s behind each setTime the time as if nothing had been set',
    sections: [10],
    expects: 'nothing',
    because: '"A change may take up to CAMERA_SETTLING_MS [5 s] until the get … shows it"',
    make: (_, time) => {
      let rightAt = Number.NEGATIVE_INFINITY;
      let drift = 0;
      return performing(new Set(['setTime', 'getDeviceTime']), (action, _json, { clock }, perform) => {
        const before = clock.drift();
        return behind(perform(), (reply) => {
          if (reply.code !== 0) return reply;
          if (action === 'setTime') {
            if (time.now() >= rightAt) drift = before;
            rightAt = time.now() + 3000;
          } else if (time.now() < rightAt) {
            return { ...reply, members: { ...reply.members, deviceTime: clock.seconds() - clock.drift() + drift } };
          }
          return reply;
        });
      });
    },
  },
  {
    id: 'defaults-change-max-a-gain',
    does: 'comes with max_a_gain 60, which the get of 23.1 shows and no set takes; a restore to defaults makes it 36',
    sections: [23],
    expects: 'named',
    because: DEFAULTS,
    make: () => defaultsChange('getImageAdjustment', 'setImageAdjustment', { max_a_gain: 60 }, { max_a_gain: 36 }),
  },
  {
    id: 'defaults-change-led-levels',
    does: 'comes with led_open_level 40 and led_close_level 80, which the get of 23.3 shows and no set takes; a restore to defaults makes them 0',
    sections: [23],
    expects: 'named',
    because: DEFAULTS,
    make: () =>
      defaultsChange(
        'getImageAdjustmentEx',
        'setImageAdjustmentEx',
        { led_open_level: 40, led_close_level: 80 },
        { led_open_level: 0, led_close_level: 0 },
      ),
  },
];

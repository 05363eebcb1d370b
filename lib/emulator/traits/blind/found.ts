/** Cameras as their owners left them: no verdict may depend on the state in which a camera was found. */
import type { Row, Type } from '../../../document/notation.ts';
import { isReturned, isSettable, type Members, valueIn } from '../../../document/row-value.ts';
import { startValue } from '../../defaults.ts';
import type { Starts } from '../../model.ts';
import { PARTS } from '../members.ts';
import type { BlindTrait } from './blind-trait.ts';

const ANY_STATE = 'all of it are documented values, and no verdict may depend on the state in which the camera was found';

/** Whatever the way to the camera depends on, and what would only ever be held, stays. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['getWiredNetwork', 'getWifiConfig', 'Get4GConfig', 'getRtspConf', 'getPlatformConfFile']);

/** Another legal value than that of the example; lists element by element. */
function other(type: Type, example: unknown, random: () => number): unknown {
  const among = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  switch (type.kind) {
    case 'number':
      if (type.min !== undefined && type.max !== undefined) return type.min + Math.floor(random() * (type.max - type.min + 1));
      return among(type.samples?.length ? type.samples : [startValue(type, example)]);
    case 'choice':
      return among(Object.keys(type.values).map(Number));
    case 'text':
      return type.fixed ?? among(type.samples?.length ? type.samples : [startValue(type, example)]);
    case 'list':
      return (startValue(type, example) as readonly Members[]).map((element) => ({ ...element, ...otherOf(type.of, element, random) }));
    case 'week':
      return startValue(type, example);
  }
}

const isFree = (row: Row): boolean =>
  isReturned(row) && isSettable(row) && !row.link && !row.held && !row.hazard && !row.volatile && !row.secret && !row.sameAs;

const otherOf = (rows: readonly Row[], example: Members, random: () => number): Members =>
  Object.fromEntries(rows.filter(isFree).map((row) => [row.name, other(row.type, valueIn(row, example), random)]));

/** Of each get, what its set can change; masks and schedules as they are. */
function elsewhere(random: () => number): Starts {
  const starts = new Map<string, Members[]>();
  for (const { get, set, rows, example, instances = [] } of PARTS) {
    if (set === undefined || LEFT_ALONE.has(get)) continue;
    const known = starts.get(get) ?? [];
    const selected = new Set(instances.flatMap(({ select }) => Object.keys(select)));
    const free = rows.filter(({ name }) => !selected.has(name));
    const count = Math.max(1, instances.length);
    starts.set(
      get,
      Array.from({ length: count }, (_, index) => ({ ...known[index], ...otherOf(free, example.reply, random) })),
    );
  }
  return Object.fromEntries(starts);
}

/** In every free text of 5, 15 and 24 that can be set, lists included. */
function withTexts(text: string): Starts {
  const gets = new Set(['getSysConfig', 'getMailConf', 'getOsdConf']);
  const start = (rows: readonly Row[], example: Members): Members =>
    Object.fromEntries(
      rows.filter(isFree).flatMap((row): readonly (readonly [string, unknown])[] => {
        const { type } = row;
        if (type.kind === 'text' && type.format === 'free' && type.fixed === undefined) return [[row.name, text]];
        if (type.kind !== 'list') return [];
        const elements = startValue(type, valueIn(row, example)) as readonly Members[];
        return [[row.name, elements.map((element) => ({ ...element, ...start(type.of, element) }))]];
      }),
    );
  const parts = PARTS.filter(({ get, set }) => set !== undefined && gets.has(get));
  return Object.fromEntries(
    [...gets].map((get) => [
      get,
      [Object.assign({}, ...parts.filter((part) => part.get === get).map(({ rows, example }) => start(rows, example.reply)))],
    ]),
  );
}

/** As owners write, and as firmware takes that stores any text. */
const ODD_TEXT = ` Tor "Süd" & Hof\\ +1% 北 `;

export const FOUND_TRAITS: readonly BlindTrait[] = [
  {
    id: 'found-empty-texts',
    does: 'comes with an empty name, empty titles, and empty texts in the mail settings',
    sections: [5, 15, 24],
    expects: 'nothing',
    because: `${ANY_STATE}: "String" of 5.1, 15.1 and 24.1, with no length`,
    make: () => ({ starts: withTexts('') }),
  },
  {
    id: 'found-odd-texts',
    does: 'comes with texts of quotes, backslashes, &, +, %, blanks at the ends and characters beyond ASCII',
    sections: [5, 15, 24],
    expects: 'nothing',
    because: `${ANY_STATE}: "String" of 5.1, 15.1 and 24.1`,
    make: () => ({ starts: withTexts(ODD_TEXT) }),
  },
  {
    id: 'found-otherwise',
    does: 'comes with other legal values than the examples have in all that can be set, drawn by its seed; network, RTSP and passwords apart',
    sections: [5, 8, 10, 21, 22, 23, 24, 25, 28],
    expects: 'nothing',
    because: ANY_STATE,
    make: (random) => ({ starts: elsewhere(random) }),
  },
  {
    id: 'found-open',
    does: 'comes with RTSP without log-in, and sound in both streams',
    sections: [19, 22],
    expects: 'nothing',
    because: ANY_STATE,
    make: () => ({ starts: { getRtspConf: [{ enable: 0, audio_main: 1, audio_sub: 1 }] } }),
  },
  {
    id: 'found-silent',
    does: 'comes without sound: enable 0 in 22, audio_main and audio_sub 0 in 19',
    sections: [19, 22],
    expects: 'nothing',
    because: ANY_STATE,
    make: () => ({ starts: { getAencConf: [{ enable: 0 }], getRtspConf: [{ audio_main: 0, audio_sub: 0 }] } }),
  },
  {
    id: 'found-constant-h265',
    does: 'comes with H.265 at constant bit rates in all streams, 10 pictures per second, a key frame every second',
    sections: [19, 21],
    expects: 'nothing',
    because: ANY_STATE,
    make: () => ({
      starts: {
        getVencConf: [
          { encode_type: 5, rc_mode: 1, bitrate: 2048, frame_rate: 10, gop: 10 },
          { encode_type: 5, rc_mode: 1, bitrate: 512, frame_rate: 10, gop: 10 },
          { encode_type: 5, rc_mode: 1, bitrate: 256, frame_rate: 10, gop: 10 },
        ],
      },
    }),
  },
  {
    id: 'found-at-night',
    does: 'comes in black and white, dark, turned by 90°, mirrored and flipped',
    sections: [3, 23, 24, 25],
    expects: 'nothing',
    because: ANY_STATE,
    make: () => ({
      starts: {
        getImageAdjustment: [{ rotate: 1, brightness: 40, saturation: 0 }],
        getImageAdjustmentEx: [{ color_black: 2, flip: 1, mirror: 1 }],
      },
    }),
  },
  {
    id: 'found-at-device-time',
    does: 'comes in device timing mode, its clock in the zone UTC-12:00',
    sections: [10],
    expects: 'nothing',
    because: ANY_STATE,
    make: () => ({ starts: { getDeviceTime: [{ ntp_enable: 0, timeZone: 0 }] } }),
  },
  {
    id: 'storage-none',
    does: 'has no storage device plugged in: an empty devs',
    sections: [32],
    expects: 'nothing',
    because: 'the example reply of 32.1 has an empty list',
    make: () => ({ starts: { getStorageInfo: [{ devs: [] }] } }),
  },
  {
    id: 'storage-two',
    does: 'has two storage devices: an SD card, and a USB stick that needs formatting',
    sections: [32],
    expects: 'nothing',
    because: '32.1 lists devices, and says no length',
    make: () => ({
      starts: {
        getStorageInfo: [
          {
            devs: [
              { id: 'sda1', type: 1, total_storage: 7580, remaining_storage: 0, status: 2 },
              { id: 'mmcblk0', type: 5, total_storage: 30436, remaining_storage: 21875, status: 1 },
            ],
          },
        ],
      },
    }),
  },
];

/** Sections 26 to 42: alarms and schedules, storage, pictures in JSON, files, outputs. */
import { isMembers, type Members } from '../../../document/row-value.ts';
import type { Tamper } from '../../tamper.ts';
import { parsed } from '../tampering.ts';
import { type BlindDefect, type Now, SHOULD, tampering, type Writer, writerFor } from './blind-defect.ts';
import { afterDone, counter, eachElement, performs, shows, stores, storesOther, takes } from './sets-and-gets.ts';

interface Alarm {
  readonly slug: string;
  readonly set: string;
  readonly get: string;
}

const copying = (set: string, from: string, to: string) => () =>
  tampering(stores(set, (changes) => (from in changes && !(to in changes) ? { ...changes, [to]: changes[from] } : changes)));

/** The old value of one parameter again, some time behind its set. */
const goingBack =
  ({ set, get }: Alarm, name: string, ms: number) =>
  (now: Now) => {
    let old: unknown;
    let due = Number.POSITIVE_INFINITY;
    return tampering({
      ...storesOther(set, name, (value, before) => {
        [old, due] = [before, now() + ms];
        return value;
      }),
      ...shows(get, (reply) => (now() >= due ? { ...reply, [name]: old } : reply)),
    });
  };

/** What the five alarms have in common. */
function ofAlarm(alarm: Alarm): readonly BlindDefect[] {
  const write = writerFor(alarm.slug);
  const { set } = alarm;
  return [
    write(
      'sch_start_hour/settable',
      'start-is-end',
      'stores the hour at which it begins as that at which it ends as well',
      copying(set, 'sch_start_hour', 'sch_end_hour'),
    ),
    write('sch_end_min/settable', 'end-of-the-hour', 'stores 59 for the minute at which it ends', () =>
      tampering(storesOther(set, 'sch_end_min', (value) => (Number(value) > 30 ? 59 : value))),
    ),
    write('sch_start_hour/settable', 'swaps-a-night', 'swaps begin and end where it ends before it begins', () =>
      tampering(
        stores(set, (changes, before) => {
          const { sch_start_hour: start = before.sch_start_hour, sch_end_hour: end = before.sch_end_hour } = changes;
          return Number(start) > Number(end) && ('sch_start_hour' in changes || 'sch_end_hour' in changes)
            ? { ...changes, sch_start_hour: end, sch_end_hour: start }
            : changes;
        }),
      ),
    ),
    write('alarm_handle_snap/settable', 'snap-closes-email', 'closes mail where snapshots are closed', () =>
      tampering(
        stores(set, (changes) =>
          changes.alarm_handle_snap === 0 && !('alarm_handle_snap_email' in changes)
            ? { ...changes, alarm_handle_snap_email: 0, alarm_handle_email: 0 }
            : changes,
        ),
      ),
    ),
    write(
      'alarm_handle_rec_email/settable',
      'rec-email-is-snap-email',
      'stores mail of recordings as mail of snapshots as well',
      copying(set, 'alarm_handle_rec_email', 'alarm_handle_snap_email'),
    ),
    write('alarm_handle_snap_interval/settable', 'interval-in-seconds', 'rounds the interval down to whole seconds, and 0 for less', () =>
      tampering(storesOther(set, 'alarm_handle_snap_interval', (value) => Math.floor(Number(value) / 3000) * 3000)),
    ),
    write(
      'alarm_handle_rec_time/settable',
      'time-is-alarmout-time',
      'stores the time of recordings as that of the output as well',
      copying(set, 'alarm_handle_rec_time', 'alarm_handle_alarmout_time'),
    ),
    write(
      'alarm_handle_email/settable',
      'email-goes-back',
      'has mail as it was before again 6 s behind a set',
      goingBack(alarm, 'alarm_handle_email', 6000),
    ),
    write('schedule_enable/settable', 'schedule-forgets-hours', 'puts its hours to 0 to 23 where the schedule is closed', () =>
      tampering(stores(set, (changes) => (changes.schedule_enable === 0 ? { sch_start_hour: 0, sch_end_hour: 23, ...changes } : changes))),
    ),
  ];
}

const ALARMS: readonly Alarm[] = [
  { slug: 'alarm-input', set: 'setAlarmInConf', get: 'getAlarmInConf' },
  { slug: 'occlusion-alarm', set: 'setODAlarmConf', get: 'getODAlarmConf' },
  { slug: 'motion-detection', set: 'setMotionDetConf', get: 'getMotionDetConf' },
  { slug: 'region-alarm-detection', set: 'setRegInvConf', get: 'getRegInvConf' },
  { slug: 'fire-detection', set: 'setIVSConf', get: 'getIVSConf' },
];

const inAreas = (set: string, change: Parameters<typeof eachElement>[1]) => () =>
  tampering(storesOther(set, 'area_list', (list) => eachElement(list, change)));

/** A number of one element that was refused is stored as it came. */
const unjudged = (set: string, get: string, index: number, name: string): Tamper => ({
  performs: async (action, json, camera, perform) => {
    const reply = await perform();
    const sent = action === set && Array.isArray(json?.area_list) ? (json.area_list as readonly Members[])[index]?.[name] : undefined;
    if (reply.code === 0 || typeof sent !== 'number') return reply;
    camera.store.write(get, 0, {
      area_list: eachElement(camera.store.values(get).area_list, (each, at) => (at === index ? { ...each, [name]: sent } : each)),
    });
    return { code: 0 };
  },
});

/** What the lists of areas have in common. */
function ofAreas({ slug, set, get }: Alarm): readonly BlindDefect[] {
  const write = writerFor(slug);
  return [
    write(
      'area_list/settable',
      'area-into-the-next',
      'stores the first area in the second as well',
      inAreas(set, (each, index, all) => (index === 1 ? (all[0] ?? each) : each)),
    ),
    write('area_list/settable', 'fourth-area-lost', 'stores nothing in the fourth area', () =>
      tampering(
        stores(set, (changes, before) =>
          'area_list' in changes && Array.isArray(before.area_list)
            ? {
                ...changes,
                area_list: eachElement(changes.area_list, (each, index) => (index === 3 ? (before.area_list as readonly unknown[])[3] : each)),
              }
            : changes,
        ),
      ),
    ),
    write('area_list/settable', 'areas-sorted', 'stores the areas from left to right', () =>
      tampering(
        storesOther(set, 'area_list', (list) =>
          Array.isArray(list)
            ? [...list.slice(0, 4)].toSorted((one: Members, other: Members) => Number(one.area_x) - Number(other.area_x)).concat(list.slice(4))
            : list,
        ),
      ),
    ),
    write('area_list.area_w/range', 'third-area-unjudged', 'stores a width beyond the raster in the third area', () =>
      tampering(unjudged(set, get, 2, 'area_w')),
    ),
    write('area_list.area_y/range', 'fourth-area-unjudged', 'stores any y in the fourth area', () => tampering(unjudged(set, get, 3, 'area_y'))),
    write(
      'area_list.area_h/settable',
      'height-of-the-first',
      'stores the height of the first area in all of them',
      inAreas(set, (each, _, all) => ({ ...each, area_h: all[0]?.area_h })),
    ),
    write(
      'area_list.area_x/settable',
      'areas-in-eights',
      'rounds where an area begins down to eight',
      inAreas(set, (each) => ({ ...each, area_x: Number(each.area_x) - (Number(each.area_x) % 8) })),
    ),
    write(
      'area_list.area_w/settable',
      'areas-cut-at-the-edge',
      'stores 600 for a greater width',
      inAreas(set, (each) => ({ ...each, area_w: Math.min(600, Number(each.area_w)) })),
    ),
  ].map((defect) => ({ ...defect, breaks: defect.breaks.replace(/area_list\.area_(\w)\/settable/, 'area_list/settable') }));
}

type Week = readonly Readonly<Record<string, readonly Members[]>>[];
const isWeek = (value: unknown): value is Week => Array.isArray(value) && value.length === 7 && value.every(isMembers);
const inWeek = (set: string, change: (period: Members, day: number, place: number, week: Week) => unknown) => () =>
  tampering(
    storesOther(set, 'schedule_list', (week) =>
      isWeek(week)
        ? week.map((entry, day) => ({ [`day_${day}`]: (entry[`day_${day}`] ?? []).map((period, place) => change(period, day, place, week)) }))
        : week,
    ),
  );

/** What the two weeks have in common. */
function ofWeek(slug: string, set: string, get: string): readonly BlindDefect[] {
  const write = writerFor(slug);
  const at = (week: Week, day: number, place: number): Members | undefined => week[day]?.[`day_${day}`]?.[place];
  return [
    write(
      'schedule_list/settable',
      'day-into-the-next',
      'stores the first day in the second as well',
      inWeek(set, (period, day, place, week) => (day === 1 ? (at(week, 0, place) ?? period) : period)),
    ),
    write('schedule_list/settable', 'saturday-lost', 'stores nothing for the last day', () =>
      tampering(
        stores(set, (changes, before) =>
          isWeek(changes.schedule_list) && isWeek(before.schedule_list)
            ? { ...changes, schedule_list: [...changes.schedule_list.slice(0, 6), before.schedule_list[6]] }
            : changes,
        ),
      ),
    ),
    write(
      'schedule_list/settable',
      'fourth-period-lost',
      'stores the third period of a day in its fourth as well',
      inWeek(set, (period, day, place, week) => (place === 3 ? (at(week, day, 2) ?? period) : period)),
    ),
    write(
      'schedule_list/settable',
      'week-shifted',
      'stores each day one day later',
      inWeek(set, (period, day, place, week) => at(week, (day + 6) % 7, place) ?? period),
    ),
    write('schedule_list/settable', 'periods-sorted', 'stores the periods of a day by the hour at which they begin', () =>
      tampering(
        storesOther(set, 'schedule_list', (week) =>
          isWeek(week)
            ? week.map((entry, day) => ({
                [`day_${day}`]: [...(entry[`day_${day}`] ?? [])].toSorted((one, other) => Number(one.hour_begain) - Number(other.hour_begain)),
              }))
            : week,
        ),
      ),
    ),
    write(
      'schedule_list/settable',
      'all-days-as-one',
      'stores the first day for the whole week',
      inWeek(set, (period, _, place, week) => at(week, 0, place) ?? period),
    ),
    write(
      'schedule_list/settable',
      'end-is-begin',
      'stores the hour at which a period begins as that at which it ends',
      inWeek(set, (period) => ({ ...period, hour_end: Math.max(Number(period.hour_begain), Number(period.hour_end) === 23 ? 23 : 0) })),
    ),
    write(
      'schedule_list/settable',
      'disabled-periods-lost',
      'puts the times of disabled periods to 0',
      inWeek(set, (period) => (period.enable === 0 ? { ...period, hour_begain: 0, min_begain: 0, hour_end: 0, min_end: 0 } : period)),
    ),
    write('schedule_list.hour_end/range', 'hour-24', 'stores hour 24 in the last period of a day', () =>
      tampering({
        performs: async (action, json, camera, perform) => {
          const reply = await perform();
          const sent = action === set && Array.isArray(json?.schedule_list) ? JSON.stringify(json.schedule_list) : '';
          if (reply.code === 0 || !/"hour_end":(2[4-9]|[3-9]\d)/.test(sent)) return reply;
          const week = camera.store.values(get).schedule_list as Week;
          camera.store.write(get, 0, {
            schedule_list: week.map((entry, day) => ({
              [`day_${day}`]: (entry[`day_${day}`] ?? []).map((period, place) => (day === 0 && place === 0 ? { ...period, hour_end: 24 } : period)),
            })),
          });
          return { code: 0 };
        },
      }),
    ),
    write('schedule_list/settable', 'days-of-partial-emptied', 'disables days that a request does not name', () =>
      tampering({
        request: (action, json) => {
          const sent = action === set ? parsed(json) : null;
          if (sent === null || !Array.isArray(sent.schedule_list) || sent.schedule_list.length >= 7) return json;
          const named = new Set((sent.schedule_list as readonly unknown[]).flatMap((entry) => (isMembers(entry) ? Object.keys(entry) : [])));
          const idle = { enable: 0, hour_begain: 0, min_begain: 0, hour_end: 23, min_end: 59 };
          const rest = Array.from({ length: 7 }, (_, day) => `day_${day}`)
            .filter((day) => !named.has(day))
            .map((day) => ({ [day]: [idle, idle, idle, idle] }));
          return JSON.stringify({ ...sent, schedule_list: [...sent.schedule_list, ...rest] });
        },
      }),
    ),
  ];
}

const storage = writerFor('storage-device');
const inDevices = (change: (device: Members) => unknown) => () =>
  tampering(shows('getStorageInfo', (reply) => ({ ...reply, devs: eachElement(reply.devs, change) })));
const FORMAT = 'devsFormat';

const STORAGE: readonly BlindDefect[] = [
  storage('format', 'format-does-nothing', 'answers a format with code 0, and leaves the device as it is', () =>
    tampering(
      performs(FORMAT, (camera, json, perform) =>
        (camera.store.values('getStorageInfo').devs as readonly Members[]).some(({ type }) => type === json?.dev_type) ? { code: 0 } : perform(),
      ),
    ),
  ),
  storage('format', 'format-leaves-error', 'shows the device in error behind a format', () =>
    tampering(
      afterDone(FORMAT, ({ store }) =>
        store.write('getStorageInfo', 0, { devs: eachElement(store.values('getStorageInfo').devs, (device) => ({ ...device, status: 4 })) }),
      ),
    ),
  ),
  storage('format', 'format-for-ever', 'shows the device formatting for ever', () =>
    tampering(
      afterDone(FORMAT, ({ store }) =>
        store.write('getStorageInfo', 0, { devs: eachElement(store.values('getStorageInfo').devs, (device) => ({ ...device, status: 3 })) }),
      ),
    ),
  ),
  storage('format', 'format-removes', 'shows no device behind a format', () =>
    tampering(afterDone(FORMAT, ({ store }) => store.write('getStorageInfo', 0, { devs: [] }))),
  ),
  storage(
    'format',
    'format-any-type',
    'answers a format of a device that is not there with code 0',
    () =>
      tampering(
        performs(FORMAT, async (_, json, perform) => {
          const reply = await perform();
          return reply.code !== 0 && typeof json?.dev_type === 'number' ? { code: 0 } : reply;
        }),
      ),
    SHOULD,
  ),
  storage('format', 'format-changes-rule', 'changes the length of recordings with a format', () =>
    tampering(afterDone(FORMAT, ({ store }) => store.write('getStorageRule', 0, { package_time: 60 }))),
  ),
  storage('format', 'format-needs-format', 'shows that the device needs formatting behind a format', () =>
    tampering(
      afterDone(FORMAT, ({ store }) =>
        store.write('getStorageInfo', 0, { devs: eachElement(store.values('getStorageInfo').devs, (device) => ({ ...device, status: 2 })) }),
      ),
    ),
  ),
  storage('devs/type', 'devs-alternate', 'shows its device in each second reply alone', () => {
    const next = counter();
    return tampering(shows('getStorageInfo', (reply) => (next() % 2 === 0 ? { ...reply, devs: [] } : reply)));
  }),
  storage(
    'devs.total_storage/type',
    'total-as-text',
    'shows the size of a device as text',
    inDevices((device) => ({ ...device, total_storage: `${String(device.total_storage)} MB` })),
  ),
  storage(
    'devs.remaining_storage/type',
    'more-left-than-there-is',
    'shows more room left than the device has',
    inDevices((device) => ({ ...device, remaining_storage: Number(device.total_storage) + 1 })),
    SHOULD,
  ),
  storage(
    'devs.remaining_storage/type',
    'negative-room',
    'shows a negative number of MB left',
    inDevices((device) => ({ ...device, remaining_storage: -1 })),
    SHOULD,
  ),
  storage('package_time/settable', 'package-of-tens', 'rounds the length of recordings down to ten minutes', () =>
    tampering(storesOther('setStorageRule', 'package_time', (value) => Math.max(30, Number(value) - (Number(value) % 10)))),
  ),
];

const snap = writerFor('snap-base64-image');
const inPicture = (change: (picture: Buffer, reply: Members) => Members) => () =>
  tampering(shows('getFmtSnap', (reply) => ({ ...reply, ...change(Buffer.from(String(reply.image_base64), 'base64'), reply) })));
const of = (picture: Buffer): Members => ({ image_base64: picture.toString('base64'), image_length: picture.length });

const SNAP: readonly BlindDefect[] = [
  snap(
    'whole-jpeg',
    'picture-cut',
    'sends the first half of its picture, with its length',
    inPicture((picture) => of(picture.subarray(0, picture.length >> 1))),
  ),
  snap(
    'whole-jpeg',
    'picture-without-end',
    'leaves out the end marker of its picture',
    inPicture((picture) => of(picture.subarray(0, -2))),
    SHOULD,
  ),
  snap(
    'whole-jpeg',
    'picture-in-lines',
    'breaks its base64 into lines',
    inPicture((_, reply) => ({ image_base64: String(reply.image_base64).replaceAll(/.{76}/g, '$&\r\n') })),
    SHOULD,
  ),
  snap(
    'whole-jpeg',
    'picture-with-prefix',
    'puts "data:image/jpeg;base64," before its base64',
    inPicture((_, reply) => ({ image_base64: `data:image/jpeg;base64,${String(reply.image_base64)}` })),
  ),
  snap(
    'whole-jpeg',
    'picture-twice-encoded',
    'encodes its picture twice',
    inPicture((_, reply) => ({ image_base64: Buffer.from(String(reply.image_base64)).toString('base64') })),
  ),
  snap(
    'whole-jpeg',
    'picture-empty',
    'sends an empty picture',
    inPicture(() => ({ image_base64: '', image_length: 0 })),
  ),
  snap(
    'whole-jpeg',
    'picture-hexadecimal',
    'sends its picture in hexadecimal',
    inPicture((picture) => ({ image_base64: picture.toString('hex') })),
  ),
  snap(
    'whole-jpeg',
    'picture-elided',
    'sends the beginning of its picture and dots, as the example does',
    inPicture((_, reply) => ({ image_base64: `${String(reply.image_base64).slice(0, 15)}....` })),
  ),
  snap(
    'whole-jpeg',
    'picture-frozen',
    'sends its first picture again each time',
    () => {
      let first: Members | null = null;
      return tampering(
        shows('getFmtSnap', (reply) => {
          first ??= { image_base64: reply.image_base64, image_length: reply.image_length };
          return { ...reply, ...first };
        }),
      );
    },
    SHOULD,
  ),
  snap('whole-jpeg', 'picture-each-second-empty', 'sends an empty picture each second time', () => {
    const next = counter();
    return tampering(shows('getFmtSnap', (reply) => (next() % 2 === 0 ? { ...reply, image_base64: '', image_length: 0 } : reply)));
  }),
  snap(
    'length',
    'length-off-by-one',
    'says one byte more than its picture has',
    inPicture((picture) => ({ image_length: picture.length + 1 })),
  ),
  snap(
    'length',
    'length-zero',
    'says length 0',
    inPicture(() => ({ image_length: 0 })),
  ),
  snap(
    'length',
    'length-of-example',
    "says the length of the document's example",
    inPicture(() => ({ image_length: 1_064_105 })),
  ),
  snap('length', 'length-of-first', 'says the length of its first picture each time', () => {
    let first: unknown;
    return tampering(
      shows('getFmtSnap', (reply) => {
        first ??= reply.image_length;
        return { ...reply, image_length: Number(first) };
      }),
    );
  }),
  snap(
    'length',
    'length-of-hexadecimal',
    'says twice the length of its picture',
    inPicture((picture) => ({ image_length: picture.length * 2 })),
  ),
];

const file = writerFor('txt-file');
const GET_FILE = 'getPlatformConfFile';
const SET_FILE = 'setPlatformConfFile';
const contentStored =
  (change: (content: string) => string, more = {}) =>
  (word: string, does: string) =>
    file(
      'round-trip',
      word,
      does,
      () =>
        tampering(takes(SET_FILE, (json) => (typeof json.file_content === 'string' ? { ...json, file_content: change(json.file_content) } : json))),
      more,
    );
const lengthSaid = (word: string, does: string, change: (length: number, content: string) => unknown): BlindDefect =>
  file('length', word, does, () =>
    tampering({
      reply: (action, json, reply) =>
        action === SET_FILE && reply.code === 0 ? { ...reply, file_length: change(Number(reply.file_length), String(json?.file_content)) } : reply,
    }),
  );

const FILE: readonly BlindDefect[] = [
  contentStored((content) => content.slice(0, 64))('file-cut-at-64', 'keeps 64 characters of a file'),
  contentStored((content) => content.slice(0, -1))('file-last-lost', 'loses the last character of a file'),
  contentStored((content) => content.trim())('file-trimmed', 'trims blanks and line ends off a file'),
  contentStored((content) => content.replaceAll('\n', '\r\n'))('file-line-ends', 'changes the line ends of a file'),
  contentStored((content) => content.replaceAll(/[^\n\x20-\x7e]/g, '?'), SHOULD)('file-ascii', 'stores question marks beyond ASCII in a file'),
  contentStored((content) => content.replaceAll('\\', '\\\\'))('file-backslashes', 'doubles the backslashes of a file'),
  contentStored((content) => content.replaceAll('"', '\\"'))('file-quotes', 'puts backslashes before the quotes of a file'),
  contentStored((content) => content.replaceAll('+', ' '), SHOULD)('file-plus', 'stores blanks for plus signs in a file'),
  contentStored((content) => (/^\s*\{/.test(content) ? JSON.stringify({ test: 0 }) : content))(
    'file-of-delivery',
    'stores the file of its delivery where JSON was sent',
  ),
  file('round-trip', 'file-appended', 'appends to a file in place of replacing it', () =>
    tampering(
      performs(SET_FILE, async (camera, json, perform) => {
        const before = camera.memory.files.get(String(json?.file_path)) ?? '';
        const reply = await perform();
        if (reply.code === 0) camera.memory.files.set(String(json?.file_path), before + String(json?.file_content));
        return reply;
      }),
    ),
  ),
  file(
    'round-trip',
    'file-path-ignored',
    'returns the last file that was stored, whatever path is asked for',
    () => {
      let last: unknown;
      return tampering({
        ...afterDone(SET_FILE, (_, json) => {
          last = json.file_content;
        }),
        reply: (action, _, reply) => (action === GET_FILE && last !== undefined ? { ...reply, code: 0, file_content: last } : reply),
      });
    },
    SHOULD,
  ),
  file('round-trip', 'file-one-late', 'returns the content from before the last change', () => {
    let before: string | undefined;
    return tampering({
      performs: async (action, json, camera, perform) => {
        if (action === SET_FILE) before = camera.memory.files.get(String(json?.file_path));
        return perform();
      },
      ...shows(GET_FILE, (reply) => (before === undefined ? reply : { ...reply, file_content: before })),
    });
  }),
  file('round-trip', 'file-goes-back', 'has the old content again 3 s behind a change', (now) => {
    let before: string | undefined;
    let due = Number.POSITIVE_INFINITY;
    return tampering({
      performs: async (action, json, camera, perform) => {
        if (action === SET_FILE) [before, due] = [camera.memory.files.get(String(json?.file_path)), now() + 3000];
        return perform();
      },
      ...shows(GET_FILE, (reply) => (before !== undefined && now() >= due ? { ...reply, file_content: before } : reply)),
    });
  }),
  file('round-trip', 'file-as-object', 'returns JSON in a file as an object', () =>
    tampering(shows(GET_FILE, (reply) => ({ ...reply, file_content: parsed(String(reply.file_content)) ?? reply.file_content }))),
  ),
  lengthSaid('file-length-in-characters', 'says the number of characters, not of bytes', (_, content) => [...content].length),
  lengthSaid('file-length-one-more', 'says one byte more than it stored', (length) => length + 1),
  lengthSaid('file-length-ten', 'says ten bytes, as in the example', () => 10),
  lengthSaid('file-length-as-text', 'says the length as text', (length) => String(length)),
];

const door = writerFor('open-door');
const io = writerFor('send-io-data');
const input = writerFor('alarm-io-status');
const exposure = writerFor('exposure-info');
const speaker = writerFor('smart-audio');
const serial = writerFor('peripheral');
const UNWIRED = { unseen: 'no reply tells of it, and nothing is wired to the camera' } as const;

const REST: readonly BlindDefect[] = [
  input('status/type', 'status-as-text', 'shows the state as "open"', () =>
    tampering(shows('getIOAlarmIn', (reply) => ({ ...reply, status: 'open' }))),
  ),
  input('status/type', 'status-in-a-list', 'shows the state in a list', () =>
    tampering(shows('getIOAlarmIn', (reply) => ({ ...reply, status: [reply.status] }))),
  ),
  exposure('Fps/type', 'fps-as-text', 'shows frames per second as text', () =>
    tampering(shows('getExposureInfo', (reply) => ({ ...reply, Fps: '25.00' }))),
  ),
  exposure(
    'ISO/type',
    'iso-negative',
    'shows a negative sensitivity',
    () => tampering(shows('getExposureInfo', (reply) => ({ ...reply, ISO: -1 }))),
    SHOULD,
  ),
  exposure('getExposureInfo/reply', 'not-twice', 'leaves its measures out of each second reply', () => {
    const next = counter();
    return tampering(
      shows('getExposureInfo', (reply) =>
        next() % 2 === 0 ? Object.fromEntries(Object.entries(reply).filter(([name]) => !/Gain|Exp|Fps|ISO/.test(name))) : reply,
      ),
    );
  }),
  speaker(
    'hour_begain/settable',
    'begin-is-end',
    'stores the hour at which it begins as that at which it ends as well',
    copying('setSmartAudioConf', 'hour_begain', 'hour_end'),
  ),
  speaker('whiteListAudio/settable', 'white-is-black', 'stores what it says to the white list for the black list as well', () =>
    tampering(
      stores('setSmartAudioConf', (changes) =>
        typeof changes.whiteListAudio === 'number' ? { ...changes, blacklistAudio: Math.min(3, changes.whiteListAudio) } : changes,
      ),
    ),
  ),
  speaker('whiteListAudio/settable', 'last-greeting-lost', 'stores 4 for 5', () =>
    tampering(storesOther('setSmartAudioConf', 'whiteListAudio', (value) => Math.min(4, Number(value)))),
  ),
  speaker(
    'timeEnable/settable',
    'time-is-enable',
    'stores the time control as the switch as well',
    copying('setSmartAudioConf', 'timeEnable', 'enable'),
  ),
  speaker(
    'min_end/settable',
    'minute-goes-back',
    'has the old last minute again 8 s behind a set',
    goingBack({ slug: 'smart-audio', set: 'setSmartAudioConf', get: 'getSmartAudioConf' }, 'min_end', 8000),
  ),
  serial('baudrate/settable', 'fastest-lost', 'stores 9600 for 115200', () =>
    tampering(storesOther('setPeripheralConf', 'baudrate', (value) => (value === 115_200 ? 9600 : value))),
  ),
  serial('parity/settable', 'constants-lost', 'stores no parity for the constant ones', () =>
    tampering(storesOther('setPeripheralConf', 'parity', (value) => (Number(value) > 2 ? 0 : value))),
  ),
  serial('dataBits/settable', 'data-is-stop', 'puts two stop bits where five data bits are set', () =>
    tampering(stores('setPeripheralConf', (changes) => (changes.dataBits === 5 && !('stopBits' in changes) ? { ...changes, stopBits: 2 } : changes))),
  ),
  serial('PTZ_Lock/settable', 'lock-resets-line', 'puts the line to 2400 where the lock is opened', () =>
    tampering(
      stores('setPeripheralConf', (changes) => (changes.PTZ_Lock === 1 && !('baudrate' in changes) ? { ...changes, baudrate: 2400 } : changes)),
    ),
  ),
  door(
    'output-switches',
    'door-stays-shut',
    'answers code 0, and does not switch the output',
    () => tampering(performs('openDoor', () => ({ code: 0 }))),
    UNWIRED,
  ),
  door(
    'output-switches',
    'door-stays-open',
    'does not switch the output back',
    () =>
      tampering(
        afterDone('openDoor', ({ memory }) => {
          memory.doorUntil = Number.POSITIVE_INFINITY;
        }),
      ),
    UNWIRED,
  ),
  door(
    'openDoor/reply',
    'door-refused-twice',
    'refuses a second time within the duration of the output with code 299',
    (now) => {
      let until = Number.NEGATIVE_INFINITY;
      return tampering({
        refuses: (action) => {
          if (action !== 'openDoor') return null;
          if (now() < until) return 299;
          until = now() + 10_000;
          return null;
        },
      });
    },
    SHOULD,
  ),
  door('openDoor/reply', 'door-changes-duration', 'puts the duration of the output to 0 with each opening', () =>
    tampering(afterDone('openDoor', ({ store }) => store.write('getAlarmInConf', 0, { alarm_handle_alarmout_time: 0 }))),
  ),
  io(
    'data-on-the-line',
    'data-nowhere',
    'answers code 0, and sends nothing',
    () => tampering(performs('ioSendData', (_, json, perform) => (typeof json?.data === 'string' ? { code: 0 } : perform()))),
    UNWIRED,
  ),
  io(
    'data-on-the-line',
    'data-cut',
    'sends the first byte alone',
    () => tampering(takes('ioSendData', (json) => (typeof json.data === 'string' ? { ...json, data: json.data.slice(0, 1) } : json))),
    UNWIRED,
  ),
  io(
    'ioSendData/reply',
    'digits-refused',
    'refuses data with digits',
    () => tampering({ refuses: (action, json) => (action === 'ioSendData' && /\d/.test(String(json?.data)) ? 205 : null) }),
    SHOULD,
  ),
  io('ioSendData/reply', 'data-changes-line', 'puts the line to 2400 with each sending', () =>
    tampering(afterDone('ioSendData', ({ store }) => store.write('getPeripheralConf', 0, { baudrate: 2400 }))),
  ),
];

const schedule: Writer = writerFor('schedule-snap');
const recording = writerFor('time-lapse-recording');

const SCHEDULES: readonly BlindDefect[] = [
  ...ofWeek('schedule-snap', 'setScheSnap', 'getScheSnap'),
  ...ofWeek('time-lapse-recording', 'setRecSchedule', 'getRecSchedule'),
  schedule('snapInterval/settable', 'interval-in-fives', 'rounds the interval down to five seconds', () =>
    tampering(storesOther('setScheSnap', 'snapInterval', (value) => Number(value) - (Number(value) % 5000))),
  ),
  schedule('saveMode/settable', 'mail-alone-lost', 'stores both for mail alone', () =>
    tampering(storesOther('setScheSnap', 'saveMode', (value) => (value === 3 ? 7 : value))),
  ),
  schedule('saveMode/settable', 'mode-empties-week', 'disables the first day where both are closed', () =>
    tampering(
      stores('setScheSnap', (changes, before) =>
        changes.saveMode === 0 && !('schedule_list' in changes) && isWeek(before.schedule_list)
          ? {
              ...changes,
              schedule_list: before.schedule_list.map((entry, day) =>
                day === 0 ? { day_0: (entry.day_0 ?? []).map((each) => ({ ...each, enable: 1 - Number(each.enable) })) } : entry,
              ),
            }
          : changes,
      ),
    ),
  ),
  recording(
    'minor_stream/settable',
    'stream-goes-back',
    'has the old stream again 2 s behind a set',
    goingBack({ slug: 'time-lapse-recording', set: 'setRecSchedule', get: 'getRecSchedule' }, 'minor_stream', 2000),
  ),
  recording('setRecSchedule/all-at-once', 'week-lost-with-stream', 'keeps the old week where a request names the stream as well', () =>
    tampering(
      stores('setRecSchedule', (changes, before) =>
        'minor_stream' in changes && 'schedule_list' in changes ? { ...changes, schedule_list: before.schedule_list } : changes,
      ),
    ),
  ),
  recording('setRecSchedule/all-at-once', 'both-refused', 'refuses a request that names the week and the stream', () =>
    tampering({
      refuses: (action, json) => (action === 'setRecSchedule' && json !== null && 'minor_stream' in json && 'schedule_list' in json ? 205 : null),
    }),
  ),
  recording('setRecSchedule/isolation', 'week-changes-stream', 'puts the stream to the main one where a week is set', () =>
    tampering(
      stores('setRecSchedule', (changes) => ('schedule_list' in changes && !('minor_stream' in changes) ? { ...changes, minor_stream: 1 } : changes)),
    ),
  ),
];

const motion = writerFor('motion-detection');
export const ALARMS_TO_DATA: readonly BlindDefect[] = [
  ...ALARMS.flatMap(ofAlarm),
  ...ALARMS.slice(2).flatMap(ofAreas),
  motion('setMotionDetConf/isolation', 'motion-into-region', 'stores the areas of motion detection in region alarm detection as well', () =>
    tampering(
      afterDone('setMotionDetConf', ({ store }, json) => {
        if ('area_list' in json) store.write('getRegInvConf', 0, { area_list: store.values('getMotionDetConf').area_list });
      }),
    ),
  ),
  motion('setMotionDetConf/isolation', 'sensitivity-into-fire', 'stores its sensitivity as that of fire detection as well', () =>
    tampering(
      afterDone('setMotionDetConf', ({ store }, json) => {
        if ('md_sensitivity' in json) store.write('getIVSConf', 0, { sensitivity: json.md_sensitivity });
      }),
    ),
  ),
  motion('md_sensitivity/settable', 'sensitivity-of-three', 'stores 3 for 2 and 4', () =>
    tampering(storesOther('setMotionDetConf', 'md_sensitivity', (value) => (value === 2 || value === 4 ? 3 : value))),
  ),
  motion('eventType/enumeration', 'event-type-2', 'shows event type 2', () =>
    tampering(shows('getMotionDetConf', (reply) => ({ ...reply, eventType: 2 }))),
  ),
  ...SCHEDULES,
  ...STORAGE,
  ...SNAP,
  ...FILE,
  ...REST,
];

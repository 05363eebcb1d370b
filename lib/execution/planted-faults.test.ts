/**
 * Cameras with one fault each, and the checks that find it: exactly these, so that one fault is one complaint and no check
 * is without a fault that it finds.
 */
import { describe, expect, test } from 'vitest';
import { genericChecks } from '../checks/generic-checks.ts';
import { SECTIONS } from '../document/index.ts';
import { isMembers, isSameValue, type Members } from '../document/row-value.ts';
import { systemConfiguration } from '../document/sections/05-system-configuration.ts';
import { deviceTimedRestart } from '../document/sections/08-device-timed-restart.ts';
import { wifi } from '../document/sections/14-wifi.ts';
import { ftp } from '../document/sections/16-ftp.ts';
import { video } from '../document/sections/21-video.ts';
import { display } from '../document/sections/23-display.ts';
import { osd } from '../document/sections/24-osd.ts';
import { scheduleSnap } from '../document/sections/28-schedule-snap.ts';
import { MODELS } from '../emulator/model.ts';
import {
  afterSet,
  type Fault,
  head,
  listOf,
  mangling,
  parsed,
  RIGHT_DIGEST,
  replying,
  requesting,
  storing,
  storingUnchecked,
  wiring,
  withElement,
  without,
} from './planting.fixture.ts';
import { complaints, runSection } from './section-run.fixture.ts';

const GETS: readonly Fault[] = [
  {
    does: 'returns a number as text',
    in: video,
    tamper: () => replying('getVencConf', (reply) => (reply.channel === 0 ? { ...reply, gop: String(reply.gop) } : reply)),
    found: ['video/gop/type'],
  },
  {
    does: 'returns an object for a list',
    in: osd,
    tamper: () => replying('getOsdConf', (reply) => ({ ...reply, title_list: {} })),
    found: ['osd/title_list/type'],
  },
  {
    does: 'returns a list that is too short',
    in: osd,
    tamper: () => replying('getOsdConf', (reply) => ({ ...reply, title_list: listOf(reply.title_list).slice(0, 3) })),
    found: ['osd/title_list/length'],
  },
  {
    does: 'returns a number outside its range until it is set',
    in: deviceTimedRestart,
    tamper: () => {
      let isSet = false;
      return {
        stored: (_, changes) => {
          isSet ||= 'hour' in changes;
          return changes;
        },
        reply: (action, _, reply) => (action === 'getRebootConf' && !isSet ? { ...reply, hour: 99 } : reply),
      };
    },
    found: ['device-timed-restart/hour/range'],
  },
  {
    does: 'returns a number outside its range, whatever is set',
    in: deviceTimedRestart,
    tamper: () => replying('getRebootConf', (reply) => ({ ...reply, hour: 99 })),
    // Its own set refuses 99: what could not be put back is not set.
    found: ['device-timed-restart/hour/range'],
  },
  {
    does: 'returns a number outside its range in one element of a list',
    in: osd,
    tamper: () => replying('getOsdConf', (reply) => withElement(reply, 'title_list', 2, { ...listOf(reply.title_list)[2], title_pos_x: 9999 })),
    found: ['osd/title_list.title_pos_x/range'],
  },
  {
    does: 'returns a number outside its enumeration, whatever is set',
    in: osd,
    tamper: () => replying('getOsdConf', (reply) => ({ ...reply, font_size: 7 })),
    found: ['osd/font_size/enumeration'],
  },
  {
    does: 'does not list the resolution that it has',
    in: video,
    tamper: () => replying('getVencConf', (reply) => (reply.channel === 0 ? { ...reply, pixel_list: [{ width: 1920, height: 1080 }] } : reply)),
    found: ['video/pic_width/pair', 'video/pic_height/pair'],
  },
  {
    does: 'refuses a resolution that it lists',
    in: video,
    tamper: () => requesting('setVencConf', (json) => json.replace('"pic_width":1920', '"pic_width":1')),
    found: ['video/pic_width/round-trip', 'video/pic_height/round-trip'],
  },
  {
    does: 'returns a frame rate above the largest that it states',
    in: video,
    tamper: () => replying('getVencConf', (reply) => (reply.channel === 0 ? { ...reply, max_framerate: 5 } : reply)),
    found: ['video/frame_rate/at-most'],
  },
  {
    does: 'does not return a parameter',
    in: deviceTimedRestart,
    tamper: () => replying('getRebootConf', (reply) => without(reply, 'hour')),
    found: [],
  },
  {
    does: 'does not return a parameter (strict profile)',
    in: deviceTimedRestart,
    options: { profile: 'strict' },
    tamper: () => replying('getRebootConf', (reply) => without(reply, 'hour')),
    found: ['device-timed-restart/hour/type'],
  },
  {
    does: 'does not return a member of one element (strict profile)',
    in: osd,
    options: { profile: 'strict' },
    tamper: () =>
      replying('getOsdConf', (reply) => ({
        ...reply,
        title_list: (reply.title_list as Members[]).map((title, index) => (index === 1 ? without(title, 'title_pos_x') : title)),
      })),
    found: ['osd/title_list.title_pos_x/type'],
  },
  {
    does: 'shows a parameter under the name of the examples alone (strict profile)',
    in: wifi,
    options: { profile: 'strict' },
    tamper: () => replying('getWifiConfig', (reply) => without(reply, 'SSID')),
    found: ['wifi/ssid/type'],
  },
  {
    does: 'answers for its third stream with something else than JSON',
    in: video,
    tamper: () => replying('getVencConf', (reply) => (reply.channel === 2 ? 'no stream' : reply)),
    found: ['video/third.getVencConf/reply'],
  },
  {
    does: 'has no third stream, and says so with a code of its own',
    in: video,
    tamper: () => replying('getVencConf', (reply) => (reply.channel === 2 ? { ...without(reply, 'channel'), code: 205 } : reply)),
    found: [],
  },
  {
    does: 'does not offer an action pair',
    in: deviceTimedRestart,
    tamper: () => ({ request: (action, json) => (/RebootConf$/.test(action) ? '{' : json) }),
    found: [],
  },
  {
    does: 'does not offer an action pair (strict profile)',
    in: deviceTimedRestart,
    options: { profile: 'strict' },
    tamper: () => ({ request: (action, json) => (/RebootConf$/.test(action) ? '{' : json) }),
    found: ['device-timed-restart/getRebootConf/reply', 'device-timed-restart/setRebootConf/reply'],
  },
];

const SETS: readonly Fault[] = [
  {
    does: 'has one bit rate alone',
    in: video,
    tamper: () => storing('setVencConf', (changes, before) => ({ ...changes, bitrate: before.bitrate })),
    found: ['warn video/bitrate/another-value', 'warn video/auxiliary.bitrate/another-value', 'warn video/third.bitrate/another-value'],
  },
  {
    does: 'ignores sets',
    in: deviceTimedRestart,
    tamper: () => storing('setRebootConf', () => ({})),
    found: ['day_week', 'hour', 'minute', 'mode'].map((name) => `device-timed-restart/${name}/round-trip`),
  },
  {
    does: 'ignores one parameter',
    in: osd,
    tamper: () => storing('setOsdConf', (changes) => without(changes, 'font_size')),
    found: ['osd/font_size/round-trip'],
  },
  {
    does: 'ignores one parameter although its condition holds',
    in: display,
    tamper: () => storing('setImageAdjustmentEx', (changes) => without(changes, 'infr_day_h')),
    found: ['display/infr_day_h/round-trip'],
  },
  {
    does: 'forgets the last element of a list',
    in: osd,
    tamper: () => storing('setOsdConf', (changes, before) => withElement(changes, 'title_list', 3, listOf(before.title_list)[3])),
    found: ['osd/title_list[3]/round-trip'],
  },
  {
    does: 'forgets the last day of a week',
    in: scheduleSnap,
    tamper: () => storing('setScheSnap', (changes, before) => withElement(changes, 'schedule_list', 6, listOf(before.schedule_list)[6])),
    found: [0, 1, 2, 3].map((period) => `schedule-snap/schedule_list.day_6[${period}]/round-trip`),
  },
  {
    does: 'writes the first element of a list also into the second',
    in: osd,
    tamper: () =>
      storing('setOsdConf', (changes, before) => {
        const [first] = listOf(changes.title_list);
        return isSameValue(first, listOf(before.title_list)[0]) ? changes : withElement(changes, 'title_list', 1, first);
      }),
    found: ['osd/title_list[0]/isolation'],
  },
  {
    does: 'shows the old value on the second reading',
    in: deviceTimedRestart,
    tamper: () => {
      let once: Members = {};
      return {
        stored: (_, changes) => {
          once = 'hour' in changes ? { hour: changes.hour } : {};
          return without(changes, 'hour');
        },
        reply: (action, _, reply) => {
          if (action !== 'getRebootConf') return reply;
          const shown = { ...reply, ...once };
          once = {};
          return shown;
        },
      };
    },
    found: ['device-timed-restart/hour/round-trip'],
  },
  {
    does: 'clamps to a smaller range',
    in: deviceTimedRestart,
    tamper: () => storing('setRebootConf', (changes) => ('hour' in changes ? { ...changes, hour: Math.min(20, Number(changes.hour)) } : changes)),
    found: ['device-timed-restart/hour/range-ends'],
  },
  {
    does: 'refuses the end of a range',
    in: deviceTimedRestart,
    tamper: () => requesting('setRebootConf', (json) => json.replace('"hour":23', '"hour":99')),
    found: ['device-timed-restart/hour/range-ends'],
  },
  {
    does: 'stores another member of the enumeration',
    in: deviceTimedRestart,
    tamper: () => storing('setRebootConf', (changes) => (changes.day_week === 6 ? { ...changes, day_week: 0 } : changes)),
    found: ['device-timed-restart/day_week/members'],
  },
  {
    does: 'stores four parameters at most',
    in: osd,
    tamper: () => storing('setOsdConf', (changes) => Object.fromEntries(Object.entries(changes).slice(0, 4))),
    found: ['osd/setOsdConf/cross-talk', 'osd/setOsdConf/all-at-once'],
  },
  {
    does: 'shows once what one request with all parameters set',
    in: deviceTimedRestart,
    tamper: () => {
      let lost: Members = {};
      let readings = 0;
      return {
        stored: (action, changes, before) => {
          if (action !== 'setRebootConf') return changes;
          lost = ['day_week', 'hour', 'minute', 'mode'].every((name) => name in changes) ? { hour: before.hour } : {};
          readings = 0;
          return changes;
        },
        reply: (action, _, reply) => {
          if (action !== 'getRebootConf') return reply;
          readings += 1;
          return readings > 1 ? { ...reply, ...lost } : reply;
        },
      };
    },
    found: ['device-timed-restart/setRebootConf/holds'],
  },
  {
    does: 'loses what is not ASCII',
    in: systemConfiguration,
    tamper: () => mangling((text) => text.replace(/[^ -~]/g, '?')),
    found: ['warn system-configuration/dev_name/chinese'],
  },
  {
    does: 'trims texts',
    in: systemConfiguration,
    tamper: () => mangling((text) => text.trim()),
    found: ['warn system-configuration/dev_name/blanks'],
  },
  {
    does: 'loses quotes',
    in: systemConfiguration,
    tamper: () => mangling((text) => text.replaceAll('"', '')),
    found: ['warn system-configuration/dev_name/quotes'],
  },
  {
    does: 'loses backslashes',
    in: systemConfiguration,
    tamper: () => mangling((text) => text.replaceAll('\\', '')),
    found: ['warn system-configuration/dev_name/backslash'],
  },
  {
    does: 'decodes texts twice',
    in: systemConfiguration,
    tamper: () => mangling((text) => text.replace('%41', 'A')),
    found: ['warn system-configuration/dev_name/url-characters'],
  },
];

const SIDE_EFFECTS: readonly Fault[] = [
  {
    does: 'takes an unknown parameter for its first one, which was found so',
    in: scheduleSnap,
    tamper: () => requesting('setScheSnap', (json) => json.replace('"conformance_unknown":1', '"snapInterval":0')),
    found: ['schedule-snap/setScheSnap/unknown-parameter'],
  },
  {
    does: 'changes its last parameter with an unknown one',
    in: scheduleSnap,
    tamper: () => requesting('setScheSnap', (json) => json.replace('"conformance_unknown":1', '"saveMode":5')),
    found: ['schedule-snap/setScheSnap/unknown-parameter'],
  },
  {
    does: 'empties a neighbour that a set does not name, and was found with it empty',
    in: scheduleSnap,
    tamper: () =>
      storing('setScheSnap', (changes) => ('saveMode' in changes && !('snapInterval' in changes) ? { ...changes, snapInterval: 0 } : changes)),
    found: ['schedule-snap/saveMode/isolation'],
  },
  {
    does: 'changes a neighbour that a set does not name',
    in: deviceTimedRestart,
    tamper: () => storing('setRebootConf', (changes) => ('hour' in changes && !('minute' in changes) ? { ...changes, minute: 42 } : changes)),
    found: ['device-timed-restart/hour/isolation'],
  },
  {
    does: 'changes a neighbour of another section that shares the action',
    in: ftp,
    tamper: () => storing('setPlatformServer', (changes) => ('ftpPort' in changes ? { ...changes, mqtt_user: `${changes.ftpPort}` } : changes)),
    found: ['ftp/ftpPort/isolation'],
  },
  {
    does: 'changes another section at the first set',
    in: deviceTimedRestart,
    tamper: () =>
      afterSet('setRebootConf', (action, reply) => (action === 'getOsdConf' ? { ...reply, show_week: 1 - Number(reply.show_week) } : reply)),
    found: ['device-timed-restart/setRebootConf/other-sections'],
  },
  {
    does: 'changes the first stream together with the second',
    in: video,
    tamper: () => {
      let changed: Members = {};
      return {
        stored: (_, changes, before) => {
          if (before.channel === 1) changed = without(changes, 'channel');
          else changed = Object.fromEntries(Object.entries(changed).filter(([name]) => !(name in changes)));
          return changes;
        },
        reply: (action, _, reply) => (action === 'getVencConf' && reply.channel === 0 ? { ...reply, ...changed } : reply),
      };
    },
    found: ['video/auxiliary.setVencConf/other-instances'],
  },
];

const ILLEGAL_REQUESTS: readonly Fault[] = [
  {
    does: 'stores a value above the range',
    in: deviceTimedRestart,
    tamper: () => storingUnchecked('setRebootConf', 'hour', (value) => Number(value) > 23),
    found: ['device-timed-restart/hour/above-range'],
  },
  {
    does: 'stores a value below the range',
    in: deviceTimedRestart,
    tamper: () => storingUnchecked('setRebootConf', 'hour', (value) => Number(value) < 0),
    found: ['device-timed-restart/hour/below-range'],
  },
  {
    does: 'stores a value outside the enumeration',
    in: deviceTimedRestart,
    tamper: () => storingUnchecked('setRebootConf', 'day_week', (value) => value === 7),
    found: ['device-timed-restart/day_week/outside-enumeration'],
  },
  {
    does: 'stores what lies above the enumeration, and knows its holes',
    in: scheduleSnap,
    tamper: () => storingUnchecked('setScheSnap', 'saveMode', (value) => Number(value) > 7),
    found: ['schedule-snap/saveMode/above-enumeration'],
  },
  {
    does: 'stores a text for a number',
    in: deviceTimedRestart,
    tamper: () => storingUnchecked('setRebootConf', 'minute', (value) => value === 'conf'),
    found: ['device-timed-restart/minute/wrong-type'],
  },
  {
    does: 'stores a number for a text',
    in: systemConfiguration,
    tamper: () => storingUnchecked('setSysConfig', 'dev_name', (value) => typeof value === 'number'),
    found: ['system-configuration/dev_name/wrong-type'],
  },
  {
    does: 'refuses a value above the range, and changes the parameter all the same',
    in: deviceTimedRestart,
    tamper: () => {
      let isAbove = false;
      return {
        request: (_, json) => {
          isAbove = json?.includes('"hour":24') ?? false;
          return isAbove ? json?.replace('"hour":24', '"hour":5') : json;
        },
        reply: (action, _, reply) => (action === 'setRebootConf' && isAbove ? { ...reply, code: 205 } : reply),
      };
    },
    found: ['device-timed-restart/hour/above-range'],
  },
  {
    does: 'clamps a value above the range',
    in: deviceTimedRestart,
    tamper: () => requesting('setRebootConf', (json) => json.replace('"hour":24', '"hour":22')),
    found: [],
  },
  {
    does: 'clamps a value above the range (strict profile)',
    in: deviceTimedRestart,
    options: { profile: 'strict' },
    tamper: () => requesting('setRebootConf', (json) => json.replace('"hour":24', '"hour":22')),
    found: ['device-timed-restart/hour/above-range'],
  },
  {
    does: 'stores a member of a list above its range, which later sets of the list would hide',
    in: osd,
    tamper: () =>
      storingUnchecked('setOsdConf', 'title_list', (value) => {
        const titles = listOf(value);
        return titles.some((title) => title.title_pos_x === 705) && titles.every(({ title_pos_y: y }) => Number(y) >= 0 && Number(y) <= 576);
      }),
    found: ['osd/title_list.title_pos_x/above-range', ...[1, 2, 3].map((index) => `osd/title_list[${index}]/beyond`)],
  },
  {
    does: 'ignores a value above the range with code 0 (strict profile)',
    in: deviceTimedRestart,
    options: { profile: 'strict' },
    tamper: () => requesting('setRebootConf', (json) => json.replace(/"hour":24/, '"unknown":1')),
    found: ['device-timed-restart/hour/above-range'],
  },
  {
    does: 'converts a value of another type (strict profile)',
    in: deviceTimedRestart,
    options: { profile: 'strict' },
    tamper: () => requesting('setRebootConf', (json) => json.replace('"hour":"conf"', '"hour":0')),
    found: [],
  },
  {
    does: 'refuses with a code that is not documented',
    in: deviceTimedRestart,
    tamper: () => replying('setRebootConf', (reply) => (reply.code === 205 ? { ...reply, code: 777 } : reply)),
    found: ['warn device-timed-restart/setRebootConf/refusal-codes'],
  },
  {
    does: 'stores and returns a parameter that the document does not know',
    in: osd,
    tamper: () => {
      let unknown: Members = {};
      return {
        request: (_, json) => {
          const sent = parsed(json);
          if (isMembers(sent) && 'conformance_unknown' in sent) unknown = { conformance_unknown: sent.conformance_unknown };
          return json;
        },
        reply: (action, _, reply) => (action === 'getOsdConf' ? { ...reply, ...unknown } : reply),
      };
    },
    found: ['osd/setOsdConf/unknown-parameter'],
  },
  {
    does: 'does not ask for a necessary parameter',
    in: deviceTimedRestart,
    tamper: () => {
      let mode: unknown = 0;
      return {
        request: (action, json) => {
          const sent = parsed(json);
          return action === 'setRebootConf' && isMembers(sent) ? JSON.stringify({ mode, ...sent }) : json;
        },
        stored: (_, changes) => {
          mode = changes.mode;
          return changes;
        },
      };
    },
    found: ['warn device-timed-restart/mode/necessary'],
  },
  {
    does: 'resets a necessary parameter that is missing',
    in: deviceTimedRestart,
    tamper: () =>
      requesting('setRebootConf', (json) => {
        const sent = parsed(json);
        return isMembers(sent) ? JSON.stringify({ mode: 4, ...sent }) : json;
      }),
    found: ['warn device-timed-restart/mode/necessary', 'device-timed-restart/mode/missing-is-harmless'],
  },
  {
    does: 'repairs JSON that does not parse',
    in: deviceTimedRestart,
    tamper: () => requesting('setRebootConf', (json) => (parsed(json) === undefined ? `${json}}` : json)),
    found: ['device-timed-restart/setRebootConf/malformed-json'],
  },
  ...[
    ['[]', 'osd/setOsdConf/json-list'],
    ['"text"', 'osd/setOsdConf/json-text'],
    ['5', 'osd/setOsdConf/json-number'],
    ['null', 'osd/setOsdConf/json-null'],
  ].map(
    ([accepted, id = '']): Fault => ({
      does: `accepts the JSON ${accepted}`,
      in: osd,
      tamper: () => requesting('setOsdConf', (json) => (json === accepted ? '{}' : json)),
      found: [`warn ${id}`],
    }),
  ),
  {
    does: 'takes JSON that is no object for a set of defaults',
    in: osd,
    tamper: () =>
      requesting('setOsdConf', (json) => (isMembers(parsed(json)) || json === '' ? json : parsed(json) === undefined ? json : '{"font_size":2}')),
    found: ['json-list', 'json-text', 'json-number', 'json-null']
      .map((kind) => `warn osd/setOsdConf/${kind}`)
      .concat('osd/setOsdConf/no-object-is-harmless'),
  },
  {
    does: 'accepts a set without JSON',
    in: osd,
    tamper: () => ({ request: (action, json) => (action === 'setOsdConf' ? (json ?? '{}') : json) }),
    found: ['warn osd/setOsdConf/no-json'],
  },
  {
    does: 'stores a day below its enumeration as it came',
    in: deviceTimedRestart,
    tamper: () => storingUnchecked('setRebootConf', 'day_week', (value) => value === -1),
    found: ['device-timed-restart/day_week/below-enumeration'],
  },
  {
    does: 'stores null for a number',
    in: deviceTimedRestart,
    tamper: () => storingUnchecked('setRebootConf', 'hour', (value) => value === null),
    found: ['device-timed-restart/hour/null'],
  },
  {
    does: 'carries out the legal parameters of a request that it refuses',
    in: deviceTimedRestart,
    tamper: () => {
      let isIllegal = false;
      return {
        request: (action, json) => {
          const sent = parsed(json);
          isIllegal = false;
          if (action !== 'setRebootConf' || !isMembers(sent)) return json;
          const kept = Object.entries(sent).filter(([, value]) => typeof value === 'number');
          isIllegal = kept.length > 0 && kept.length < Object.keys(sent).length;
          return isIllegal ? JSON.stringify(Object.fromEntries(kept)) : json;
        },
        reply: (action, _, reply) => (action === 'setRebootConf' && isIllegal ? { ...reply, code: 201 } : reply),
      };
    },
    found: ['device-timed-restart/setRebootConf/refusal-is-whole'],
  },
  {
    does: 'refuses JSON that is no object, and sets a default all the same',
    in: osd,
    tamper: () => {
      let isNone = false;
      return {
        ...requesting('setOsdConf', (json) => {
          isNone = parsed(json) !== undefined && !isMembers(parsed(json));
          return isNone ? '{"font_size":2}' : json;
        }),
        reply: (action, _, reply) => (action === 'setOsdConf' && isNone ? { ...reply, code: 205 } : reply),
      };
    },
    found: ['osd/setOsdConf/no-object-is-harmless'],
  },
  {
    does: 'answers illegal JSON with a text of its own',
    in: deviceTimedRestart,
    tamper: () => ({ text: (action, text) => (action === 'setRebootConf' ? 'broken' : text) }),
    found: [
      'device-timed-restart/setRebootConf/malformed-json',
      ...['loose-json', 'json-list', 'json-text', 'json-number', 'json-null', 'no-json'].map(
        (kind) => `warn device-timed-restart/setRebootConf/${kind}`,
      ),
    ],
  },
];

/** Both are asked between other requests; the get, whose turn comes later, shows the same and is blocked by it. */
const onSet = (...properties: readonly string[]): readonly string[] => properties.map((property) => `device-timed-restart/setRebootConf/${property}`);

const CREDENTIALS: readonly Fault[] = [
  {
    does: 'lets any user in',
    in: deviceTimedRestart,
    tamper: () => ({ admits: (_, digest) => digest === RIGHT_DIGEST }),
    found: onSet('wrong-user'),
  },
  {
    does: 'lets any digest in',
    in: deviceTimedRestart,
    tamper: () => ({ admits: (user, digest) => user === 'admin' && digest?.length === 32 }),
    found: onSet('near-misses'),
  },
  {
    does: 'compares as many digits as a digest has',
    in: deviceTimedRestart,
    tamper: () => ({ admits: (user, digest, isRight) => isRight || (user === 'admin' && digest?.slice(0, 32) === RIGHT_DIGEST) }),
    found: onSet('wrong-password'),
  },
  {
    does: 'lets in without a password',
    in: deviceTimedRestart,
    tamper: () => ({ admits: (user, digest, isRight) => isRight || (user === 'admin' && !digest) }),
    found: onSet('no-password'),
  },
  {
    does: 'takes the plain password',
    in: deviceTimedRestart,
    tamper: () => ({ admits: (_, digest, isRight) => isRight || digest === '123456' }),
    found: onSet('plain-password'),
  },
  {
    does: 'refuses users with a text of its own',
    in: deviceTimedRestart,
    tamper: () => ({ text: (action, text) => (action === '' ? 'go away' : text) }),
    found: onSet('wrong-user'),
  },
];

/** What one reply does not show, and the next one does. */
const NOW_AND_THEN: readonly Fault[] = [
  {
    does: 'leaves a parameter out of each second reply',
    in: deviceTimedRestart,
    tamper: () => {
      let count = 0;
      return replying('getRebootConf', (reply) => {
        count += 1;
        return count % 2 === 0 ? without(reply, 'minute') : reply;
      });
    },
    found: ['device-timed-restart/getRebootConf/same-again'],
  },
  {
    does: 'leaves out who it is where it refuses',
    in: deviceTimedRestart,
    tamper: () => replying('setRebootConf', (reply) => (reply.code === 0 ? reply : without(without(reply, 'deviceID'), 'device_mac'))),
    found: ['device-timed-restart/setRebootConf/envelope-always'],
  },
];

/** The first reply of a run says who the camera is; here that of `getSysConfig`. */
const REPLIES: readonly Fault[] = [
  ...[
    ['has its code as text', (reply: Members) => ({ ...reply, code: '0' })],
    ['has no code', (reply: Members) => without(reply, 'code')],
    ['is that of another device', (reply: Members) => ({ ...reply, deviceID: 'CBT000114010100010239' })],
    ['has no address', (reply: Members) => without(reply, 'device_ip')],
    ['has neither log nor message', (reply: Members) => without(reply, 'log')],
  ].map(
    ([what, change]): Fault => ({
      does: `answers a get with a reply that ${what}`,
      in: deviceTimedRestart,
      tamper: () => replying('getRebootConf', change as (reply: Members) => Members),
      found: ['device-timed-restart/getRebootConf/envelope'],
    }),
  ),
  {
    does: 'has no code in the reply of a set',
    in: deviceTimedRestart,
    tamper: () => replying('setRebootConf', (reply) => (reply.code === 0 ? without(reply, 'code') : reply)),
    found: ['device-timed-restart/setRebootConf/envelope'],
  },
  {
    does: 'answers a get with HTTP status 500',
    in: deviceTimedRestart,
    tamper: () => wiring('getRebootConf', (body) => (body.startsWith('{') ? head('500 Internal Server Error', body) : undefined)),
    found: ['device-timed-restart/getRebootConf/http'],
  },
  {
    does: 'answers illegal JSON with HTTP status 500',
    in: deviceTimedRestart,
    tamper: () => wiring('setRebootConf', (body) => (body.startsWith('error json') ? head('500 Internal Server Error', body) : undefined)),
    found: ['device-timed-restart/setRebootConf/malformed-json'],
  },
  {
    does: 'sends a header without a name',
    in: deviceTimedRestart,
    tamper: () => wiring('getRebootConf', (body) => head('200 OK', body, ': nothing\r\n')),
    found: ['warn device-timed-restart/getRebootConf/syntax'],
  },
  {
    does: 'repeats a name in JSON',
    in: deviceTimedRestart,
    tamper: () => replying('getRebootConf', (reply) => JSON.stringify(reply).replace('{', '{"hour":0,')),
    found: ['warn device-timed-restart/getRebootConf/syntax'],
  },
  ...['getRebootConf', 'setRebootConf'].flatMap((action): Fault[] => [
    {
      does: `does not answer ${action}`,
      in: deviceTimedRestart,
      tamper: () => wiring(action, () => ''),
      found: [`device-timed-restart/${action}/reply`],
    },
    {
      does: `answers ${action} with a text of its own`,
      in: deviceTimedRestart,
      tamper: () => replying(action, () => 'done'),
      found: [`device-timed-restart/${action}/reply`],
    },
  ]),
  {
    does: 'refuses a get',
    in: deviceTimedRestart,
    tamper: () => replying('getRebootConf', (reply) => ({ ...reply, code: 205 })),
    found: ['device-timed-restart/getRebootConf/reply'],
  },
  {
    does: 'refuses every set',
    in: deviceTimedRestart,
    tamper: () => requesting('setRebootConf', (json) => (isMembers(parsed(json)) ? '{"mode":9}' : json)),
    found: ['device-timed-restart/setRebootConf/reply'],
  },
  ...(['error json', 209] as const).flatMap((answer): Fault[] => {
    const refuse = (reply: Members): Members | string => (typeof answer === 'string' ? answer : { ...reply, code: answer });
    const found = ['device-timed-restart/setRebootConf/belongs-to-get'];
    return [
      { does: `offers a get whose set it answers with ${answer}`, in: deviceTimedRestart, tamper: () => replying('setRebootConf', refuse), found },
      { does: `offers a set whose get it answers with ${answer}`, in: deviceTimedRestart, tamper: () => replying('getRebootConf', refuse), found },
    ];
  }),
];

const FAULTS = [...GETS, ...SETS, ...SIDE_EFFECTS, ...ILLEGAL_REQUESTS, ...CREDENTIALS, ...NOW_AND_THEN, ...REPLIES];

/** One waits as long as a change of a stream may take, several times over, while others run beside it. */
const LIMIT_MS = 90_000;

describe('a camera that', () => {
  test.concurrent.each(FAULTS)(
    '$does fails exactly the checks that are about it',
    { timeout: LIMIT_MS },
    async ({ in: section, tamper, options, found }) => {
      expect(complaints(await runSection(section, { ...options, tamper: tamper() }))).toEqual(found);
    },
  );

  const sections = [...new Set(FAULTS.map((fault) => fault.in))];
  test.concurrent.each(sections.flatMap((section) => MODELS.map((model) => ({ title: section.title, section, model }))))(
    'has no fault fails none of $title (the $model model)',
    { timeout: LIMIT_MS },
    async ({ section, model }) => {
      expect(complaints(await runSection(section, { model }))).toEqual([]);
    },
  );
});

test('every kind of check has a fault that it finds', () => {
  const kindOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
  const kinds = new Set(SECTIONS.flatMap(genericChecks).map(({ id }) => kindOf(id)));
  const found = new Set(FAULTS.flatMap((fault) => fault.found).map(kindOf));
  expect([...kinds].filter((kind) => !found.has(kind))).toEqual([]);
});

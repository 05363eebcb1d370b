/** Limits that only the camera knows: of sub streams, of numbers and texts that the document gives no range, of preset points. */
import type { Row } from '../../../document/notation.ts';
import { isReturned, isSameValue, type Members, valueIn } from '../../../document/row-value.ts';
import { PTZ_CALL_PRESET, PTZ_SET_PRESET } from '../../../document/sections/09-ptz-control.ts';
import { ILLEGAL_CODE, MAX_TEXT_BYTES } from '../../accept.ts';
import { startValue } from '../../defaults.ts';
import type { Habits } from '../../habits.ts';
import type { Starts } from '../../model.ts';
import { changeEach, PARTS, ROWS_OF_SET } from '../members.ts';
import type { BlindTrait } from './blind-trait.ts';
import { performing, targetOf } from './notation.ts';

type Limits = Readonly<Record<string, readonly [min: number, max: number]>>;

const OWN_LIMITS =
  '"Numbers without a documented range have limits that only the camera knows, and not the same for each stream: a value refused or clamped there is no failure"';
const SILENCE = '"What the document does not say is never a must"';
const STRINGS = '"blanks at the ends, quotes, backslashes, &, +, % and characters beyond ASCII are a should, except where an example has them"';

const SUB_STREAM: Limits = { bitrate: [32, 2048], frame_rate: [1, 15], gop: [1, 150] };
const MAIN_STREAM: Limits = { bitrate: [256, 8192], frame_rate: [1, 25], gop: [5, 250] };

const nearest = (value: unknown, [min, max]: readonly [number, number]): unknown =>
  typeof value === 'number' ? Math.min(max, Math.max(min, value)) : value;

/** What of a request lies outside the limits is refused with the whole, or brought to the nearest value. */
const limited = (set: string, how: 'refused' | 'clamped', limitsOf: (json: Members) => Limits): Habits =>
  performing(set, (_, json, __, perform) => {
    const limits = limitsOf(json ?? {});
    const within = Object.fromEntries(
      Object.entries(json ?? {}).map(([name, value]) => [name, limits[name] === undefined ? value : nearest(value, limits[name])]),
    );
    const isOutside = Object.entries(json ?? {}).some(([name, value]) => within[name] !== value);
    if (isOutside && how === 'refused') return { code: ILLEGAL_CODE };
    return perform(isOutside ? within : json);
  });

const isSub = ({ channel }: Members): boolean => channel === 1 || channel === 2;

/** Within those limits from the start. */
const SLOW = { frame_rate: 15, max_framerate: 15, gop: 30 };
const SLOW_SUBS = [{}, { channel: 1, bitrate: 1024, ...SLOW }, { channel: 2, bitrate: 512, ...SLOW }];
const UNTOLD_SUBS = SLOW_SUBS.map(({ max_framerate: _, ...start }: Members) => start);

const subStreams = (how: 'refused' | 'clamped', starts: readonly Members[]): Habits => ({
  starts: { getVencConf: starts },
  ...limited('setVencConf', how, (json) => (isSub(json) ? SUB_STREAM : {})),
});

/** Numbers of which the document says no more than that: those of streams have limits of their own above, and ports are the machine's. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['setVencConf', 'setRtspConf', 'setWiredNetwork', 'setTime']);

const isOpen = ({ type, link, held }: Row): boolean => type.kind === 'number' && type.min === undefined && type.max === undefined && !link && !held;

/** Around the value that the camera came with. */
function numbers(how: 'refused' | 'clamped' | 'fixed'): Habits {
  const sets = new Set([...ROWS_OF_SET.keys()].filter((set) => !LEFT_ALONE.has(set)));
  return performing(sets, (action, json, camera, perform) => {
    const target = targetOf(camera, action, json);
    if (target === undefined) return perform();
    const start = camera.store.tables.get(target.get)?.instances[target.instance]?.start ?? {};
    const limits: Limits = Object.fromEntries(
      (ROWS_OF_SET.get(action) ?? []).filter(isOpen).flatMap(({ name }) => {
        const value = start[name];
        if (typeof value !== 'number') return [];
        return [[name, how === 'fixed' ? [value, value] : [Math.floor(value / 2), Math.max(10, value * 2)]] as const];
      }),
    );
    const narrowed = limited(action, how === 'clamped' ? 'clamped' : 'refused', () => limits);
    return narrowed.tamper?.performs?.(action, json, camera, perform) ?? perform();
  });
}

type TextChange = (value: string) => string;

const isFreeText = ({ type }: Row): boolean => type.kind === 'text' && type.format === 'free';

const texts = (change: TextChange, isMeant: (row: Row) => boolean = () => true): Habits =>
  changeEach((row, value) => (isFreeText(row) && typeof value === 'string' && isMeant(row) ? change(value) : value));

/** A camera that stores no such texts did not come with any. */
function startingWith(change: TextChange, isMeant: (row: Row) => boolean = () => true): Starts {
  const changed = (row: Row, value: unknown): unknown => {
    if (row.type.kind === 'list' && Array.isArray(value))
      return value.map((element: Members) => ({ ...element, ...inRows(row.type.kind === 'list' ? row.type.of : [], element) }));
    return isFreeText(row) && isMeant(row) && typeof value === 'string' ? change(value) : value;
  };
  const inRows = (rows: readonly Row[], example: Members): Members =>
    Object.fromEntries(
      rows.flatMap((row) => {
        const value = startValue(row.type, valueIn(row, example));
        const other = changed(row, value);
        return isSameValue(value, other) ? [] : [[row.name, other]];
      }),
    );
  const gets = new Set(PARTS.filter(({ set }) => set !== undefined).map(({ get }) => get));
  return Object.fromEntries(
    [...gets].flatMap((get) => {
      const start = Object.assign(
        {},
        ...PARTS.filter((part) => part.get === get).map(({ rows, example }) => inRows(rows.filter(isReturned), example.reply)),
      );
      return Object.keys(start).length === 0 ? [] : [[get, [start]]];
    }),
  );
}

/** Refuses the whole request for one text: what is too long for any is too long here, too. */
const refusesTexts = (isRefused: (value: string) => boolean): Habits => texts((value) => (isRefused(value) ? 'x'.repeat(MAX_TEXT_BYTES + 1) : value));

const trimmed: TextChange = (value) => value.trim();
const isTitle = ({ name }: Row): boolean => name === 'title';
const plain: TextChange = (value) => value.replace(/["'\\&+%]/g, '');

const inBytes = (value: string, most: number): string => {
  let kept = value;
  while (Buffer.byteLength(kept) > most) kept = [...kept].slice(0, -1).join('');
  return kept;
};

/** The longest text in an example of the document has 33 bytes. */
const TEXT_BYTES = 48;

/** The nearest multiple, never 0. */
const inSteps = (value: unknown, step: number): unknown => (typeof value === 'number' ? Math.max(step, Math.round(value / step) * step) : value);

/** What rate control of common encoders knows. */
const STEPS: Readonly<Record<string, number>> = { bitrate: 32, gop: 5 };

export const LIMIT_TRAITS: readonly BlindTrait[] = [
  {
    id: 'numbers-in-steps',
    does: 'stores the nearest multiple of 32 of a bitrate, and of 5 of a gop',
    sections: [21],
    expects: 'nothing',
    because: OWN_LIMITS,
    make: () =>
      performing('setVencConf', (_, json, __, perform) =>
        perform(Object.fromEntries(Object.entries(json ?? {}).map(([name, value]) => [name, STEPS[name] ? inSteps(value, STEPS[name]) : value]))),
      ),
  },
  {
    id: 'sub-streams-limited-refused',
    does: 'refuses in sub streams a bitrate above 2048, a frame rate above 15 (which max_framerate says) and a gop above 150',
    sections: [21],
    expects: 'nothing',
    because: OWN_LIMITS,
    make: () => subStreams('refused', SLOW_SUBS),
  },
  {
    id: 'sub-streams-limited-clamped',
    does: 'stores in sub streams the nearest of a bitrate up to 2048, a frame rate up to 15 (which max_framerate says) and a gop up to 150',
    sections: [21],
    expects: 'nothing',
    because: OWN_LIMITS,
    make: () => subStreams('clamped', SLOW_SUBS),
  },
  {
    id: 'sub-streams-limited-untold-refused',
    does: 'refuses in sub streams a bitrate above 2048, a gop above 150, and a frame rate above 15 although max_framerate says 25',
    sections: [21],
    expects: 'nothing',
    because: OWN_LIMITS,
    make: () => subStreams('refused', UNTOLD_SUBS),
  },
  {
    id: 'sub-streams-limited-untold-clamped',
    does: 'stores in sub streams the nearest of a bitrate up to 2048, a gop up to 150, and a frame rate up to 15 although max_framerate says 25',
    sections: [21],
    expects: 'nothing',
    because: OWN_LIMITS,
    make: () => subStreams('clamped', UNTOLD_SUBS),
  },
  {
    id: 'sub-streams-one-size',
    does: 'has one size in each sub stream, and stores it whatever size is sent',
    sections: [21],
    expects: 'nothing',
    because: `${OWN_LIMITS}; the document gives sizes no range but the list of the get, which has one element`,
    make: () => ({
      starts: {
        getVencConf: [
          {},
          { channel: 1, pic_width: 640, pic_height: 480, pixel_list: [{ width: 640, height: 480 }] },
          { channel: 2, pic_width: 352, pic_height: 288, pixel_list: [{ width: 352, height: 288 }] },
        ],
      },
      ...performing('setVencConf', (_, json, __, perform) => {
        if (!isSub(json ?? {})) return perform();
        const { pic_width: _width, pic_height: _height, ...rest } = json ?? {};
        return perform(rest);
      }),
    }),
  },
  {
    id: 'main-stream-limited-refused',
    does: 'refuses in the main stream a bitrate outside 256 to 8192 and a gop outside 5 to 250',
    sections: [21],
    expects: 'nothing',
    because: OWN_LIMITS,
    make: () => limited('setVencConf', 'refused', (json) => (isSub(json) ? {} : MAIN_STREAM)),
  },
  {
    id: 'main-stream-limited-clamped',
    does: 'stores in the main stream the nearest of a bitrate of 256 to 8192 and a gop of 5 to 250',
    sections: [21],
    expects: 'nothing',
    because: OWN_LIMITS,
    make: () => limited('setVencConf', 'clamped', (json) => (isSub(json) ? {} : MAIN_STREAM)),
  },
  {
    id: 'numbers-limited-refused',
    does: 'refuses numbers without a documented range that are below half, or above twice, what it came with',
    sections: [17, 28, 32],
    expects: 'nothing',
    because: OWN_LIMITS,
    make: () => numbers('refused'),
  },
  {
    id: 'numbers-limited-clamped',
    does: 'brings numbers without a documented range into half to twice what it came with',
    sections: [17, 28, 32],
    expects: 'nothing',
    because: OWN_LIMITS,
    make: () => numbers('clamped'),
  },
  {
    id: 'numbers-fixed',
    does: 'refuses any other than the present value of numbers without a documented range, those of streams and ports apart',
    sections: [17, 28, 32],
    expects: 'warn',
    findings: 6,
    because: '"that no other value than the present one can be set is a warning": of each of the six parameters',
    make: () => numbers('fixed'),
  },
  {
    id: 'presets-16',
    does: 'has 16 preset points: code 205 to any other number',
    sections: [9],
    expects: 'nothing',
    because: `${OWN_LIMITS}; speed_v of 9.1 and 9.2 is "Number" and no more`,
    make: () =>
      performing('setPtzControl', (_, json, __, perform) => {
        const { ptz_cmd: command, speed_v: number } = json ?? {};
        const isPreset = command === PTZ_SET_PRESET || command === PTZ_CALL_PRESET;
        return isPreset && !(typeof number === 'number' && number >= 1 && number <= 16) ? { code: ILLEGAL_CODE } : perform();
      }),
  },
  {
    id: 'titles-trimmed',
    does: 'cuts the blanks at both ends of the titles of 24',
    sections: [24],
    expects: 'at-most-warn',
    because: `${STRINGS}: the example of 24.2 has titles of a blank, and with one in front, which says must; that a trimmed title is a good camera's is said of this very case, so a warning at most`,
    make: () => ({ ...texts(trimmed, isTitle), starts: startingWith(trimmed, isTitle) }),
  },
  {
    id: 'texts-trimmed',
    does: 'cuts the blanks at both ends of every free text',
    sections: [5, 15, 24],
    expects: 'at-most-warn',
    because: STRINGS,
    make: () => ({ ...texts(trimmed), starts: startingWith(trimmed) }),
  },
  {
    id: 'texts-ascii-refused',
    does: 'refuses a request with a free text of characters beyond ASCII',
    sections: [5, 15, 24],
    expects: 'at-most-warn',
    because: STRINGS,
    make: () => refusesTexts((value) => /[^\x20-\x7e]/.test(value)),
  },
  {
    id: 'texts-plain-refused',
    does: 'refuses a request with a free text of quotes, backslashes, &, + or %',
    sections: [5, 15, 24],
    expects: 'at-most-warn',
    because: STRINGS,
    make: () => ({ ...refusesTexts((value) => value !== plain(value)), starts: startingWith(plain) }),
  },
  {
    id: 'texts-plain-dropped',
    does: 'leaves quotes, backslashes, &, + and % out of a free text',
    sections: [5, 15, 24],
    expects: 'at-most-warn',
    because: STRINGS,
    make: () => ({ ...texts(plain), starts: startingWith(plain) }),
  },
  {
    id: 'texts-48-bytes-refused',
    does: 'refuses a request with a free text of more than 48 bytes',
    sections: [5, 15, 24],
    expects: 'at-most-warn',
    because: `${SILENCE}: no length of any text is documented`,
    make: () => refusesTexts((value) => Buffer.byteLength(value) > TEXT_BYTES),
  },
  {
    id: 'texts-48-bytes-cut',
    does: 'keeps the first 48 bytes of a free text, whole characters of it',
    sections: [5, 15, 24],
    expects: 'at-most-warn',
    because: `${SILENCE}: no length of any text is documented`,
    make: () => texts((value) => inBytes(value, TEXT_BYTES)),
  },
  {
    id: 'files-own-path',
    does: 'writes no other text file than that of the example: code -107 (39.2)',
    sections: [39],
    expects: 'at-most-warn',
    because: `${SILENCE}: which paths there are is not documented, and -107 (file open failed) is a documented code`,
    make: () => ({
      tamper: {
        refuses: (action, json) =>
          action === 'setPlatformConfFile' && typeof json?.file_path === 'string' && json.file_path !== EXAMPLE_FILE ? -107 : null,
      },
    }),
  },
  {
    id: 'files-1-kb',
    does: 'refuses a text file of more than 1024 bytes: code -105',
    sections: [39],
    expects: 'at-most-warn',
    because: `${SILENCE}: no size is documented, and -105 (file is too large) is a documented code`,
    make: () => ({
      tamper: {
        refuses: (action, json) =>
          action === 'setPlatformConfFile' && typeof json?.file_content === 'string' && Buffer.byteLength(json.file_content) > 1024 ? -105 : null,
      },
    }),
  },
];

/** 39.1 */
const EXAMPLE_FILE = '/appfs/fconfigs/thr_conf.txt';

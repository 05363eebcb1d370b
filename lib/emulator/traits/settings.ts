/** What cameras make of requests where the contract leaves it open, and what small ones do without. */

import type { Type } from '../../document/notation.ts';
import type { Members } from '../../document/row-value.ts';
import { NOT_SUPPORTED_CODE } from '../../document/sections/01-generic.ts';
import { SNAPSHOT_PATH } from '../../document/sections/03-snapshot.ts';
import { ILLEGAL_CODE } from '../accept.ts';
import type { Habits } from '../habits.ts';
import { changeEach, clamped, lacking, RESTORES, ROWS_OF_GET, ROWS_OF_SET, rowNamed, setting, spared, without, withoutSections } from './members.ts';
import type { Trait } from './trait.ts';

/** As `atoi` and `sprintf` would. */
function converted(type: Type, value: unknown): unknown {
  if (type.kind === 'number' || type.kind === 'choice') {
    return typeof value === 'string' ? clamped(type, Number.parseInt(value, 10) || 0) : value;
  }
  return type.kind === 'text' && typeof value === 'number' ? String(value) : value;
}

function fewParameters(): Habits {
  const hidden = new Map([...ROWS_OF_GET].map(([get, rows]) => [get, spared(rows)]));
  const ignored = new Map([...ROWS_OF_SET].map(([set, rows]) => [set, spared(rows)]));
  const { tamper = {} } = setting((rows, members) => without(members, spared(rows)));
  return {
    tamper: {
      request: (action, json) => (ignored.has(action) ? tamper.request?.(action, json) : json),
      reply: (action, _, reply) => without(reply, hidden.get(action) ?? new Set()),
    },
  };
}

const oneSize = (width: number, height: number): Members => ({ pic_width: width, pic_height: height, pixel_list: [{ width, height }] });

export const SETTINGS_TRAITS: readonly Trait[] = [
  {
    id: 'clamps',
    does: 'stores the nearest documented value where one out of range is sent',
    sections: [8, 22, 24],
    make: () => changeEach(({ type }, value) => clamped(type, value)),
  },
  {
    id: 'converts',
    does: 'converts values of the wrong type: "conf" to 0, 12345 to "12345"',
    sections: [5, 8, 24],
    make: () => changeEach(({ type }, value) => converted(type, value)),
  },
  {
    id: 'refuses-unknown',
    does: 'refuses a set with a parameter that the document does not know',
    sections: [5, 8, 24],
    warns: ['osd/echo/taken'],
    because: 'legal, and clients that send back what a get answers count on the contrary',
    make: () => ({
      tamper: {
        refuses: (action, json) => {
          const rows = ROWS_OF_SET.get(action);
          const isKnown = (name: string): boolean => name === RESTORES || rowNamed(rows ?? [], name) !== undefined;
          return rows === undefined || Object.keys(json ?? {}).every(isKnown) ? null : ILLEGAL_CODE;
        },
      },
    }),
  },
  {
    id: 'ports-after-restart',
    does: 'listens on a port that was set only after a restart',
    sections: [11, 19],
    make: () => ({ portMove: 'after-restart' }),
  },
  {
    id: 'ports-forwarded',
    does: 'answers where it always did, whatever ports are set, as it looks from behind port forwarding',
    sections: [11, 19],
    make: () => ({ portMove: 'never' }),
  },
  {
    id: 'few-parameters',
    does: 'has about half of the parameters: the others are not returned, and ignored in a set',
    sections: [5, 15, 24],
    make: fewParameters,
  },
  {
    id: 'two-streams',
    does: 'has two streams of one resolution each, 1280x720 and 640x360, and answers code 205 for a third',
    sections: [21],
    make: () => ({
      starts: { getVencConf: [oneSize(1280, 720), { channel: 1, ...oneSize(640, 360), bitrate: 512 }, {}] },
      ...lacking(ILLEGAL_CODE, (action, json) => /^[gs]etVencConf$/.test(action) && json?.channel === 2),
    }),
  },
  {
    id: 'jpeg-only',
    does: 'answers "failed" to fmt=bmp and fmt=yuv',
    sections: [3],
    make: () => lacking('text', (action, json) => action === SNAPSHOT_PATH && json?.fmt !== 'jpg'),
  },
  {
    id: 'no-audio',
    does: 'has no audio: neither settings of it (code 209) nor tracks',
    sections: [19, 22, 37],
    make: () => {
      const { tamper = {} } = withoutSections(NOT_SUPPORTED_CODE, 22, 37);
      const hidden = new Set(['audio_main', 'audio_sub', 'audio_thr']);
      return {
        starts: { getRtspConf: [{ audio_main: 0, audio_sub: 0 }] },
        tamper: {
          ...tamper,
          request: setting((_, members) => without(members, hidden)).tamper?.request ?? ((_, json) => json),
          reply: (action, _, reply) => (action === 'getRtspConf' ? without(reply, hidden) : reply),
        },
      };
    },
  },
  {
    id: 'no-ptz',
    does: 'does not move: code 209 to setPtzControl',
    sections: [9],
    make: () => withoutSections(NOT_SUPPORTED_CODE, 9),
  },
  {
    id: 'no-extras',
    does: 'answers "error json" to every action of 4G, WIFI, e-mail, GB28181, platforms, alarms, storage and peripherals',
    sections: [13, 14, 15, 17, 32, 41],
    make: () => withoutSections('text', 12, 13, 14, 15, 16, 17, 18, 20, 26, 27, 28, 30, 31, 32, 33, 34, 35, 38, 39, 40, 41, 42),
  },
];

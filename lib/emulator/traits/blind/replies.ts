/** Replies that say the same in their own way: members beside the documented ones, envelopes, texts, the clock in local time. */
import type { ListType, Row } from '../../../document/notation.ts';
import { isMembers, type Members, valueIn } from '../../../document/row-value.ts';
import { TIME_ZONES } from '../../../document/sections/10-time-configuration.ts';
import { ILLEGAL_CODE } from '../../accept.ts';
import { startValue } from '../../defaults.ts';
import type { Habits } from '../../habits.ts';
import { type HttpReply, withBody } from '../../http-message.ts';
import type { Starts } from '../../model.ts';
import { PARTS, ROWS_OF_GET, ROWS_OF_SET, without } from '../members.ts';
import type { BlindTrait } from './blind-trait.ts';
import { behind, performing } from './notation.ts';

const MORE_MEMBERS = '"Additional members (such as sign_tby) are allowed everywhere"';
const ENVELOPE = '"device_id and log too, or message in their place, as in the document\'s examples"';
const WHITE_SPACE = '"White space around the text does not matter"';
const ZONE =
  '"What the document does not say is never a must: … the epoch and zone of deviceTime (seconds since 1970, in universal or in local time)"';

/** What firmware shows that nobody documented: of several types, one that counts, one that is an object. */
const EXTRA = { reserved: 0, vendor_ext: { level: 3, name: 'x' }, cap_list: [1, 2, 4], is_custom: false } as const;
const EXTRA_NAMES: ReadonlySet<string> = new Set(Object.keys(EXTRA));
/** In elements of lists. */
const INNER = 'elem_id';

const listsOf = (rows: readonly Row[]): readonly (Row & { readonly type: ListType })[] =>
  rows.filter((row): row is Row & { readonly type: ListType } => row.type.kind === 'list');

/** Numbers the elements of the documented lists of a reply. */
const numbered = (action: string, reply: Members): Members => ({
  ...reply,
  ...Object.fromEntries(
    listsOf(ROWS_OF_GET.get(action) ?? []).flatMap(({ name }) => {
      const elements = reply[name];
      if (!Array.isArray(elements)) return [];
      return [[name, elements.map((element: unknown, index) => (isMembers(element) ? { [INNER]: index, ...element, note: '' } : element))]];
    }),
  ),
});

const namesInner = (json: Members): boolean =>
  Object.values(json).some((value) => Array.isArray(value) && value.some((element: unknown) => isMembers(element) && Object.hasOwn(element, INNER)));

function extra(how: 'ignored' | 'refused', where: 'outside' | 'inside'): Habits {
  const isNamed = (json: Members): boolean => (where === 'inside' ? namesInner(json) : Object.keys(json).some((name) => EXTRA_NAMES.has(name)));
  return {
    tamper: {
      refuses: (action, json) => (how === 'refused' && ROWS_OF_SET.has(action) && isNamed(json ?? {}) ? ILLEGAL_CODE : null),
      reply: (action, _, reply) => {
        if (!ROWS_OF_GET.has(action) || reply.code !== 0) return reply;
        return where === 'inside' ? numbered(action, reply) : { ...EXTRA, ...reply };
      },
    },
  };
}

/** The first four elements as they are, zeros in the others. */
const fourth = (element: unknown, index: number): unknown =>
  index < 4 || !isMembers(element) ? element : Object.fromEntries(Object.keys(element).map((name) => [name, 0]));

/** What shows four areas did not come with more: nobody could put them back. */
const withFourAreas = (): Starts =>
  Object.fromEntries(
    PARTS.flatMap(({ get, rows, example }) => {
      const row = rows.find(({ name }) => name === 'area_list');
      if (row === undefined) return [];
      return [[get, [{ area_list: (startValue(row.type, valueIn(row, example.reply)) as readonly Members[]).map(fourth) }]] as const];
    }),
  );

/** Changes the two texts of 1.1 as they go out. */
const text = (change: (body: string) => string): Habits => ({
  http: {
    reply: (reply: HttpReply) => {
      const body = Buffer.from(reply.body).toString('latin1');
      return /^error (json|user\/pwd)\s*$/.test(body) ? withBody(reply, Buffer.from(change(body.trim()))) : reply;
    },
  },
});

const rotated = (reply: Members, turns: number): Members => {
  const entries = Object.entries(reply);
  const at = entries.length === 0 ? 0 : turns % entries.length;
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)]);
};

/** Seconds that local time is ahead of universal time in a zone of 10. */
function ahead(zone: unknown): number {
  const [, sign, hours, minutes] = /^UTC([+-])(\d+):(\d+)$/.exec(TIME_ZONES[zone as keyof typeof TIME_ZONES] ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60);
}

const TIME_ACTIONS: ReadonlySet<string> = new Set(['getDeviceTime', 'setTime']);

/** @param takes how CurTime is counted */
const localTime = (takes: 'local' | 'universal'): Habits =>
  performing(TIME_ACTIONS, (action, json, camera, perform) => {
    const { timeZone: stored } = camera.store.values('getDeviceTime');
    if (action === 'setTime') {
      const { CurTime: time, timeZone: zone = stored } = json ?? {};
      return perform(takes === 'local' && typeof time === 'number' ? { ...json, CurTime: time - ahead(zone) } : json);
    }
    return behind(perform(), (reply) =>
      reply.code === 0 ? { ...reply, members: { ...reply.members, deviceTime: camera.clock.seconds() + ahead(stored) } } : reply,
    );
  });

export const REPLY_TRAITS: readonly BlindTrait[] = [
  {
    id: 'extra-members-ignored',
    does: 'shows in each get members that nobody documented (a number, an object, a list, a truth value), and ignores them in a set',
    sections: [5, 21, 24],
    expects: 'nothing',
    because: MORE_MEMBERS,
    make: () => extra('ignored', 'outside'),
  },
  {
    id: 'extra-members-refused',
    does: 'shows in each get members that nobody documented, and refuses a whole set (code 205) that names one of them',
    sections: [5, 21, 24],
    expects: 'at-most-warn',
    because: `${MORE_MEMBERS}; "A parameter that the document does not know is refused or ignored"; sending back a whole reply is worth a warning at most`,
    make: () => extra('refused', 'outside'),
  },
  {
    id: 'extra-in-lists-ignored',
    does: 'shows members that nobody documented inside each element of a list, and ignores them in a set',
    sections: [21, 24, 29],
    expects: 'nothing',
    because: MORE_MEMBERS,
    make: () => extra('ignored', 'inside'),
  },
  {
    id: 'extra-in-lists-refused',
    does: 'shows members that nobody documented inside each element of a list, and refuses a whole set (code 205) whose elements name them',
    sections: [21, 24, 29],
    expects: 'at-most-warn',
    because: `${MORE_MEMBERS}; "A parameter that the document does not know is refused or ignored"; sending back a whole reply is worth a warning at most`,
    make: () => extra('refused', 'inside'),
  },
  {
    id: 'area-list-of-four',
    does: 'has areas 0 to 3 alone: the further elements of area_list are zeros, whatever was set',
    sections: [29, 30],
    expects: 'nothing',
    because: '"Of area_list, elements 0 to 3 are judged"',
    make: () => ({
      starts: withFourAreas(),
      tamper: { reply: (_, __, reply) => (Array.isArray(reply.area_list) ? { ...reply, area_list: reply.area_list.map(fourth) } : reply) },
    }),
  },
  {
    id: 'signs',
    does: 'signs each reply: sign_tby of 32 digits, others each time',
    sections: [1, 5, 24],
    expects: 'nothing',
    because: MORE_MEMBERS,
    make: (random) => ({
      tamper: {
        reply: (_, __, reply) => ({ ...reply, sign_tby: Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('') }),
      },
    }),
  },
  {
    id: 'message-for-log',
    does: 'has message "NULL" in place of device_id and log in all replies',
    sections: [1, 5, 24],
    expects: 'nothing',
    because: ENVELOPE,
    make: () => ({ tamper: { reply: (_, __, reply) => ({ message: 'NULL', ...without(reply, new Set(['device_id', 'log'])) }) } }),
  },
  {
    id: 'log-in-words',
    does: "says in log how it went: 'getOsdConf' success, 'setOsdConf' failed",
    sections: [1, 5, 24],
    expects: 'nothing',
    because: '1.1: log is "return info", a String',
    make: () => ({ tamper: { reply: (action, _, reply) => ({ ...reply, log: `'${action}' ${reply.code === 0 ? 'success' : 'failed'}` }) } }),
  },
  {
    id: 'json-order-changes',
    does: 'orders the members of each reply otherwise than those of the one before',
    sections: [1, 5, 24],
    expects: 'nothing',
    because: 'the members of a JSON object have no order (RFC 8259, 1); "A get that nothing was set between answers the same twice"',
    make: () => {
      let turns = 0;
      const reply = (_: string, __: Members | null, members: Members): Members => {
        turns += 1;
        return rotated(members, turns);
      };
      return { tamper: { reply } };
    },
  },
  {
    id: 'texts-bare',
    does: 'ends the texts "error json" and "error user/pwd" without a line end',
    sections: [1, 5],
    expects: 'nothing',
    because: WHITE_SPACE,
    make: () => text((body) => body),
  },
  {
    id: 'texts-padded',
    does: 'has empty lines and blanks around the texts "error json" and "error user/pwd"',
    sections: [1, 5],
    expects: 'nothing',
    because: WHITE_SPACE,
    make: () => text((body) => `\r\n  ${body} \t\n\n`),
  },
  {
    id: 'local-time',
    does: 'counts deviceTime and CurTime in local time, by its timeZone: another zone moves deviceTime',
    sections: [10],
    expects: 'nothing',
    because: ZONE,
    make: () => localTime('local'),
  },
  {
    id: 'local-time-set-universally',
    does: 'shows deviceTime in local time, by its timeZone, and takes CurTime in universal time',
    sections: [10],
    expects: 'nothing',
    because: ZONE,
    make: () => localTime('universal'),
  },
];

/** A board with firmware 22 as its owner met it: streams that are not there, codes of its own, sets that want more or say less than they do. */
import type { Members } from '../../../document/row-value.ts';
import { ILLEGAL_CODE, MISSING_CODE } from '../../accept.ts';
import type { Habits } from '../../habits.ts';
import type { Camera, Reply } from '../../handler.ts';
import type { Time } from '../../time.ts';
import { type FieldFact, SOURCES } from './fact.ts';
import { OWN_IDENTITY } from './identity.ts';

/** Actions of the document that the model lacks, each with the code of its answer; that of a get is its set's, too. */
export const ABSENT: Readonly<Record<string, number>> = {
  getSmartAudioConf: -1,
  setSmartAudioConf: -1,
  getIVSConf: 209,
  setIVSConf: 209,
};
/** The same of actions that the document does not have. */
export const UNKNOWN: Readonly<Record<string, number>> = { getRXControl: -1, getDevConf_jy: 1 };

/** Sets that answer code 1 and apply what they were told. Which ones they are is not known: these stand for them. */
export const SAYS_ONE: ReadonlySet<string> = new Set(['setOsdConf', 'setMotionDetConf']);

/** encode_type beside the document: MJPEG and H.265+. */
const OWN_CODECS: readonly unknown[] = [3, 6];
/** getVencConf of the channels 2 and 3. */
const EMPTY_STREAM: Members = {
  channel: 0,
  pic_width: 0,
  pic_height: 0,
  frame_rate: 0,
  gop: 0,
  bitrate: 0,
  encode_type: 0,
  encode_profile: 0,
  rc_mode: 0,
  max_framerate: 0,
  pixel_list: [],
};
const FIRST_EMPTY = 2;

const size = (width: number, height: number): Members => ({ pic_width: width, pic_height: height });
const pixels = (...sizes: readonly (readonly [width: number, height: number])[]): readonly Members[] =>
  sizes.map(([width, height]) => ({ width, height }));

/** So old may a deviceTime be, in s. */
const FRESH_S = 60;
/** How long a reply is on its way before the network goes, and for how long that is away. */
const CUT_MS = 20;
const AWAY_MS = 8000;
/** What has come of the reply by then. */
const CUT_REPLY = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n10\r\n{"code": 0, "dev';

/** A change of the wired network: the connections end in the middle of the reply, and the camera is away. */
function networkDrops(time: Time): Habits {
  let isCut = false;
  const drop = (camera: Camera, before: string, reply: Reply): Reply => {
    isCut = reply.code === 0 && JSON.stringify(camera.store.values('getWiredNetwork')) !== before;
    if (isCut) {
      time.after(CUT_MS, () => {
        reply.afterwards?.();
        camera.machine.sendAway(AWAY_MS);
      });
    }
    return reply;
  };
  return {
    tamper: {
      performs: (action, _, camera, perform) => {
        if (action !== 'setWiredNetwork') return perform();
        const before = JSON.stringify(camera.store.values('getWiredNetwork'));
        const reply = perform();
        return reply instanceof Promise ? reply.then((later) => drop(camera, before, later)) : drop(camera, before, reply);
      },
      wire: (action) => {
        if (action !== 'setWiredNetwork' || !isCut) return undefined;
        isCut = false;
        return CUT_REPLY;
      },
    },
  };
}

/** Sets whose encode_type the document does not know, as a camera takes them that came with it. */
function ownCodecs(camera: Camera, json: Members, perform: () => Reply | Promise<Reply>): Reply | Promise<Reply> {
  const { encode_type, ...others } = json;
  if (!OWN_CODECS.includes(encode_type)) return perform();
  const reply = camera.set('setVencConf', others);
  if (reply.code === 0) camera.keep('setVencConf', { encode_type }, Number(json.channel ?? 0));
  return reply;
}

export const BOARD_FACTS: readonly FieldFact[] = [
  {
    id: 'field-two-streams',
    does: 'has a stream of 2592x1944 and one of 704x576; a get of the channels 2 and 3 has code 0 and zeros everywhere',
    sections: [21],
    source: SOURCES.hi351x,
    make: () => ({
      starts: {
        getVencConf: [
          { ...size(2592, 1944), pixel_list: pixels([2592, 1944], [1920, 1080]) },
          { channel: 1, ...size(704, 576), bitrate: 512, pixel_list: pixels([704, 576], [640, 480]) },
          {},
        ],
      },
      tamper: {
        performs: (action, json, _, perform) => {
          if (Number(json?.channel) < FIRST_EMPTY || !/^[gs]etVencConf$/.test(action) || json?.channel === undefined) return perform();
          return action === 'getVencConf' ? { code: 0, members: EMPTY_STREAM } : { code: ILLEGAL_CODE };
        },
      },
    }),
  },
  {
    id: 'field-own-codecs',
    does: 'came with H.265+ (encode_type 6) as main and MJPEG (3) as auxiliary stream, and takes both in a set',
    sections: [21],
    source: SOURCES.hi351x,
    make: () => ({
      starts: { getVencConf: [{ encode_type: 6 }, { encode_type: 3 }] },
      tamper: {
        performs: (action, json, camera, perform) => (action === 'setVencConf' && json !== null ? ownCodecs(camera, json, perform) : perform()),
      },
    }),
  },
  {
    id: 'field-absent-codes',
    does: 'answers -1, 209 or 1 to actions that it lacks, to each its own',
    sections: [31, 37],
    source: SOURCES.hi351x,
    make: () => ({
      tamper: {
        refuses: (action) => (Object.hasOwn(ABSENT, action) ? (ABSENT[action] ?? null) : null),
        text: (action, text) => (!Object.hasOwn(UNKNOWN, action) ? text : JSON.stringify({ code: UNKNOWN[action], ...OWN_IDENTITY, log: '' })),
      },
    }),
  },
  {
    id: 'field-fresh-time',
    does: 'wants a deviceTime of now in setTime, and answers code 201, "time error", without',
    sections: [10],
    source: SOURCES.hi351x,
    make: () => {
      const isFresh = ({ deviceTime }: Members): boolean => typeof deviceTime === 'number' && Math.abs(deviceTime - Date.now() / 1000) <= FRESH_S;
      return {
        tamper: {
          refuses: (action, json) => (action === 'setTime' && json !== null && !isFresh(json) ? MISSING_CODE : null),
          reply: (action, _, reply) => (action === 'setTime' && reply.code === MISSING_CODE ? { ...reply, log: 'time error' } : reply),
        },
      };
    },
  },
  {
    id: 'field-says-one',
    does: 'answers code 1 to some sets that it applies all the same',
    sections: [24, 29],
    source: SOURCES.hi351x,
    make: () => ({ tamper: { reply: (action, _, reply) => (SAYS_ONE.has(action) && reply.code === 0 ? { ...reply, code: 1 } : reply) } }),
  },
  {
    id: 'field-network-drops',
    does: 'ends its connections in the middle of the reply to setWiredNetwork where that changes something, and is away for 8 s',
    sections: [11],
    source: SOURCES.hi351x,
    make: (_, time) => networkDrops(time),
  },
];

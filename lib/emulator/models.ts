/**
 * The cameras that the contract calls conformant, and that differ in all it leaves open. None may be failed. A model is one of the two
 * base cameras with traits; what a trait warns about by itself, its model warns about, and nothing else.
 */
import type { EmulatorOptions } from './emulator.ts';
import type { Model } from './model.ts';
import { nearest } from './near-match.ts';
import { traitOf } from './traits/index.ts';

export interface CameraModel {
  readonly id: string;
  /** one sentence */
  readonly description: string;
  /** what starts it */
  readonly options: Pick<EmulatorOptions, 'model' | 'quirks' | 'seed'>;
  /** ids of the checks that warn, sorted */
  readonly expectedWarnings: readonly string[];
  /** ids of the checks that fail, of a camera as people have it; sorted */
  readonly expectedFailures: readonly string[];
}

/** What a camera as people have it is told, beside what its traits are. */
interface Told {
  readonly warns?: readonly string[];
  readonly fails?: readonly string[];
}

interface Base {
  readonly model: Model;
  readonly warns: readonly string[];
}

const FULL: Base = { model: 'full', warns: [] };
/** 11.2 marks networktype necessary, and its own example request does without. */
const LITERAL: Base = { model: 'literal', warns: ['basic-network-information/networktype/necessary'] };

const model = (
  id: string,
  description: string,
  quirks: readonly string[] = [],
  base: Base = FULL,
  { warns = [], fails = [] }: Told = {},
): CameraModel => ({
  id,
  description,
  options: { model: base.model, ...(quirks.length === 0 ? {} : { quirks }) },
  expectedWarnings: [...new Set([...base.warns, ...warns, ...quirks.flatMap((quirk) => traitOf(quirk).warns ?? [])])].toSorted(),
  expectedFailures: fails.toSorted(),
});

export const MODELS: readonly CameraModel[] = [
  model('full', 'Every parameter that the document knows, with values that its tables allow.'),
  model('literal', "The document's own example replies, with what they leave out, add and misspell.", [], LITERAL),
  model('small', 'Few parameters, two streams of one resolution, JPEG alone, no audio and no PTZ; half of the actions are not offered.', [
    'few-parameters',
    'two-streams',
    'jpeg-only',
    'no-audio',
    'no-ptz',
    'no-extras',
  ]),
  model('lenient', 'Clamps what is out of range, converts wrong types, ignores what it does not know, and moves its ports after a restart.', [
    'clamps',
    'converts',
    'ports-after-restart',
  ]),
  model('severe', 'Refuses whatever it does not know, and answers where it always did, as from behind port forwarding.', [
    'refuses-unknown',
    'ports-forwarded',
    'http-kept-alive',
  ]),
  model('http-1.0', 'HTTP/1.0: the end of the connection ends each reply; pictures without JFIF, and padded.', [
    'http-1.0',
    'jpeg-no-jfif',
    'jpeg-padding',
  ]),
  model('other-hand', 'Headers in small letters, indented JSON in another order, labelled as HTML, slashes escaped; RTSP headers in another case.', [
    'json-pretty',
    'json-escapes',
    'json-as-html',
    'http-lower-case',
    'http-no-space',
    'rtsp-other-case',
  ]),
  model('weak', 'Slow, busy now and then, one request at a time, two RTSP sessions at most; drops a connection now and then.', [
    'slow',
    'busy',
    'drops-kept-alive',
    'one-at-a-time',
    'rtsp-two-sessions',
    'rtsp-timeout-15',
  ]),
  model('in-pieces', 'Sends everything in small segments, and writes whole numbers as 25.0 and 1e2.', [
    'http-in-pieces',
    'rtsp-in-pieces',
    'json-odd-numbers',
  ]),
  model('tcp-only', 'Streams over TCP alone, on other channels than asked for, with packets before the answer to PLAY.', [
    'rtsp-tcp-only',
    'rtsp-other-channels',
    'rtsp-packets-before-reply',
    'rtsp-no-rtp-info',
    'rtp-starts-at-zero',
  ]),
  model('udp-only', 'Streams over UDP alone, as the document shows it, and is joined between two key frames.', [
    'rtsp-udp-only',
    'rtsp-single-numbers',
    'joins-between-key-frames',
    'h264-sets-announced-only',
  ]),
  model('old-rtsp', 'Basic alone, absolute control URLs, no Content-Base, folded headers, blanks in Session, a description with line feeds alone.', [
    'rtsp-basic-only',
    'sdp-absolute-control',
    'rtsp-no-base',
    'rtsp-folded-headers',
    'rtsp-session-blanks',
    'rtsp-cseq-blank',
    'rtsp-empty-reason',
    'sdp-lf-only',
    'sdp-odd-origin',
  ]),
  model(
    'busy-rtsp',
    'Three kinds of authentication, new nonces, requests to its client, tracks behind a query, parameter sets in the stream alone.',
    [
      'rtsp-many-challenges',
      'rtsp-fresh-nonces',
      'rtsp-asks-client',
      'rtsp-appended-control',
      'rtsp-relative-rtp-info',
      'rtsp-keeps-slots',
      'rtsp-get-parameter-alive',
      'sdp-no-parameter-sets',
      'h264-empty-fragment',
      'rtcp-far-clock',
    ],
  ),
];

/** Cameras as people have them; what of it the document rules out stands with each. */
export const FIELD_MODELS: readonly CameraModel[] = [
  model('in-use', 'On a wall and in use everywhere: all services on, DHCP, 4G, wired outputs, a restart that is due, an account that gets locked.', [
    'in-use',
    'locks-out',
  ]),
  model(
    'underwater',
    'An underwater camera: a reply as it was captured, members and a command beside the document, scenes that do nothing.',
    [
      'field-identity',
      'field-signature',
      'field-display-members',
      'field-scene-mode-ignored',
      'field-frame-turbo-pro',
      'field-two-awb-scenes',
      'field-once-awb',
      'field-restart',
      'field-open-rtsp',
      'field-open-page',
      // Last: its reply is text, which nothing after it can change.
      'field-captured-display',
    ],
    FULL,
    {
      // 23.1 lists sceneMode 1 and 2, of which a set changes nothing, and awb_auto_mode 0 to 5, of which it takes two.
      fails: ['display/awb_auto_mode/members', 'display/sceneMode/round-trip'],
      warns: ['display/sceneMode/enumeration'],
    },
  ),
  model(
    'board-22',
    'A board with firmware 22: two streams, codes of its own, a set that wants the time, sets that apply and say 1, a network that drops.',
    [
      'field-identity',
      'field-versions',
      'field-signature',
      'field-log-success',
      'field-two-streams',
      'field-own-codecs',
      'field-absent-codes',
      'field-fresh-time',
      'field-says-one',
      'field-network-drops',
      'field-open-rtsp',
      'field-paths',
    ],
    FULL,
    {
      // 10.2 does not call CurTime necessary; 1.3: code 0 is success; 21.1 lists encode_type 1 and 5; 1.3: 209 is what is not supported.
      fails: ['osd/setOsdConf/reply', 'time-configuration/setTime/reply'],
      warns: ['smart-audio/getSmartAudioConf/syntax', 'video/auxiliary.encode_type/enumeration', 'video/encode_type/enumeration'],
    },
  ),
];

const BY_ID: ReadonlyMap<string, CameraModel> = new Map([...MODELS, ...FIELD_MODELS].map((each) => [each.id, each]));

/** Throws one sentence for an id that is none. */
export function modelOf(id: string): CameraModel {
  const found = BY_ID.get(id);
  if (found !== undefined) return found;
  throw new Error(`There is no model "${id}"${nearest(id, BY_ID.keys())}; --models lists them.`);
}

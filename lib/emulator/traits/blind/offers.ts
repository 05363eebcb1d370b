/** What a model does without, or wants a log-in for: telnet, snapshots, formats, whole actions. */
import { JSON_ERROR_TEXT, NOT_SUPPORTED_CODE, USER_ERROR_TEXT } from '../../../document/sections/01-generic.ts';
import { TELNET_PATH } from '../../../document/sections/02-telnet.ts';
import { SNAPSHOT_PATH } from '../../../document/sections/03-snapshot.ts';
import type { Habits } from '../../habits.ts';
import type { HttpReply, HttpRequest } from '../../http-message.ts';
import { parseQuery } from '../../server.ts';
import { actionsOf, withoutSections } from '../members.ts';
import type { BlindTrait } from './blind-trait.ts';

const NOT_OFFERED =
  '"The same holds for an action that answers `error json`, code 209 or HTTP 404 to a well-formed request, telnet and snapshots included: not offered by this model"';
const LOG_IN = '"A snapshot or telnet that wants a log-in is used with one"';
const FORMATS = '3: "The server returns either a JPEG/bmp/yuv image or failed or null", "bmp or yuv is optional"';

const reply = (status: number, body = ''): HttpReply => ({
  version: '1.1',
  status,
  headers: [['Content-Length', String(Buffer.byteLength(body))]],
  body: Buffer.from(body),
  ends: false,
});

const NOT_FOUND = reply(404);
const JSON_ERROR = reply(200, `${JSON_ERROR_TEXT}\r\n`);

/** In place of all that is asked for at a path. */
const instead = (answer: HttpReply, isMeant: (path: string, query: ReadonlyMap<string, string>, request: HttpRequest) => boolean): Habits => ({
  http: {
    request: (request) => {
      const { path, query } = parseQuery(request.url ?? '/');
      return isMeant(path, query, request) ? answer : undefined;
    },
  },
});
const at = (where: string) => (path: string) => path === where;
const ofFormats =
  (...formats: readonly string[]) =>
  (path: string, query: ReadonlyMap<string, string>): boolean =>
    path === SNAPSHOT_PATH && formats.includes(query.get('fmt') ?? 'jpg');

/** HTTP 404 to each request for these actions that is let in. */
function missing(...sections: readonly number[]): Habits {
  const actions = actionsOf(...sections);
  const { tamper } = withoutSections(NOT_SUPPORTED_CODE, ...sections);
  return {
    tamper: {
      ...tamper,
      wire: (action, body) =>
        actions.has(action) && !body.startsWith(USER_ERROR_TEXT)
          ? 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
          : undefined,
    },
  };
}

interface Group {
  readonly id: string;
  readonly what: string;
  readonly sections: readonly number[];
}

/** What is left away together; 12, 16, 18 and 20 share their actions. */
const GROUPS: readonly Group[] = [
  { id: 'platforms', what: 'platforms (12, 16, 18, 20), GB28181 and RTMP', sections: [12, 16, 17, 18, 20, 35] },
  { id: 'wireless', what: '4G and WIFI', sections: [13, 14] },
  { id: 'alarms', what: 'alarms (26 to 31 and 38)', sections: [26, 27, 28, 29, 30, 31, 38] },
  { id: 'storage', what: 'storage and recording (32, 33)', sections: [32, 33] },
  { id: 'peripherals', what: 'peripherals, serial line, door and text files (39 to 42)', sections: [39, 40, 41, 42] },
];

const lacking = ({ id, what, sections }: Group): readonly BlindTrait[] => {
  const common = { sections, expects: 'nothing', because: NOT_OFFERED } as const;
  return [
    { ...common, id: `no-${id}-209`, does: `has no ${what}: code 209`, make: () => withoutSections(NOT_SUPPORTED_CODE, ...sections) },
    { ...common, id: `no-${id}-text`, does: `has no ${what}: the text "error json"`, make: () => withoutSections('text', ...sections) },
    { ...common, id: `no-${id}-404`, does: `has no ${what}: HTTP 404`, make: () => missing(...sections) },
  ];
};

export const OFFER_TRAITS: readonly BlindTrait[] = [
  {
    id: 'telnet-404',
    does: 'has no telnet switch: HTTP 404',
    sections: [2],
    expects: 'nothing',
    because: NOT_OFFERED,
    make: () => instead(NOT_FOUND, at(TELNET_PATH)),
  },
  {
    id: 'telnet-error-json',
    does: 'has no telnet switch: the text "error json"',
    sections: [2],
    expects: 'nothing',
    because: NOT_OFFERED,
    make: () => instead(JSON_ERROR, at(TELNET_PATH)),
  },
  {
    id: 'telnet-209',
    does: 'has no telnet switch: JSON with code 209',
    sections: [2],
    expects: 'nothing',
    because: NOT_OFFERED,
    make: () => instead(reply(200, JSON.stringify({ code: NOT_SUPPORTED_CODE, log: 'not supported' })), at(TELNET_PATH)),
  },
  {
    id: 'telnet-log-in',
    does: 'switches telnet for requests with user and pwd alone: "error user/pwd" to others',
    sections: [2],
    expects: 'nothing',
    because: LOG_IN,
    make: () => ({ tamper: { guards: (path) => (path === TELNET_PATH ? 'query' : undefined) } }),
  },
  {
    id: 'telnet-basic',
    does: 'switches telnet for requests with a log-in by HTTP Basic alone: HTTP 401 to others',
    sections: [2],
    expects: 'nothing',
    because: LOG_IN,
    make: () => ({ tamper: { guards: (path) => (path === TELNET_PATH ? 'basic' : undefined) } }),
  },
  {
    id: 'snapshot-log-in',
    does: 'gives snapshots to requests with user and pwd alone: "error user/pwd" to others',
    sections: [3],
    expects: 'nothing',
    because: LOG_IN,
    make: () => ({ tamper: { guards: (path) => (path === SNAPSHOT_PATH ? 'query' : undefined) } }),
  },
  {
    id: 'snapshot-basic',
    does: 'gives snapshots to requests with a log-in by HTTP Basic alone: HTTP 401 to others',
    sections: [3],
    expects: 'nothing',
    because: LOG_IN,
    make: () => ({ tamper: { guards: (path) => (path === SNAPSHOT_PATH ? 'basic' : undefined) } }),
  },
  {
    id: 'snapshot-digest',
    does: 'gives snapshots to requests with a log-in by HTTP Digest alone: HTTP 401 to others',
    sections: [3],
    expects: 'nothing',
    because: LOG_IN,
    make: () => ({ tamper: { guards: (path) => (path === SNAPSHOT_PATH ? 'digest' : undefined) } }),
  },
  {
    id: 'snapshot-404',
    does: 'has no snapshots: HTTP 404',
    sections: [3],
    expects: 'nothing',
    because: NOT_OFFERED,
    make: () => instead(NOT_FOUND, at(SNAPSHOT_PATH)),
  },
  {
    id: 'snapshot-error-json',
    does: 'has no snapshots: the text "error json"',
    sections: [3],
    expects: 'nothing',
    because: NOT_OFFERED,
    make: () => instead(JSON_ERROR, at(SNAPSHOT_PATH)),
  },
  {
    id: 'bmp-and-yuv-null',
    does: 'answers "null" to fmt=bmp and fmt=yuv',
    sections: [3],
    expects: 'nothing',
    because: FORMATS,
    make: () => instead(reply(200, 'null'), ofFormats('bmp', 'yuv')),
  },
  {
    id: 'bmp-failed',
    does: 'answers "failed" to fmt=bmp, and has YUV',
    sections: [3],
    expects: 'nothing',
    because: FORMATS,
    make: () => instead(reply(200, 'failed\r\n'), ofFormats('bmp')),
  },
  {
    id: 'yuv-null',
    does: 'answers "null" to fmt=yuv, and has BMP',
    sections: [3],
    expects: 'nothing',
    because: FORMATS,
    make: () => instead(reply(200, 'null\r\n'), ofFormats('yuv')),
  },
  {
    id: 'bmp-and-yuv-nothing',
    does: 'answers fmt=bmp and fmt=yuv with an empty body',
    sections: [3],
    expects: 'at-most-warn',
    because: `${FORMATS}: null may be read as nothing at all`,
    make: () => instead(reply(200), ofFormats('bmp', 'yuv')),
  },
  {
    id: 'third-stream-209',
    does: 'has two streams, and answers code 209 for the third',
    sections: [21],
    expects: 'nothing',
    because: `${NOT_OFFERED}; no camera need have a third stream`,
    make: () => ({ tamper: { refuses: (action, json) => (/^[gs]etVencConf$/.test(action) && json?.channel === 2 ? NOT_SUPPORTED_CODE : null) } }),
  },
  ...GROUPS.flatMap(lacking),
];

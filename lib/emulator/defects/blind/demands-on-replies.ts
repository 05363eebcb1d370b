/** What goes wrong with a demand on every action: that it is answered, with which envelope, to whom, and what is not JSON. */
import { createHash } from 'node:crypto';
import type { Members } from '../../../document/row-value.ts';
import type { Tamper } from '../../tamper.ts';
import { head, isGood, parsed, replying, wiring } from '../tampering.ts';
import type { BlindDefect, Now } from './blind-defect.ts';
import { counter, performs } from './sets-and-gets.ts';

/** An action that a demand is made on. */
export interface Asked {
  readonly action: string;
  readonly kind: 'get' | 'set' | 'command';
}

/** One way of breaking a demand, whatever the action. */
export interface Breach {
  readonly word: string;
  readonly does: string;
  readonly level?: BlindDefect['level'];
  /** which actions it can be told of; all when absent */
  readonly of?: readonly Asked['kind'][];
  readonly make: (asked: Asked, now: Now) => Tamper;
}

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

const everySecond = (action: string, change: (reply: Members) => Members | string): Tamper => {
  const next = counter();
  return replying(action, (reply) => (isGood(reply) && next() % 2 === 0 ? change(reply) : reply));
};

const asText = (action: string, change: (body: string) => string): Tamper =>
  replying(action, (reply) => (isGood(reply) ? change(JSON.stringify(reply)) : reply));

/** The last of a reply's own members, which stand before the envelope. */
const withoutLast = (reply: Members): Members => {
  const own = Object.keys(reply).filter((name) => !['code', 'device_mac', 'deviceID', 'device_id', 'device_ip', 'log'].includes(name));
  return Object.fromEntries(Object.entries(reply).filter(([name]) => name !== own.at(-1)));
};

/** Demand `reply`: a well-formed request is answered with code 0. */
export const REPLY: readonly Breach[] = [
  {
    word: 'answers-without-a-member-each-second-time',
    does: 'leaves the last parameter out of each second reply',
    of: ['get'],
    make: ({ action }) => everySecond(action, withoutLast),
  },
  {
    word: 'trailing-comma',
    does: 'puts a comma behind the last member of its reply',
    make: ({ action }) => asText(action, (body) => body.replace(/\}$/, ',}')),
  },
  {
    word: 'code-as-text',
    does: 'answers with the code in quotes',
    make: ({ action }) => replying(action, (reply) => (isGood(reply) ? { ...reply, code: '0' } : reply)),
  },
  {
    word: 'not-without-json',
    does: 'answers "error json" where the request has no json, as in the document\'s own example',
    of: ['get'],
    make: ({ action }) => ({ request: (asked, json) => (asked === action && json === undefined ? '{' : json) }),
  },
  { word: 'brace-missing', does: 'leaves out the last brace of its reply', make: ({ action }) => asText(action, (body) => body.slice(0, -1)) },
  {
    word: 'not-with-an-empty-object',
    does: 'answers "error json" to json={}, as the syntax writes it',
    of: ['get'],
    make: ({ action }) => ({ request: (asked, json) => (asked === action && json === '{}' ? '{' : json) }),
  },
  { word: 'refuses-each-third', does: 'answers each third request with code 299', make: ({ action }) => refusingEach(action, 3, 299) },
  { word: 'reply-twice', does: 'sends its reply twice in one body', make: ({ action }) => asText(action, (body) => body + body) },
  { word: 'in-a-list', does: 'sends its reply as the only element of a list', make: ({ action }) => asText(action, (body) => `[${body}]`) },
  {
    word: 'quotes-missing',
    does: 'leaves out the quotes of names',
    make: ({ action }) => asText(action, (body) => body.replaceAll(/"(\w+)":/g, '$1:')),
  },
  {
    word: 'http-500',
    does: 'sends its reply with HTTP status 500',
    make: ({ action }) => wiring(action, (body) => head('500 Internal Server Error', body)),
  },
  {
    word: 'empty-body',
    does: 'answers each second request with an empty body',
    make: ({ action }) => ofEachSecondWire(action, () => head('200 OK', '')),
  },
  { word: 'nul-behind', does: 'sends a NUL behind its reply', level: 'should', make: ({ action }) => asText(action, (body) => `${body}\0`) },
  { word: 'length-too-long', does: 'announces ten bytes more than it sends', make: ({ action }) => wiring(action, (body) => cutShort(body)) },
  {
    word: 'code-without-envelope-each-second',
    does: 'answers each second request with {"code":0} alone',
    make: ({ action }) => everySecond(action, () => ({ code: 0 })),
  },
];

const refusingEach = (action: string, nth: number, code: number): Tamper => {
  const next = counter();
  return { refuses: (asked) => (asked === action && next() % nth === 0 ? code : null) };
};

const ofEachSecondWire = (action: string, bytes: (body: string) => string): Tamper => {
  const next = counter();
  return wiring(action, (body) => (next() % 2 === 0 ? bytes(body) : undefined));
};

const cutShort = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body) + 10}\r\nConnection: close\r\n\r\n${body}`;

const identity = (action: string, change: (reply: Members) => Members): Tamper => replying(action, (reply) => ({ ...reply, ...change(reply) }));

const without = (action: string, ...names: readonly string[]): Tamper =>
  replying(action, (reply) => Object.fromEntries(Object.entries(reply).filter(([name]) => !names.includes(name))));

/** Demand `envelope`: code, device_mac, deviceID, device_id, device_ip and log, of the same camera each time. */
export const ENVELOPE_BREACHES: readonly Breach[] = [
  {
    word: 'mac-of-another',
    does: 'has another device_mac than all other replies',
    make: ({ action }) => identity(action, () => ({ device_mac: '88-07-cb-00-02-bf' })),
  },
  {
    word: 'ids-differ',
    does: 'has a device_id that is not its deviceID',
    make: ({ action }) => identity(action, ({ deviceID }) => ({ device_id: `${deviceID}`.slice(0, -1) })),
  },
  {
    word: 'identity-alternates',
    does: 'has another deviceID in each second reply',
    make: ({ action }) => {
      const next = counter();
      return identity(action, ({ deviceID, device_id }) =>
        next() % 2 === 0 ? { deviceID: `${deviceID}`.replace(/.$/, '9'), device_id: `${device_id}`.replace(/.$/, '9') } : {},
      );
    },
  },
  { word: 'mac-is-none', does: 'has a device_mac that is none: "eth0"', make: ({ action }) => identity(action, () => ({ device_mac: 'eth0' })) },
  {
    word: 'ip-of-another',
    does: 'has another device_ip than all other replies',
    make: ({ action }) => identity(action, () => ({ device_ip: '192.168.1.98' })),
  },
  { word: 'id-as-number', does: 'has a deviceID that is a number', make: ({ action }) => identity(action, () => ({ deviceID: 10_238 })) },
  { word: 'no-device-ip', does: 'leaves out device_ip', make: ({ action }) => without(action, 'device_ip') },
  { word: 'mac-empty', does: 'has an empty device_mac', make: ({ action }) => identity(action, () => ({ device_mac: '' })) },
  {
    word: 'no-log-no-message',
    does: 'leaves out device_id and log, without a message in their place',
    make: ({ action }) => without(action, 'device_id', 'log'),
  },
  { word: 'no-deviceid', does: 'leaves out deviceID', make: ({ action }) => without(action, 'deviceID') },
  {
    word: 'refusals-without-identity',
    does: 'leaves device_mac and deviceID out of refusals',
    of: ['set'],
    make: ({ action }) => replying(action, (reply) => (isGood(reply) ? reply : { code: reply.code, log: reply.log })),
  },
  { word: 'log-is-null', does: 'has null for its log', make: ({ action }) => identity(action, () => ({ log: null })) },
  {
    word: 'mac-short',
    does: 'has a device_mac without its last byte',
    make: ({ action }) => identity(action, ({ device_mac }) => ({ device_mac: `${device_mac}`.slice(0, -3) })),
  },
];

const admitting = (action: string, isTaken: (user: string | undefined, pwd: string | undefined) => boolean): Tamper => ({
  admits: (user, pwd, isRight, asked) => isRight || (asked === action && isTaken(user, pwd)),
});

/** What the embedded camera starts with. */
const USER = 'admin';
const PASSWORD = '123456';
const DIGEST = md5(PASSWORD);

/** Demand `authentication`: wrong, plain and missing passwords are refused, and so is every near miss. */
export const AUTHENTICATION: readonly Breach[] = [
  {
    word: 'pwd-by-its-beginning',
    does: 'takes any beginning of the password of 8 characters and more',
    make: ({ action }) => admitting(action, (user, pwd = '') => user === USER && pwd.length >= 8 && DIGEST.startsWith(pwd)),
  },
  {
    word: 'pwd-empty',
    does: 'lets in who sends an empty password',
    make: ({ action }) => admitting(action, (user, pwd) => user === USER && pwd === ''),
  },
  { word: 'any-user', does: 'lets in any user with the right password', make: ({ action }) => admitting(action, (_, pwd) => pwd === DIGEST) },
  {
    word: 'pwd-of-nothing',
    does: 'lets in the MD5 of the empty text',
    make: ({ action }) => admitting(action, (user, pwd) => user === USER && pwd === md5('')),
  },
  {
    word: 'no-user',
    does: 'lets in who names no user, with the right password',
    make: ({ action }) => admitting(action, (user, pwd) => user === undefined && pwd === DIGEST),
  },
  {
    word: 'pwd-plain',
    does: 'lets in the password as plain text',
    make: ({ action }) => admitting(action, (user, pwd) => user === USER && pwd === PASSWORD),
  },
  {
    word: 'user-case',
    does: 'takes the user name in any case',
    make: ({ action }) => admitting(action, (user = '', pwd) => user.toLowerCase() === USER && pwd === DIGEST),
  },
  {
    word: 'pwd-missing',
    does: 'lets in who sends no password',
    make: ({ action }) => admitting(action, (user, pwd) => user === USER && pwd === undefined),
  },
  {
    word: 'pwd-longer',
    does: 'takes anything that begins with the password',
    make: ({ action }) => admitting(action, (user, pwd = '') => user === USER && pwd.startsWith(DIGEST)),
  },
  {
    word: 'user-empty',
    does: 'lets in an empty user name, with the right password',
    make: ({ action }) => admitting(action, (user, pwd) => user === '' && pwd === DIGEST),
  },
  {
    word: 'nobody-asked',
    does: 'lets in who sends neither user nor password',
    make: ({ action }) => admitting(action, (user, pwd) => user === undefined && pwd === undefined),
  },
  {
    word: 'user-by-its-beginning',
    does: 'takes any beginning of the user name, with the right password',
    make: ({ action }) => admitting(action, (user = '-', pwd) => USER.startsWith(user) && pwd === DIGEST),
  },
  {
    word: 'trusts-after-log-in',
    does: 'lets in anybody for 3 s behind a request that was let in',
    make: ({ action }, now) => {
      let until = Number.NEGATIVE_INFINITY;
      return {
        admits: (_, __, isRight, asked) => {
          if (isRight && asked === action) until = now() + 3000;
          return isRight || (asked === action && now() < until);
        },
      };
    },
  },
];

/** What a lenient reader makes of JSON that does not parse: the members before it breaks off. */
function beginningOf(json: string): Members {
  for (let end = json.length; end > 0; end -= 1) {
    const value = parsed(`${json.slice(0, end).replace(/,\s*$/, '')}}`);
    if (value !== null) return value;
  }
  return {};
}

const isBroken = (json: string | undefined): json is string => {
  if (json === undefined || json === '') return false;
  try {
    JSON.parse(json);
    return false;
  } catch {
    return true;
  }
};

const reading = (action: string, change: (json: string) => string): Tamper => ({
  request: (asked, json) => (asked === action && isBroken(json) ? change(json) : json),
});

/** Demand `json`: JSON that does not parse is refused with the text, and changes nothing. */
export const JSON_BREACHES: readonly Breach[] = [
  {
    word: 'takes-what-parses',
    does: 'carries out what it could read before the JSON breaks off',
    make: ({ action }) => reading(action, (json) => JSON.stringify(beginningOf(json))),
  },
  { word: 'broken-json-as-none', does: 'takes JSON that does not parse for an empty object', make: ({ action }) => reading(action, () => '{}') },
  {
    word: 'broken-json-205',
    does: 'answers JSON that does not parse with code 205 in place of the text',
    make: ({ action }) => onBroken(action, () => ({ code: 205 })),
  },
  {
    word: 'text-in-capitals',
    does: 'answers JSON that does not parse with "ERROR JSON"',
    make: ({ action }) => ({ text: (about, text) => (about === action ? text.toUpperCase() : text) }),
  },
  {
    word: 'text-in-quotes',
    does: 'answers JSON that does not parse with the text in quotes',
    make: ({ action }) => ({ text: (about, text) => (about === action ? `"${text}"` : text) }),
  },
  {
    word: 'cuts-at-the-brace',
    does: 'takes what stands before the first closing brace, whatever follows',
    make: ({ action }) => reading(action, (json) => json.slice(0, json.indexOf('}') + 1) || json),
  },
  {
    word: 'broken-json-400',
    does: 'answers JSON that does not parse with HTTP status 400',
    make: ({ action }) => wiring(action, (body) => (body.startsWith('error') ? head('400 Bad Request', body) : undefined)),
  },
  {
    word: 'other-text',
    does: 'answers JSON that does not parse with "json error"',
    make: ({ action }) => ({ text: (about, text) => (about === action ? 'json error' : text) }),
  },
  { word: 'single-quotes', does: 'takes single quotes for double ones', make: ({ action }) => reading(action, (json) => json.replaceAll("'", '"')) },
  { word: 'closes-what-is-open', does: 'adds the brace that is missing at the end', make: ({ action }) => reading(action, (json) => `${json}}`) },
  { word: 'broken-json-success', does: 'answers JSON that does not parse with code 0', make: ({ action }) => onBroken(action, () => ({ code: 0 })) },
];

/** Broken JSON is answered, and not carried out. */
function onBroken(action: string, members: () => { readonly code: number }): Tamper {
  let isIt = false;
  return {
    request: (asked, json) => {
      isIt = asked === action && isBroken(json);
      return isIt ? '{}' : json;
    },
    ...performs(action, (_, __, perform) => (isIt ? members() : perform())),
  };
}

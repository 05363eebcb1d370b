/** Section 1: the envelope of every reply, and the two texts. */
import { createHash } from 'node:crypto';
import { SECTIONS } from '../../../document/index.ts';
import type { Members } from '../../../document/row-value.ts';
import { JSON_ERROR_TEXT, USER_ERROR_TEXT } from '../../../document/sections/01-generic.ts';
import type { HttpReply } from '../../http-message.ts';
import { withBody } from '../../http-message.ts';
import type { Tamper } from '../../tamper.ts';
import { isGood } from '../tampering.ts';
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { counter } from './sets-and-gets.ts';

const write = writerFor('generic');
const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
const USER = 'admin';
const PASSWORD = '123456';
const DIGEST = md5(PASSWORD);

const ACTIONS: readonly string[] = SECTIONS.flatMap(({ parts }) =>
  parts.flatMap((part) => (part.kind === 'settings' ? [part.get, ...(part.set === undefined ? [] : [part.set])] : [part.action])),
);
const isKnown = (action: string): boolean => ACTIONS.includes(action);

/** Credentials that are let in beside the right ones, for every action. */
const lettingIn = (word: string, does: string, isTaken: (user: string | undefined, pwd: string | undefined) => boolean): BlindDefect =>
  write('user-error-first', word, does, () => tampering({ admits: (user, pwd, isRight) => isRight || isTaken(user, pwd) }));

/** What is answered to an action that nobody knows. */
const toUnknown = (word: string, does: string, text: (text: string, action: string) => string): BlindDefect =>
  write('unknown-action', word, does, () => tampering({ text: (about, so) => (so === JSON_ERROR_TEXT && !isKnown(about) ? text(so, about) : so) }));

const textOf = ({ body }: HttpReply): string => Buffer.from(body).toString('utf8').trim();

const inTexts = (word: string, does: string, about: readonly string[], change: (reply: HttpReply) => HttpReply): BlindDefect =>
  write('text-replies', word, does, () => ({ http: { reply: (reply) => (about.includes(textOf(reply)) ? change(reply) : reply) } }));

const inEnvelope = (word: string, does: string, make: () => (reply: Members, action: string) => Members, more = {}): BlindDefect =>
  write(
    'envelope',
    word,
    does,
    () => {
      const change = make();
      const tamper: Tamper = { reply: (action, _, reply) => change(reply, action) };
      return tampering(tamper);
    },
    more,
  );

const withoutName = (reply: Members, ...names: readonly string[]): Members =>
  Object.fromEntries(Object.entries(reply).filter(([name]) => !names.includes(name)));

/** The longest action that an unknown one begins with, or that begins with it. */
const likeKnown = (action: string, isLike: (known: string) => boolean): string | undefined => (isKnown(action) ? undefined : ACTIONS.find(isLike));

/** An unknown action that is answered as a known one: by its query, before anybody reads it. */
const mistaking = (word: string, does: string, isLike: (action: string, known: string) => boolean): BlindDefect =>
  write('unknown-action', word, does, () => ({
    http: {
      reply: (reply, request) => {
        const action = new URL(request.url ?? '/', 'http://camera').searchParams.get('action') ?? '';
        if (textOf(reply) !== JSON_ERROR_TEXT || likeKnown(action, (known) => isLike(action, known)) === undefined) return reply;
        return withBody(
          reply,
          Buffer.from(
            `{"code":0,"device_mac":"88-07-cb-00-02-be","deviceID":"CBT000114010100010238","device_id":"CBT000114010100010238","log":"","device_ip":"192.168.1.89"}`,
          ),
        );
      },
    },
  }));

export const GENERIC: readonly BlindDefect[] = [
  toUnknown('unknown-answered-with-success', 'answers an action that does not exist with code 0', () => '{"code":0}'),
  toUnknown(
    'unknown-answered-209',
    'answers an action that does not exist with code 209 in place of the text',
    () =>
      '{"code":209,"device_mac":"88-07-cb-00-02-be","deviceID":"CBT000114010100010238","device_id":"CBT000114010100010238","log":"","device_ip":"192.168.1.89"}',
  ),
  toUnknown('unknown-other-words', 'answers an action that does not exist with "error command"', () => 'error command'),
  toUnknown('unknown-user-error', 'answers an action that does not exist with "error user/pwd"', () => USER_ERROR_TEXT),
  toUnknown('unknown-empty', 'answers an action that does not exist with nothing', () => ''),
  toUnknown('unknown-in-capitals', 'answers an action that does not exist with "Error JSON"', () => 'Error JSON'),
  toUnknown('unknown-in-html', 'answers an action that does not exist with the text inside HTML', (text) => `<html><body>${text}</body></html>`),
  toUnknown('unknown-with-more', 'puts the name of an action that does not exist behind the text', (text, action) => `${text}: ${action}`),
  toUnknown('unknown-as-json', 'answers an action that does not exist with {"error":"json"}', () => '{"error":"json"}'),
  mistaking('unknown-by-beginning', 'takes an action that begins with a known one for it', (action, known) => action.startsWith(known)),
  mistaking('unknown-by-case', 'takes an action in another case for the known one', (action, known) => action.toLowerCase() === known.toLowerCase()),
  mistaking('unknown-cut', 'takes the beginning of a known action for it', (action, known) => action.length > 3 && known.startsWith(action)),
  mistaking('no-action', 'answers a request without an action with code 0', (action) => action === ''),
  mistaking('unknown-set', 'answers any action that begins with "set" with code 0', (action) => action.startsWith('set')),
  write('unknown-action', 'unknown-once', 'answers each second action that does not exist with code 0', () => {
    const next = counter();
    return tampering({ text: (about, text) => (text === JSON_ERROR_TEXT && !isKnown(about) && next() % 2 === 0 ? '{"code":0}' : text) });
  }),

  lettingIn(
    'pwd-by-any-beginning',
    "takes any beginning of the password's MD5, the empty one too",
    (user, pwd) => user === USER && pwd !== undefined && DIGEST.startsWith(pwd),
  ),
  lettingIn(
    'pwd-by-31-digits',
    "compares the first 31 digits of the password's MD5 alone",
    (user, pwd = '') => user === USER && pwd.slice(0, 31) === DIGEST.slice(0, 31),
  ),
  lettingIn(
    'pwd-by-8-digits',
    "compares the first 8 digits of the password's MD5 alone",
    (user, pwd = '') => user === USER && pwd.slice(0, 8) === DIGEST.slice(0, 8),
  ),
  lettingIn('pwd-empty', 'lets in an empty password', (user, pwd) => user === USER && pwd === ''),
  lettingIn('pwd-missing', 'lets in who sends no password', (user, pwd) => user === USER && pwd === undefined),
  lettingIn('pwd-of-nothing', 'lets in the MD5 of the empty text', (user, pwd) => user === USER && pwd === md5('')),
  lettingIn(
    'pwd-of-line',
    "lets in the MD5 of the password with a line feed, as of a shell's echo",
    (user, pwd) => user === USER && pwd === md5(`${PASSWORD}\n`),
  ),
  lettingIn('pwd-plain', 'lets in the password as plain text', (user, pwd) => user === USER && pwd === PASSWORD),
  lettingIn('pwd-twice-hashed', "lets in the MD5 of the password's MD5", (user, pwd) => user === USER && pwd === md5(DIGEST)),
  lettingIn('pwd-base64', 'lets in the password in base64', (user, pwd) => user === USER && pwd === Buffer.from(PASSWORD).toString('base64')),
  lettingIn('pwd-with-more-behind', 'lets in whatever begins with the right MD5', (user, pwd = '') => user === USER && pwd.startsWith(DIGEST)),
  lettingIn('pwd-with-blank', 'takes blanks around the password for nothing', (user, pwd = '') => user === USER && pwd.trim() === DIGEST),
  lettingIn('pwd-of-the-user', "lets in the MD5 of the user's name", (user, pwd) => user === USER && pwd === md5(USER)),
  lettingIn('pwd-star', 'lets in the password "*"', (user, pwd) => user === USER && pwd === '*'),
  lettingIn('pwd-zero', 'lets in the password "0"', (user, pwd) => user === USER && pwd === '0'),
  lettingIn('user-in-any-case', "takes the user's name in any case", (user = '', pwd) => user.toLowerCase() === USER && pwd === DIGEST),
  lettingIn(
    'user-by-beginning',
    "takes any beginning of the user's name",
    (user, pwd) => user !== undefined && USER.startsWith(user) && pwd === DIGEST,
  ),
  lettingIn('user-with-more-behind', "takes any name that begins with the user's", (user = '', pwd) => user.startsWith(USER) && pwd === DIGEST),
  lettingIn('user-missing', 'lets in who names no user, with the right password', (user, pwd) => user === undefined && pwd === DIGEST),
  lettingIn('user-empty', 'lets in an empty user name, with the right password', (user, pwd) => user === '' && pwd === DIGEST),
  lettingIn('user-any', 'lets in any name with the right password', (_, pwd) => pwd === DIGEST),
  lettingIn('user-root', 'lets in root with the right password', (user, pwd) => user === 'root' && pwd === DIGEST),
  lettingIn(
    'user-without-password',
    'lets in any other name without a password',
    (user, pwd) => user !== undefined && user !== USER && pwd === undefined,
  ),
  lettingIn('neither', 'lets in who sends neither user nor password', (user, pwd) => user === undefined && pwd === undefined),
  lettingIn('both-empty', 'lets in who sends user and password empty', (user, pwd) => user === '' && pwd === ''),
  write('user-error-first', 'gives-up-after-five', 'lets in anybody behind five wrong passwords in a row', () => {
    let wrong = 0;
    return tampering({
      admits: (_, __, isRight) => {
        const isIn = isRight || wrong >= 5;
        wrong = isRight ? 0 : wrong + 1;
        return isIn;
      },
    });
  }),
  write('user-error-first', 'trusts-the-address', 'lets in anybody for 5 s behind a request that was let in, as by the address', (now) => {
    let until = Number.NEGATIVE_INFINITY;
    return tampering({
      admits: (_, __, isRight) => {
        const isIn = isRight || now() < until;
        if (isRight) until = now() + 5000;
        return isIn;
      },
    });
  }),
  write('user-error-first', 'gets-are-open', 'lets in anybody whose action begins with "get"', () =>
    tampering({ admits: (_, __, isRight, action) => isRight || action.startsWith('get') }),
  ),
  write('user-error-first', 'sets-are-open', 'lets in anybody whose action begins with "set"', () =>
    tampering({ admits: (_, __, isRight, action) => isRight || action.startsWith('set') }),
  ),
  write('user-error-first', 'does-before-it-asks', 'carries out what it then answers with "error user/pwd"', () => {
    let isRightNow = true;
    return tampering({
      admits: (_, __, isRight) => {
        isRightNow = isRight;
        return true;
      },
      reply: (_, __, reply) => (isRightNow ? reply : `${USER_ERROR_TEXT}\r\n`),
    });
  }),
  write('user-error-first', 'json-error-first', 'answers an unknown action with "error json" to whoever asks', () =>
    tampering({ admits: (_, __, isRight, action) => isRight || !isKnown(action) }),
  ),
  write('user-error-first', 'refusal-as-json', 'answers wrong credentials with code 206 in JSON', () =>
    tampering({ text: (about, text) => (about === '' && text === USER_ERROR_TEXT ? '{"code":206}' : text) }),
  ),
  write('user-error-first', 'refusal-with-attempts', 'tells behind the text how many tries are left', () => {
    const next = counter();
    return tampering({ text: (about, text) => (about === '' ? `${text}, ${Math.max(0, 5 - next())} left` : text) });
  }),
  write('user-error-first', 'refusal-tells-user-apart', 'answers a wrong user with "error user", a wrong password with "error pwd"', () => {
    let isUser = true;
    return tampering({
      admits: (user, _, isRight) => {
        isUser = user === USER;
        return isRight;
      },
      text: (about, text) => (about === '' && text === USER_ERROR_TEXT ? (isUser ? 'error pwd' : 'error user') : text),
    });
  }),

  inTexts('user-error-401', 'answers wrong credentials with HTTP status 401 and the text', [USER_ERROR_TEXT], (reply) => ({ ...reply, status: 401 })),
  inTexts('user-error-403', 'answers wrong credentials with HTTP status 403 and the text', [USER_ERROR_TEXT], (reply) => ({ ...reply, status: 403 })),
  inTexts('json-error-400', 'answers "error json" with HTTP status 400', [JSON_ERROR_TEXT], (reply) => ({ ...reply, status: 400 })),
  inTexts('json-error-500', 'answers "error json" with HTTP status 500', [JSON_ERROR_TEXT], (reply) => ({ ...reply, status: 500 })),
  inTexts('json-error-404', 'answers "error json" with HTTP status 404', [JSON_ERROR_TEXT], (reply) => ({ ...reply, status: 404 })),
  inTexts('texts-in-quotes', 'puts both texts in quotes', [USER_ERROR_TEXT, JSON_ERROR_TEXT], (reply) =>
    withBody(reply, Buffer.from(JSON.stringify(textOf(reply)))),
  ),

  inEnvelope('identity-alternates', 'shows another device in each second reply', () => {
    const next = counter();
    return (reply) =>
      next() % 2 === 0 ? { ...reply, device_mac: '88-07-cb-00-02-bf', deviceID: 'CBT000114010100010239', device_id: 'CBT000114010100010239' } : reply;
  }),
  inEnvelope('identity-changes-with-a-set', 'shows another deviceID from the first set on', () => {
    let isSet = false;
    return (reply, action) => {
      isSet ||= /^set/i.test(action) && isGood(reply);
      return isSet ? { ...reply, deviceID: 'CBT000114010100010239', device_id: 'CBT000114010100010239' } : reply;
    };
  }),
  inEnvelope('identity-counts', 'counts its deviceID up with each reply', () => {
    const next = counter();
    return (reply) => {
      const id = `CBT0001140101000${String(10_000 + next())}`;
      return { ...reply, deviceID: id, device_id: id };
    };
  }),
  inEnvelope(
    'mac-alternates',
    'writes its device_mac with colons in each second reply',
    () => {
      const next = counter();
      return (reply) => (next() % 2 === 0 ? { ...reply, device_mac: `${reply.device_mac}`.replaceAll('-', ':') } : reply);
    },
    SHOULD,
  ),
  inEnvelope('mac-of-zeros-later', 'has a device_mac of zeros from its twentieth reply on', () => {
    const next = counter();
    return (reply) => (next() >= 20 ? { ...reply, device_mac: '00-00-00-00-00-00' } : reply);
  }),
  inEnvelope('mac-is-none', 'has the text "(null)" for its device_mac', () => (reply) => ({ ...reply, device_mac: '(null)' })),
  inEnvelope('mac-with-a-letter', 'has a device_mac with a letter that is no digit', () => (reply) => ({
    ...reply,
    device_mac: '88-07-cb-00-02-bg',
  })),
  inEnvelope('ids-differ', 'has a deviceID and a device_id that differ', () => (reply) => ({ ...reply, device_id: '88-07-cb-00-02-be' })),
  inEnvelope('id-empty', 'has an empty deviceID and device_id', () => (reply) => ({ ...reply, deviceID: '', device_id: '' })),
  inEnvelope('ip-is-none', 'has a device_ip that is no address', () => (reply) => ({ ...reply, device_ip: '192.168.1.890' })),
  inEnvelope('ip-of-nobody', 'has the device_ip 0.0.0.0', () => (reply) => ({ ...reply, device_ip: '0.0.0.0' }), SHOULD),
  inEnvelope('ip-alternates', 'shows another device_ip in each second reply', () => {
    const next = counter();
    return (reply) => (next() % 2 === 0 ? { ...reply, device_ip: '192.168.1.98' } : reply);
  }),
  inEnvelope(
    'sets-without-envelope',
    'answers sets with their code alone',
    () => (reply, action) => (/^set/i.test(action) ? { code: reply.code } : reply),
  ),
  inEnvelope('refusals-without-envelope', 'answers refusals with their code alone', () => (reply) => (isGood(reply) ? reply : { code: reply.code })),
  inEnvelope(
    'refusals-of-another',
    'names another device in refusals',
    () => (reply) => (isGood(reply) ? reply : { ...reply, device_mac: '88-07-cb-00-02-bf' }),
  ),
  inEnvelope('no-log', 'leaves out log and device_id, without a message', () => (reply) => withoutName(reply, 'log', 'device_id')),
  inEnvelope('code-as-text', 'writes every code in quotes', () => (reply) => ({ ...reply, code: `${reply.code}` })),
  inEnvelope(
    'code-missing-in-gets',
    'leaves the code out of gets',
    () => (reply, action) => (/^get/i.test(action) ? withoutName(reply, 'code') : reply),
  ),
  inEnvelope('code-true', 'writes code 0 as false', () => (reply) => (isGood(reply) ? { ...reply, code: false } : reply)),
  inEnvelope('log-is-a-number', 'has the number 0 for its log', () => (reply) => ({ ...reply, log: 0 })),
];

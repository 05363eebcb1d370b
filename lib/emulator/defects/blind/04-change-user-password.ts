/** Section 4: passwords that do not change, or not everywhere, or not alone. */
import { createHash } from 'node:crypto';
import type { Habits } from '../../habits.ts';
import type { Camera, Reply } from '../../handler.ts';
import { type BlindDefect, type Now, type Writer, writerFor } from './blind-defect.ts';
import { performs } from './sets-and-gets.ts';

const write: Writer = writerFor('change-user-password');
const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
const SET = 'setPasswd';
const USER = 'admin';
const DELIVERED = md5('123456');

interface Change {
  /** MD5 of the password before the last change */
  old: string;
  /** plain text of the password in force, where it was changed */
  plain: string | null;
  at: number;
}

/** Remembers the last change of the password, for whoever still takes what was before. */
function remembering(now: Now, make: (change: Change) => Habits): Habits {
  const change: Change = { old: '', plain: null, at: Number.NEGATIVE_INFINITY };
  const habits = make(change);
  const watch = performs(SET, async (camera, json, perform) => {
    const before = camera.account.contents().digest;
    const reply = await perform();
    if (reply.code === 0) Object.assign(change, { old: before, plain: String(json?.newPassword), at: now() });
    return reply;
  });
  return { ...habits, tamper: { ...habits.tamper, ...watch } };
}

const lettingIn = (isTaken: (change: Change, pwd: string | undefined, action: string, now: number) => boolean) => (now: Now) =>
  remembering(now, (change) => ({
    tamper: { admits: (user, pwd, isRight, action) => isRight || (user === USER && isTaken(change, pwd, action, now())) },
  }));

/** Who is right and is not let in. */
const shuttingOut = (isOut: (change: Change, action: string, now: number) => boolean) => (now: Now) =>
  remembering(now, (change) => ({
    tamper: {
      admits: (_, pwd, isRight, action) =>
        isRight && !(change.plain !== null && pwd === md5(change.plain) && change.old !== pwd && isOut(change, action, now())),
    },
  }));

/** Takes an old password that is none. */
const takingOld = (isTaken: (given: string, camera: Camera) => boolean) => () => ({
  tamper: performs(SET, (camera, json, perform) => {
    if (json === null || !isTaken(String(json.oldPassword), camera) || typeof json.newPassword !== 'string' || json.newPassword === '')
      return perform();
    camera.account.change(json.newPassword);
    return { code: 0 };
  }),
});

/** Changes to something else than what was asked for. */
const changingTo = (other: (password: string) => string) => () => ({
  tamper: performs(SET, async (camera, json, perform) => {
    const reply: Reply = await perform();
    if (reply.code === 0) camera.account.change(other(String(json?.newPassword)));
    return reply;
  }),
});

const basicPassword = (authorization: string | undefined): string | undefined => {
  const [, credentials] = /^Basic\s+(.*)$/i.exec(authorization ?? '') ?? [];
  return credentials === undefined ? undefined : Buffer.from(credentials, 'base64').toString('utf8').split(':').slice(1).join(':');
};

export const CHANGE_USER_PASSWORD: readonly BlindDefect[] = [
  write(
    'new-password-holds',
    'cut-to-six',
    'keeps the first six characters of the new password',
    changingTo((password) => password.slice(0, 6)),
  ),
  write('new-password-holds', 'kept-as-hash', 'keeps the MD5 of the new password as if it were the password', changingTo(md5)),
  write(
    'new-password-holds',
    'kept-with-a-blank',
    'keeps the new password with a blank behind it',
    changingTo((password) => `${password} `),
  ),
  write('new-password-holds', 'not-changed', 'answers code 0 and keeps the old password', () => ({
    tamper: performs(SET, (_, json, perform) =>
      typeof json?.newPassword === 'string' && typeof json.oldPassword === 'string' ? { code: 0 } : perform(),
    ),
  })),
  write('new-password-holds', 'holds-three-seconds', 'goes back to the old password 3 s behind the change', (now) => {
    let back: (() => void) | null = null;
    let due = Number.POSITIVE_INFINITY;
    return {
      tamper: {
        ...performs(SET, async (camera, _, perform) => {
          const reply = await perform();
          if (reply.code === 0) {
            back = () => camera.account.change('123456');
            due = now() + 3000;
          }
          return reply;
        }),
        admits: (_, __, isRight) => {
          if (now() >= due) {
            back?.();
            due = Number.POSITIVE_INFINITY;
          }
          return isRight;
        },
      },
    };
  }),
  write(
    'new-password-holds',
    'gets-take-it-late',
    'takes the new password for gets, and not for sets',
    shuttingOut((_, action) => action.startsWith('set')),
  ),
  write(
    'new-password-holds',
    'not-for-commands',
    'takes the new password for all actions but restart, reset and those that belong to no get',
    shuttingOut((_, action) => ['restart', 'reset', 'openDoor', 'devsFormat', 'getFmtSnap'].includes(action)),
  ),
  write('new-password-holds', 'not-over-rtsp', 'does not take the new password over RTSP', (now) =>
    remembering(now, (change) => ({ streamTamper: { admits: (_, isRight) => isRight && change.plain === null } })),
  ),
  write('new-password-holds', 'lost-by-a-restart', 'has the password of its delivery again behind a restart', () => ({
    tamper: performs('restart', async (camera, _, perform) => {
      const reply = await perform();
      return {
        ...reply,
        afterwards: () => {
          camera.account.change('123456');
          reply.afterwards?.();
        },
      };
    }),
  })),
  write('new-password-holds', 'only-once', 'answers code 0 to a second change and keeps the first', () => {
    let isChanged = false;
    return {
      tamper: performs(SET, async (camera, json, perform) => {
        if (isChanged && camera.account.isPassword(String(json?.oldPassword))) return { code: 0 };
        const reply = await perform();
        isChanged ||= reply.code === 0;
        return reply;
      }),
    };
  }),

  write(
    'old-password-refused',
    'old-beside-new',
    'takes the old password beside the new one',
    lettingIn(({ old }, pwd) => old !== '' && pwd === old),
  ),
  write(
    'old-password-refused',
    'old-for-gets',
    'takes the old password for gets',
    lettingIn(({ old }, pwd, action) => old !== '' && pwd === old && action.startsWith('get')),
  ),
  write(
    'old-password-refused',
    'old-for-sets',
    'takes the old password for sets',
    lettingIn(({ old }, pwd, action) => old !== '' && pwd === old && action.startsWith('set')),
  ),
  write(
    'old-password-refused',
    'old-for-a-minute',
    'takes the old password for one minute more',
    lettingIn(({ old, at }, pwd, _, now) => old !== '' && pwd === old && now < at + 60_000),
  ),
  write(
    'old-password-refused',
    'delivered-for-ever',
    'takes the password of its delivery whatever was set',
    lettingIn((_, pwd) => pwd === DELIVERED),
  ),
  write(
    'old-password-refused',
    'empty-after-change',
    'takes an empty password once it was changed',
    lettingIn(({ plain }, pwd) => plain !== null && pwd === ''),
  ),
  write(
    'old-password-refused',
    'new-by-its-beginning',
    'takes the beginning of the new MD5 once it was changed',
    lettingIn(({ plain }, pwd = '') => plain !== null && pwd.length >= 8 && md5(plain).startsWith(pwd)),
  ),
  write(
    'old-password-refused',
    'new-plain',
    'takes the new password as plain text once it was changed',
    lettingIn(({ plain }, pwd) => plain !== null && pwd === plain),
  ),
  write('old-password-refused', 'old-over-rtsp', 'takes the old password over RTSP, in Basic', (now) =>
    remembering(now, (change) => ({
      streamTamper: {
        admits: (_, isRight, authorization) => isRight || (change.old !== '' && md5(basicPassword(authorization) ?? '') === change.old),
      },
    })),
  ),
  write('old-password-refused', 'anything-over-rtsp', 'takes any password over RTSP once it was changed', (now) =>
    remembering(now, (change) => ({
      streamTamper: { admits: (_, isRight, authorization) => isRight || (change.plain !== null && authorization !== undefined) },
    })),
  ),

  write(
    'old-password-is-md5',
    'old-plain',
    'takes the old password as plain text',
    takingOld((given, camera) => md5(given) === camera.account.contents().digest),
  ),
  write(
    'old-password-is-md5',
    'old-empty',
    'takes an empty old password',
    takingOld((given) => given === ''),
  ),
  write(
    'old-password-is-md5',
    'old-any',
    'takes any old password',
    takingOld(() => true),
  ),
  write(
    'old-password-is-md5',
    'old-of-nothing',
    'takes the MD5 of the empty text as the old password',
    takingOld((given) => given === md5('')),
  ),
  write(
    'old-password-is-md5',
    'old-by-its-beginning',
    "takes the beginning of the old password's MD5",
    takingOld((given, camera) => given.length >= 8 && camera.account.contents().digest.startsWith(given)),
  ),
  write(
    'old-password-is-md5',
    'old-is-delivered',
    'takes the password of its delivery as the old one, whatever is in force',
    takingOld((given) => given === DELIVERED),
  ),
  write('old-password-is-md5', 'new-as-old', 'takes the MD5 of the new password as the old one', () => ({
    tamper: performs(SET, (camera, json, perform) => {
      if (typeof json?.newPassword !== 'string' || json.newPassword === '' || json.oldPassword !== md5(json.newPassword)) return perform();
      camera.account.change(json.newPassword);
      return { code: 0 };
    }),
  })),
  write('old-password-is-md5', 'changes-and-refuses', 'refuses a wrong old password with code 206, and changes the password', () => ({
    tamper: performs(SET, async (camera, json, perform) => {
      const reply = await perform();
      if (reply.code === 206 && typeof json?.newPassword === 'string' && json.newPassword !== '') camera.account.change(json.newPassword);
      return reply;
    }),
  })),
  write('old-password-is-md5', 'new-md5-expected', 'takes the new password for an MD5 already', () => ({
    tamper: performs(SET, async (camera, json, perform) => {
      const reply = await perform();
      if (reply.code === 0) camera.account.change(`md5:${String(json?.newPassword)}`);
      return reply;
    }),
  })),
];

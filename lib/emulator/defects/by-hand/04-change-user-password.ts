/** Section 4: passwords that are not changed, or changed by whoever asks. */

import { type Defect, inSection, performing } from './notation.ts';
import { answeredWrong } from './performed.ts';

const ACTION = 'setPasswd';
const HOLDS = 'newPassword/holds';

export const changeUserPasswordDefects: readonly Defect[] = inSection('change-user-password', [
  ...answeredWrong(ACTION, 'the change of the password', HOLDS),
  {
    id: `${HOLDS}/not-changed`,
    does: 'answers with code 0 and keeps the old password',
    noticedBy: [HOLDS],
    plant: () => ({ tamper: performing(ACTION, () => ({ code: 0 })) }),
  },
  {
    id: `${HOLDS}/both-hold`,
    does: 'takes the old password as well as the new one',
    noticedBy: [HOLDS],
    plant: () => ({ tamper: { admits: (user, digest, isRight) => isRight || (user === 'admin' && digest?.length === 32) } }),
  },
  {
    id: `${HOLDS}/cut`,
    does: 'keeps the first six characters of a new password',
    noticedBy: [HOLDS],
    plant: () => ({
      tamper: performing(ACTION, (camera, json, perform) => {
        const reply = perform();
        if (!(reply instanceof Promise) && reply.code === 0 && typeof json?.newPassword === 'string')
          camera.account.change(json.newPassword.slice(0, 6));
        return reply;
      }),
    }),
  },
  {
    id: `${HOLDS}/not-changed-back`,
    does: 'changes the password once and then no more',
    noticedBy: [HOLDS],
    plant: () => {
      let isChanged = false;
      return {
        tamper: performing(ACTION, (_, __, perform) => {
          if (isChanged) return { code: 206 };
          isChanged = true;
          return perform();
        }),
      };
    },
  },
  {
    id: 'oldPassword/wrong/taken',
    does: 'changes the password whatever the old one is said to be',
    noticedBy: ['oldPassword/wrong'],
    plant: () => ({
      tamper: performing(ACTION, (camera, json, perform) => {
        if (typeof json?.newPassword !== 'string' || typeof json.oldPassword !== 'string' || json.newPassword === '') return perform();
        camera.account.change(json.newPassword);
        return { code: 0 };
      }),
    }),
  },
  {
    id: 'oldPassword/wrong/answered-with-0',
    does: 'answers a wrong old password with code 0',
    noticedBy: ['oldPassword/wrong'],
    plant: () => ({ tamper: { reply: (action, _, reply) => (action === ACTION ? { ...reply, code: 0 } : reply) } }),
  },
  {
    id: 'oldPassword/plain/taken',
    does: 'takes the old password in plain text',
    noticedBy: ['oldPassword/plain'],
    plant: () => ({
      tamper: performing(ACTION, (_, json, perform) =>
        typeof json?.oldPassword === 'string' && json.oldPassword.length !== 32 ? { code: 0 } : perform(),
      ),
    }),
  },
  ...(['oldPassword', 'newPassword'] as const).map(
    (name): Defect => ({
      id: `${name}/necessary/not-demanded`,
      does: `takes a request without ${name}`,
      noticedBy: [`${name}/necessary`],
      plant: () => ({ tamper: performing(ACTION, (_, json, perform) => (json !== null && !(name in json) ? { code: 0 } : perform())) }),
    }),
  ),
]);

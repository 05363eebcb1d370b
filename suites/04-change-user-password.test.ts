import { randomBytes } from 'node:crypto';
import type { Camera } from '../lib/camera/camera.ts';
import { describe, type Outcome } from '../lib/camera/outcome.ts';
import { DONE_STRICTLY, expectRefused } from '../lib/checks/actions/expectations.ts';
import { NEAR_PASSWORDS } from '../lib/checks/actions/near-misses.ts';
import { changeUserPassword } from '../lib/document/sections/04-change-user-password.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import { fail } from '../lib/results/finding.ts';
import { md5Hex as md5 } from '../lib/wire/md5.ts';

const ACTION = 'setPasswd';
const options = { action: ACTION, hazards: ['password'] } as const;

/** Changes the password for as long as `use` takes; the old one holds again afterwards, pass or fail. */
async function withPassword({ camera, done }: Pick<Workplace, 'camera' | 'done'>, password: string, use: () => Promise<void>): Promise<void> {
  const { password: original } = camera.options;
  const set = (from: string, to: string) =>
    camera.call(ACTION, { newPassword: to, oldPassword: md5(from) }, { addSecrets: [password, md5(password)], retryBusy: true });
  done(await set(original, password));
  camera.client.setPassword(password);
  try {
    await use();
  } finally {
    camera.client.setPassword(password);
    const back = await set(password, original);
    camera.client.setPassword(original);
    // A camera that said "done" and kept the old password is back already.
    const check = await camera.call('getSysConfig', null);
    if (check.kind === 'error-user') {
      camera.client.setPassword(password);
      fail('the old password is taken back', describe(back), back.answer.exchange);
    }
  }
}

/** Letters and digits; eight, as in the document's examples. */
const randomPassword = (): string => randomBytes(4).toString('hex');

section(changeUserPassword, ({ generic, requirement }) => {
  generic();

  requirement(
    'change-user-password/newPassword/holds',
    'must',
    'the new password opens the camera, the old one no more',
    { ...options, covers: ['new-password-holds', 'old-password-refused', 'setPasswd/reply', 'setPasswd/envelope'], strict: DONE_STRICTLY },
    async (workplace) => {
      const { camera, session } = workplace;
      const password = randomPassword();
      await withPassword(workplace, password, async () => {
        const withNew = await camera.call('getSysConfig', null);
        if (withNew.kind !== 'done') fail('code 0 with the new password', describe(withNew), withNew.answer.exchange);
        if (session.settings.api !== 'cgi') {
          const withOld = await askAnew(camera);
          if (withOld.kind !== 'error-user') fail('a log-in with the password before is refused', describe(withOld), withOld.answer.exchange);
          return;
        }
        const { user, password: old } = camera.options;
        const before = { credentials: () => ({ user, pwd: md5(old) }), retryBusy: false };
        const withOld = await camera.call('getSysConfig', null, before);
        if (withOld.kind !== 'error-user') fail('the text "error user/pwd" with the password before', describe(withOld), withOld.answer.exchange);
        // Without a necessary parameter it changes nothing, should it be let in.
        const setWithOld = await camera.call('setRebootConf', {}, before);
        if (setWithOld.kind !== 'error-user')
          fail('the text "error user/pwd" to a set with the password before', describe(setWithOld), setWithOld.answer.exchange);
      });
      const after = await camera.call('getSysConfig', null);
      if (after.kind !== 'done') fail('code 0 with the original password again', describe(after), after.answer.exchange);
    },
  );

  requirement(
    'change-user-password/newPassword/near-misses',
    'must',
    'after a change nothing that is nearly the new password opens the camera',
    { ...options, covers: ['new-password-holds', 'old-password-refused'], strict: DONE_STRICTLY, ofCgi: true },
    async (workplace) => {
      const { camera } = workplace;
      await withPassword(workplace, randomPassword(), async () => {
        for (const { words, make } of NEAR_PASSWORDS) {
          const outcome = await camera.call('getSysConfig', null, { credentials: make, retryBusy: false });
          if (outcome.kind !== 'error-user') fail(`the text "error user/pwd" to ${words} of the new one`, describe(outcome), outcome.answer.exchange);
        }
        const plain = await camera.call('getSysConfig', null, { credentials: 'plain-password', retryBusy: false });
        if (plain.kind !== 'error-user') fail('the text "error user/pwd" to the new password in plain text', describe(plain), plain.answer.exchange);
      });
    },
  );

  requirement(
    'change-user-password/oldPassword/near-misses',
    'must',
    'an old password that is only nearly right is refused and changes nothing',
    { ...options, covers: ['old-password-is-md5'] },
    async ({ camera }) => {
      const digest = md5(camera.options.password);
      const password = randomPassword();
      for (const [words, oldPassword] of [
        ['an empty one', ''],
        ['the MD5 of the empty text', md5('')],
        ['the beginning of the MD5', digest.slice(0, 8)],
        ['the MD5 of the new one', md5(password)],
      ].filter(([, each]) => each !== digest)) {
        const outcome = await camera.call(ACTION, { newPassword: password, oldPassword }, { addSecrets: [password] });
        const after = await askAnew(camera);
        if (after.kind === 'error-user') {
          await putBackFrom(camera, password);
          fail('the password stays what it is', `the password was changed with ${words} for the old one`, outcome.answer.exchange);
        }
        expectRefused(outcome, `${words} for the old password`);
      }
    },
  );

  requirement(
    'change-user-password/oldPassword/wrong',
    'must',
    'a wrong old password is refused and changes nothing',
    { ...options, covers: ['old-password-is-md5'] },
    async ({ camera }) => {
      const password = randomPassword();
      const outcome = await camera.call(ACTION, { newPassword: password, oldPassword: md5(`not-${password}`) }, { addSecrets: [password] });
      const after = await askAnew(camera);
      if (after.kind === 'error-user') {
        await putBackFrom(camera, password);
        fail('the password stays what it is', 'the password was changed with a wrong old password', outcome.answer.exchange);
      }
      expectRefused(outcome, 'a wrong old password');
    },
  );

  requirement(
    'change-user-password/oldPassword/plain',
    'should',
    'an old password in plain text is refused',
    { ...options, covers: ['old-password-is-md5'] },
    async ({ camera }) => {
      const { password: original } = camera.options;
      const outcome = await camera.call(ACTION, { newPassword: original, oldPassword: original });
      expectRefused(outcome, 'an old password that is no MD5');
    },
  );

  // Were they carried out, the first would set the password that holds, the second an empty one, from which it is put back.
  for (const [missing, rest] of [
    ['oldPassword', (password: string) => ({ newPassword: password })],
    ['newPassword', (password: string) => ({ oldPassword: md5(password) })],
  ] as const) {
    requirement(
      `change-user-password/${missing}/necessary`,
      'should',
      `a request without ${missing} is refused`,
      { ...options, covers: [`${missing}/necessary`] },
      async ({ camera }) => {
        const outcome = await camera.call(ACTION, rest(camera.options.password));
        if ((await askAnew(camera)).kind === 'error-user') await putBackFrom(camera, '');
        expectRefused(outcome, `a request without ${missing}`);
      },
    );
  }
});

/** Where the address is trusted after a log-in, only another log-in shows whether the password still holds. */
function askAnew(camera: Camera): Promise<Outcome> {
  camera.client.setPassword(camera.options.password);
  return camera.call('getSysConfig', null);
}

async function putBackFrom(camera: Camera, password: string): Promise<void> {
  const { password: original } = camera.options;
  camera.client.setPassword(password);
  await camera.call(ACTION, { newPassword: original, oldPassword: md5(password) });
  camera.client.setPassword(original);
}

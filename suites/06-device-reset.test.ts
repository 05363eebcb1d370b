import { isThere } from '../lib/camera/is-there.ts';
import { describe } from '../lib/camera/outcome.ts';
import { poll } from '../lib/camera/poll.ts';
import { DONE_STRICTLY, expectRefused } from '../lib/checks/actions/expectations.ts';
import { changesSince, settings, survey } from '../lib/checks/sets/settings-survey.ts';
import { DELIVERED_PASSWORD } from '../lib/document/sections/04-change-user-password.ts';
import { deviceReset } from '../lib/document/sections/06-device-reset.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import { fail, verify } from '../lib/results/finding.ts';

const options = { action: 'reset', hazards: ['reset'] } as const;
const SLOWEST_MS = 180_000;

/** The camera may restart after a reset: waits until it lets the tester in again. */
async function awaitReturn({ camera, session }: Workplace): Promise<void> {
  // Where the address is trusted after a log-in, only another log-in shows whether the password is still the same.
  camera.client.setPassword(camera.options.password);
  const back = await poll(SLOWEST_MS, () => isThere(camera));
  if (back === null) fail(`an answer within ${SLOWEST_MS / 1000} s after the reset`, 'none');
  // With the user configuration the password may be reset; nothing could be asked or put back before it holds again.
  if (back.kind === 'error-user') await session.keeper.unlock();
}

/** The way back first: what the camera is set to, and the password that it may have afterwards. */
async function prepare(workplace: Workplace): Promise<void> {
  const { bench, camera, session } = workplace;
  for (const part of settings(bench)) for (const instance of part.instances ?? [undefined]) await camera.aboutToChange(part, instance);
  const { password } = camera.options;
  if (password !== DELIVERED_PASSWORD) session.keeper.keep({ kind: 'password', from: password, to: DELIVERED_PASSWORD });
}

section(deviceReset, ({ generic, requirement }) => {
  generic();

  requirement(
    'device-reset/reset/nothing',
    'must',
    'netReset 0 and userReset 0 change nothing',
    { ...options, covers: ['nothing-when-both-zero', 'reset/reply'], strict: DONE_STRICTLY },
    async (workplace) => {
      const { camera, bench, done } = workplace;
      await prepare(workplace);
      const before = await survey(bench);
      const outcome = await camera.call('reset', { netReset: 0, userReset: 0 }, { repeatable: false });
      done(outcome);
      await awaitReturn(workplace);
      const findings = await changesSince(bench, before, (_, part) => `a reset of nothing leaves ${part.get} as it is`);
      verify(findings, outcome.answer.exchange);
    },
  );

  for (const missing of ['netReset', 'userReset']) {
    requirement(
      `device-reset/${missing}/necessary`,
      'should',
      `a reset without ${missing} is refused`,
      { ...options, covers: [`${missing}/necessary`] },
      async ({ camera }) => {
        const { [missing]: _, ...rest }: Record<string, number> = { netReset: 0, userReset: 0 };
        expectRefused(await camera.call('reset', rest, { repeatable: false }), `a request without ${missing}`);
      },
    );
  }

  requirement(
    'device-reset/reset/illegal',
    'must',
    'values outside the enumeration are refused or read as documented ones',
    { ...options, covers: ['netReset/enumeration', 'userReset/enumeration'] },
    async (workplace) => {
      const { camera } = workplace;
      await prepare(workplace);
      const outcome = await camera.call('reset', { netReset: 2, userReset: 2 }, { repeatable: false });
      await awaitReturn(workplace);
      if (outcome.kind === 'other') fail('a code, or a documented text', describe(outcome), outcome.answer.exchange);
    },
  );

  requirement(
    'device-reset/reset/performed',
    'must',
    'netReset 1 and userReset 1 are answered with code 0, and the camera is there afterwards',
    { ...options, covers: ['reset/reply', 'reset/envelope'], strict: DONE_STRICTLY },
    async (workplace) => {
      const { camera, done } = workplace;
      await prepare(workplace);
      const outcome = await camera.call('reset', { netReset: 1, userReset: 1 }, { repeatable: false });
      done(outcome);
      await awaitReturn(workplace);
    },
  );
});

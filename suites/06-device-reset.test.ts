import { isThere } from '../lib/camera/is-there.ts';
import { describe } from '../lib/camera/outcome.ts';
import { poll } from '../lib/camera/poll.ts';
import { DONE_STRICTLY, expectRefused } from '../lib/checks/actions/expectations.ts';
import { changedByNothing, changedByRefused, disturbedBy, leftBy, otherSwitch, RESET_BY, resetsOf, unresetBy } from '../lib/checks/flows/resets.ts';
import { settings } from '../lib/checks/sets/settings-survey.ts';
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
  const resets = async (workplace: Workplace) => {
    await prepare(workplace);
    return resetsOf({ bench: workplace.bench, awaitReturn: () => awaitReturn(workplace) });
  };

  generic();

  requirement(
    'device-reset/reset/nothing',
    'must',
    'netReset 0 and userReset 0 change nothing',
    { ...options, covers: ['nothing-when-both-zero', 'reset/reply'], strict: DONE_STRICTLY },
    async (workplace) => {
      const all = await resets(workplace);
      workplace.done(all.neither.outcome);
      verify(changedByNothing(all), all.neither.outcome.answer.exchange);
    },
  );

  for (const missing of ['netReset', 'userReset'] as const) {
    requirement(
      `device-reset/${missing}/necessary`,
      'should',
      `a reset without ${missing} is refused`,
      { ...options, covers: [`${missing}/necessary`] },
      async (workplace) => {
        const { illegal } = await resets(workplace);
        expectRefused(illegal[`without ${missing}`], `a request without ${missing}`);
      },
    );
  }

  requirement(
    'device-reset/reset/illegal',
    'must',
    'values outside the enumeration are refused or read as documented ones',
    { ...options, covers: ['netReset/enumeration', 'userReset/enumeration'] },
    async (workplace) => {
      const outcome = (await resets(workplace)).illegal['outside the enumeration'];
      if (outcome.kind === 'other') fail('a code, or a documented text', describe(outcome), outcome.answer.exchange);
    },
  );

  requirement(
    'device-reset/reset/refused',
    'must',
    'a reset that is refused resets nothing',
    { ...options, covers: ['netReset/necessary', 'userReset/necessary', 'netReset/enumeration', 'userReset/enumeration'] },
    async (workplace) => {
      const all = await resets(workplace);
      verify(changedByRefused(all), all.refusals?.last.answer.exchange);
    },
  );

  for (const name of ['netReset', 'userReset'] as const) {
    const clause = name === 'netReset' ? 'network-configuration-reset' : 'user-configuration-reset';
    requirement(
      `device-reset/${name}/resets`,
      'must',
      `${name} 1 alone resets the ${RESET_BY[name]}, whatever it was`,
      { ...options, covers: [clause], strict: DONE_STRICTLY },
      async (workplace) => {
        const all = await resets(workplace);
        workplace.done(all[name].outcome);
        verify(unresetBy(all, name), all[name].outcome.answer.exchange);
      },
    );
    requirement(
      `device-reset/${name}/alone`,
      'must',
      `${name} 1 with ${otherSwitch(name)} 0 leaves the ${RESET_BY[otherSwitch(name)]} as it is`,
      { ...options, covers: [clause] },
      async (workplace) => {
        const all = await resets(workplace);
        verify(disturbedBy(all[name], name), all[name].outcome.answer.exchange);
      },
    );
  }

  requirement(
    'device-reset/reset/whole',
    'should',
    'a reset leaves nothing of a configuration out that it resets',
    { ...options, covers: ['network-configuration-reset', 'user-configuration-reset'] },
    async (workplace) => {
      const all = await resets(workplace);
      verify(leftBy(all), all.both.outcome.answer.exchange);
    },
  );

  requirement(
    'device-reset/reset/performed',
    'must',
    'netReset 1 and userReset 1 are answered with code 0, and the camera is there afterwards',
    { ...options, covers: ['reset/reply', 'reset/envelope'], strict: DONE_STRICTLY },
    async (workplace) => {
      workplace.done((await resets(workplace)).both.outcome);
    },
  );
});

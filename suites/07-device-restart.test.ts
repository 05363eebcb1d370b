import { describe, type Outcome } from '../lib/camera/outcome.ts';
import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { restart } from '../lib/checks/actions/restart.ts';
import { RESTART_SURVIVAL } from '../lib/checks/isolation/restart-survival.ts';
import { perCamera } from '../lib/checks/per-camera.ts';
import { changesSince, survey } from '../lib/checks/sets/settings-survey.ts';
import { BUSY_CODES } from '../lib/document/sections/01-generic.ts';
import { deviceRestart } from '../lib/document/sections/07-device-restart.ts';
import { section } from '../lib/execution/section.ts';
import { fail, Skipped, verify } from '../lib/results/finding.ts';

const { place, action, hazards, after } = RESTART_SURVIVAL;
const SURVIVAL_OPTIONS = { place, action, hazards, after, covers: ['device-restarts'] } as const;

/** How long the camera is watched behind its return, in s. */
const WATCHED_S = 2;
const watched = perCamera((): Outcome[] => []);

section(deviceRestart, ({ generic, requirement }) => {
  generic();

  requirement(
    'device-restart/restart/performed',
    'must',
    'restart is answered with code 0; the camera goes away, comes back and has its settings',
    { action: 'restart', hazards: ['reboot'], covers: ['device-restarts', 'restart/reply', 'restart/envelope'], strict: DONE_STRICTLY },
    async ({ camera, bench, done }) => {
      const before = await survey(bench);
      const { outcome, back } = await restart(camera, done);
      watched(camera).push(back);
      const findings = await changesSince(bench, before, (row, part) => `${row.name} of ${part.get} survives a restart`);
      verify(findings, outcome.answer.exchange);
    },
  );

  requirement(
    'device-restart/restart/watched',
    'should',
    'who asks once a second for its return gets the answers of this camera from the first one on',
    { action: 'restart', hazards: ['reboot'], covers: [], after: ['device-restart/restart/performed'] },
    async ({ camera }) => {
      const [first] = watched(camera);
      if (first === undefined) throw new Skipped('blocked', 'the camera was not seen to come back');
      const answers = [first];
      for (let second = 1; second < WATCHED_S; second += 1) {
        await camera.pause(1000);
        answers.push(await camera.call('getSysConfig', null));
      }
      const id = camera.identity?.deviceID;
      for (const [at, outcome] of answers.entries()) {
        // A camera may be busy with its start.
        if (outcome.kind === 'code' && BUSY_CODES.has(outcome.code)) continue;
        const isItself = outcome.kind === 'done' && (id === undefined || outcome.reply.deviceID === id);
        if (!isItself)
          fail(
            `from its return on, getSysConfig is answered with code 0 by device ${JSON.stringify(id) ?? 'that it was'}`,
            `${describe(outcome)}${outcome.kind === 'done' ? ` by device ${JSON.stringify(outcome.reply.deviceID)}` : ''}, ${at === 0 ? 'in its first answer' : `${at} s later`}`,
            outcome.answer.exchange,
          );
      }
    },
  );

  requirement(RESTART_SURVIVAL.id, RESTART_SURVIVAL.level, RESTART_SURVIVAL.title, SURVIVAL_OPTIONS, async ({ bench }) => {
    bench.awaitsRestart = true;
    throw new Skipped('not-testable', 'the run did not come to its end, where it is looked at with what all sections have set');
  });
});

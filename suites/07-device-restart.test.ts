import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { restart } from '../lib/checks/actions/restart.ts';
import { RESTART_SURVIVAL } from '../lib/checks/isolation/restart-survival.ts';
import { changesSince, survey } from '../lib/checks/sets/settings-survey.ts';
import { deviceRestart } from '../lib/document/sections/07-device-restart.ts';
import { section } from '../lib/execution/section.ts';
import { Skipped, verify } from '../lib/results/finding.ts';

const { place, action, hazards, after } = RESTART_SURVIVAL;
const SURVIVAL_OPTIONS = { place, action, hazards, after, covers: ['device-restarts'] } as const;

section(deviceRestart, ({ generic, requirement }) => {
  generic();

  requirement(
    'device-restart/restart/performed',
    'must',
    'restart is answered with code 0; the camera goes away, comes back and has its settings',
    { action: 'restart', hazards: ['reboot'], covers: ['device-restarts', 'restart/reply', 'restart/envelope'], strict: DONE_STRICTLY },
    async ({ camera, bench, done }) => {
      const before = await survey(bench);
      const outcome = await restart(camera, done);
      const findings = await changesSince(bench, before, (row, part) => `${row.name} of ${part.get} survives a restart`);
      verify(findings, outcome.answer.exchange);
    },
  );

  requirement(RESTART_SURVIVAL.id, RESTART_SURVIVAL.level, RESTART_SURVIVAL.title, SURVIVAL_OPTIONS, async ({ bench }) => {
    bench.awaitsRestart = true;
    throw new Skipped('not-testable', 'the run did not come to its end, where it is looked at with what all sections have set');
  });
});

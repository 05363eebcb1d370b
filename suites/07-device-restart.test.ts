import { isThere, poll } from '../lib/camera/waiting.ts';
import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { changesSince, survey } from '../lib/checks/sets/settings-survey.ts';
import { deviceRestart } from '../lib/document/sections/07-device-restart.ts';
import { section } from '../lib/execution/section.ts';
import { fail, verify } from '../lib/results/finding.ts';

/** A camera may finish what it does before it goes, and takes its time to come back. */
const SLOWEST_TO_GO_MS = 30_000;
const SLOWEST_TO_COME_MS = 180_000;

section(deviceRestart, ({ generic, requirement }) => {
  generic();

  requirement(
    'device-restart/restart/performed',
    'must',
    'restart is answered with code 0; the camera goes away, comes back and has its settings',
    { action: 'restart', hazards: ['reboot'], covers: ['device-restarts', 'restart/reply', 'restart/envelope'], strict: DONE_STRICTLY },
    async ({ camera, bench, done }) => {
      const before = await survey(bench);
      const outcome = await camera.call('restart', null, { repeatable: false });
      done(outcome);
      const { exchange } = outcome.answer;
      const gone = await poll(SLOWEST_TO_GO_MS, async () => ((await isThere(camera)) === null ? true : null));
      if (gone === null) fail(`a camera that is gone for a while within ${SLOWEST_TO_GO_MS / 1000} s`, 'it answered all the time', exchange);
      const back = await poll(SLOWEST_TO_COME_MS, () => isThere(camera));
      if (back === null) fail(`an answer within ${SLOWEST_TO_COME_MS / 1000} s after the restart`, 'none', exchange);

      const findings = await changesSince(bench, before, (row, part) => `${row.name} of ${part.get} survives a restart`);
      verify(findings, exchange);
    },
  );
});

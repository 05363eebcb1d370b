import { isThere, poll } from '../lib/camera/waiting.ts';
import { DONE_STRICTLY } from '../lib/checks/expectations.ts';
import { fail, finding, verify } from '../lib/checks/finding.ts';
import { isSameValue, valueIn } from '../lib/document/row-value.ts';
import { deviceRestart } from '../lib/document/sections/07-device-restart.ts';
import { section } from '../lib/runner/section.ts';

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
      const parts = [
        ...new Map(
          bench.sections.flatMap((each) => each.parts).flatMap((part) => (part.kind === 'settings' && part.set ? [[part.get, part] as const] : [])),
        ).values(),
      ];
      const before = new Map<string, Awaited<ReturnType<typeof bench.lookAt>>>();
      for (const part of parts) before.set(part.get, await bench.lookAt(part));

      const outcome = await camera.call('restart', null, { repeatable: false });
      done(outcome);
      const { exchange } = outcome.answer;
      const gone = await poll(SLOWEST_TO_GO_MS, async () => ((await isThere(camera)) === null ? true : null));
      if (gone === null) fail(`a camera that is gone for a while within ${SLOWEST_TO_GO_MS / 1000} s`, 'it answered all the time', exchange);
      const back = await poll(SLOWEST_TO_COME_MS, () => isThere(camera));
      if (back === null) fail(`an answer within ${SLOWEST_TO_COME_MS / 1000} s after the restart`, 'none', exchange);

      const findings = [];
      for (const part of parts) {
        const [then, now] = [before.get(part.get), await bench.lookAt(part)];
        if (!then || !now) continue;
        for (const row of part.rows) {
          if (!row.volatile && !isSameValue(valueIn(row, then), valueIn(row, now)))
            findings.push(finding(`${row.name} of ${part.get} survives a restart`, 'it changed'));
        }
      }
      verify(findings, exchange);
    },
  );
});

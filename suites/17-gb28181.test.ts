import { describe } from '../lib/camera/outcome.ts';
import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { gb28181 } from '../lib/document/sections/17-gb28181.ts';
import { section } from '../lib/execution/section.ts';
import { Skipped } from '../lib/results/finding.ts';

section(gb28181, ({ generic, requirement }) => {
  generic();

  for (const [action, place, clause] of [
    ['setGb28181Logout', '17.3', 'logout-with-manual-operation'],
    ['setGb28181Register', '17.4', 'register-with-manual-operation'],
  ] as const) {
    requirement(
      `gb28181/${action}/performed`,
      'must',
      `${action} is answered with code 0 while register_type is open`,
      { place, action, hazards: ['registration'], covers: [clause, `${action}/reply`, `${action}/envelope`], strict: DONE_STRICTLY },
      async ({ camera, lab, command, done }) => {
        const settings = lab('getGb28181');
        const shown = await settings.opening();
        if (!('register_type' in shown)) throw new Skipped('not-testable', 'getGb28181 does not return register_type, which has to be 1 (open)');
        const open = await settings.write({ register_type: 1 });
        if (open.kind !== 'done') throw new Skipped('blocked', `register_type 1 is answered with ${describe(open)}`);
        done(await camera.command(command(action), null));
      },
    );
  }
});

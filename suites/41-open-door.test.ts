import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { openDoor } from '../lib/document/sections/41-open-door.ts';
import { section } from '../lib/execution/section.ts';

section(openDoor, ({ generic, requirement }) => {
  generic();

  requirement(
    'open-door/openDoor/performed',
    'must',
    'openDoor is answered with code 0',
    { place: '41.1', action: 'openDoor', hazards: ['door'], covers: ['openDoor/reply', 'openDoor/envelope'], strict: DONE_STRICTLY },
    async ({ camera, command, done }) => {
      done(await camera.command(command(), null, { repeatable: false }));
    },
  );
});

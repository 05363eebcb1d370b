import { openDoor } from '../lib/document/sections/41-open-door.ts';
import { section } from '../lib/runner/section.ts';

section(openDoor, ({ generic }) => {
  generic();
});

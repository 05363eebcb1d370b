import { deviceRestart } from '../lib/document/sections/07-device-restart.ts';
import { section } from '../lib/runner/section.ts';

section(deviceRestart, ({ generic }) => {
  generic();
});

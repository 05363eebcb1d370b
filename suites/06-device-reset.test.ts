import { deviceReset } from '../lib/document/sections/06-device-reset.ts';
import { section } from '../lib/runner/section.ts';

section(deviceReset, ({ generic }) => {
  generic();
});

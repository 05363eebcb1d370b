import { ptzControl } from '../lib/document/sections/09-ptz-control.ts';
import { section } from '../lib/runner/section.ts';

section(ptzControl, ({ generic }) => {
  generic();
});

import { peripheral } from '../lib/document/sections/40-peripheral.ts';
import { section } from '../lib/runner/section.ts';

section(peripheral, ({ generic }) => {
  generic();
});

import { peripheral } from '../lib/document/sections/40-peripheral.ts';
import { section } from '../lib/execution/section.ts';

section(peripheral, ({ generic }) => {
  generic();
});

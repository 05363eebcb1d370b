import { display } from '../lib/document/sections/23-display.ts';
import { section } from '../lib/runner/section.ts';

section(display, ({ generic }) => {
  generic();
});

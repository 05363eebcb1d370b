import { osd } from '../lib/document/sections/24-osd.ts';
import { section } from '../lib/runner/section.ts';

section(osd, ({ generic }) => {
  generic();
});

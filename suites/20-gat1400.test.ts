import { gat1400 } from '../lib/document/sections/20-gat1400.ts';
import { section } from '../lib/execution/section.ts';

section(gat1400, ({ generic }) => {
  generic();
});

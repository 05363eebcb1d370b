import { fourG } from '../lib/document/sections/13-4g.ts';
import { section } from '../lib/execution/section.ts';

section(fourG, ({ generic }) => {
  generic();
});

import { fourG } from '../lib/document/sections/13-4g.ts';
import { section } from '../lib/runner/section.ts';

section(fourG, ({ generic }) => {
  generic();
});

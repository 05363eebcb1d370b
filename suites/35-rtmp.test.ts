import { rtmp } from '../lib/document/sections/35-rtmp.ts';
import { section } from '../lib/execution/section.ts';

section(rtmp, ({ generic }) => {
  generic();
});

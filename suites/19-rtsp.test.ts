import { rtsp } from '../lib/document/sections/19-rtsp.ts';
import { section } from '../lib/runner/section.ts';

section(rtsp, ({ generic }) => {
  generic();
});

import { videoMask } from '../lib/document/sections/25-video-mask.ts';
import { section } from '../lib/runner/section.ts';

section(videoMask, ({ generic }) => {
  generic();
});

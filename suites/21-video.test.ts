import { video } from '../lib/document/sections/21-video.ts';
import { section } from '../lib/runner/section.ts';

section(video, ({ generic }) => {
  generic();
});

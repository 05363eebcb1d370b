import { motionDetection } from '../lib/document/sections/29-motion-detection.ts';
import { section } from '../lib/runner/section.ts';

section(motionDetection, ({ generic }) => {
  generic();
});

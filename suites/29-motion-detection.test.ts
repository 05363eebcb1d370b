import { motionDetection } from '../lib/document/sections/29-motion-detection.ts';
import { section } from '../lib/execution/section.ts';

section(motionDetection, ({ generic }) => {
  generic();
});

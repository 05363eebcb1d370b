import { fireDetection } from '../lib/document/sections/31-fire-detection.ts';
import { section } from '../lib/runner/section.ts';

section(fireDetection, ({ generic }) => {
  generic();
});

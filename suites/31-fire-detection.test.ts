import { fireDetection } from '../lib/document/sections/31-fire-detection.ts';
import { section } from '../lib/execution/section.ts';

section(fireDetection, ({ generic }) => {
  generic();
});

import { snapBase64Image } from '../lib/document/sections/36-snap-base64-image.ts';
import { section } from '../lib/runner/section.ts';

section(snapBase64Image, ({ generic }) => {
  generic();
});

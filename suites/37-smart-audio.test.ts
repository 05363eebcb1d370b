import { smartAudio } from '../lib/document/sections/37-smart-audio.ts';
import { section } from '../lib/runner/section.ts';

section(smartAudio, ({ generic }) => {
  generic();
});

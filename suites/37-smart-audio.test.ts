import { smartAudio } from '../lib/document/sections/37-smart-audio.ts';
import { section } from '../lib/execution/section.ts';

section(smartAudio, ({ generic }) => {
  generic();
});

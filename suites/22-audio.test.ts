import { audio } from '../lib/document/sections/22-audio.ts';
import { section } from '../lib/runner/section.ts';

section(audio, ({ generic }) => {
  generic();
});

import { timeLapseRecording } from '../lib/document/sections/33-time-lapse-recording.ts';
import { section } from '../lib/execution/section.ts';

section(timeLapseRecording, ({ generic }) => {
  generic();
});

import { alarmInput } from '../lib/document/sections/26-alarm-input.ts';
import { section } from '../lib/runner/section.ts';

section(alarmInput, ({ generic }) => {
  generic();
});

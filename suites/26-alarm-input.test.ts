import { alarmInput } from '../lib/document/sections/26-alarm-input.ts';
import { section } from '../lib/execution/section.ts';

section(alarmInput, ({ generic }) => {
  generic();
});

import { alarmIoStatus } from '../lib/document/sections/38-alarm-io-status.ts';
import { section } from '../lib/execution/section.ts';

section(alarmIoStatus, ({ generic }) => {
  generic();
});

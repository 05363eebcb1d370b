import { sendIoData } from '../lib/document/sections/42-send-io-data.ts';
import { section } from '../lib/runner/section.ts';

section(sendIoData, ({ generic }) => {
  generic();
});

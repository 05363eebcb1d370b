import { storageDevice } from '../lib/document/sections/32-storage-device.ts';
import { section } from '../lib/runner/section.ts';

section(storageDevice, ({ generic }) => {
  generic();
});

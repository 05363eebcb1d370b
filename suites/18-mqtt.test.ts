import { mqtt } from '../lib/document/sections/18-mqtt.ts';
import { section } from '../lib/execution/section.ts';

section(mqtt, ({ generic }) => {
  generic();
});

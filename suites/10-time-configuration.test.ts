import { timeConfiguration } from '../lib/document/sections/10-time-configuration.ts';
import { section } from '../lib/runner/section.ts';

section(timeConfiguration, ({ generic }) => {
  generic();
});

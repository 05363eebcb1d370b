import { systemConfiguration } from '../lib/document/sections/05-system-configuration.ts';
import { section } from '../lib/runner/section.ts';

section(systemConfiguration, ({ generic }) => {
  generic();
});

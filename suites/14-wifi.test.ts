import { wifi } from '../lib/document/sections/14-wifi.ts';
import { section } from '../lib/runner/section.ts';

section(wifi, ({ generic }) => {
  generic();
});

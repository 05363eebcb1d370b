import { telnet } from '../lib/document/sections/02-telnet.ts';
import { section } from '../lib/runner/section.ts';

section(telnet, ({ generic }) => {
  generic();
});

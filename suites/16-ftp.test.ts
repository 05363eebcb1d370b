import { ftp } from '../lib/document/sections/16-ftp.ts';
import { section } from '../lib/runner/section.ts';

section(ftp, ({ generic }) => {
  generic();
});

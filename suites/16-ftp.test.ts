import { ftp } from '../lib/document/sections/16-ftp.ts';
import { section } from '../lib/execution/section.ts';

section(ftp, ({ generic }) => {
  generic();
});

import { txtFile } from '../lib/document/sections/39-txt-file.ts';
import { section } from '../lib/runner/section.ts';

section(txtFile, ({ generic }) => {
  generic();
});

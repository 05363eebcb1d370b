import { email } from '../lib/document/sections/15-email.ts';
import { section } from '../lib/runner/section.ts';

section(email, ({ generic }) => {
  generic();
});

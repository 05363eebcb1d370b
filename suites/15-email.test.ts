import { email } from '../lib/document/sections/15-email.ts';
import { section } from '../lib/execution/section.ts';

section(email, ({ generic }) => {
  generic();
});

import { changeUserPassword } from '../lib/document/sections/04-change-user-password.ts';
import { section } from '../lib/runner/section.ts';

section(changeUserPassword, ({ generic }) => {
  generic();
});

import { platformAccess } from '../lib/document/sections/12-platform-access.ts';
import { section } from '../lib/execution/section.ts';

section(platformAccess, ({ generic }) => {
  generic();
});

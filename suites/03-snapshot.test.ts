import { snapshot } from '../lib/document/sections/03-snapshot.ts';
import { section } from '../lib/runner/section.ts';

section(snapshot, ({ generic }) => {
  generic();
});

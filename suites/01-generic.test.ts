import { generic } from '../lib/document/sections/01-generic.ts';
import { section } from '../lib/runner/section.ts';

section(generic, ({ generic }) => {
  generic();
});

import { gb28181 } from '../lib/document/sections/17-gb28181.ts';
import { section } from '../lib/runner/section.ts';

section(gb28181, ({ generic }) => {
  generic();
});

import { exposureInfo } from '../lib/document/sections/34-exposure-info.ts';
import { section } from '../lib/runner/section.ts';

section(exposureInfo, ({ generic }) => {
  generic();
});

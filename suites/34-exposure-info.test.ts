import { exposureInfo } from '../lib/document/sections/34-exposure-info.ts';
import { section } from '../lib/execution/section.ts';

section(exposureInfo, ({ generic }) => {
  generic();
});

import { basicNetworkInformation } from '../lib/document/sections/11-basic-network-information.ts';
import { section } from '../lib/runner/section.ts';

section(basicNetworkInformation, ({ generic }) => {
  generic();
});

/** Section 5: one setting that shows in two replies. */
import { replying } from '../tampering.ts';
import { type Defect, inSection } from './notation.ts';

export const systemConfigurationDefects: readonly Defect[] = inSection('system-configuration', [
  {
    id: 'webPort/one-setting/another',
    does: 'returns another webPort than the network information',
    noticedBy: ['webPort/one-setting'],
    plant: () => ({ tamper: replying('getSysConfig', (reply) => ({ ...reply, webPort: Number(reply.webPort) + 1 })) }),
  },
]);

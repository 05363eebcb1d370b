/** Section 5: the system. */

import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { counter, shows, storesOther } from './sets-and-gets.ts';
import { ofText } from './texts.ts';

const system = writerFor('system-configuration');

export const SYSTEM_CONFIGURATION: readonly BlindDefect[] = [
  system('version/type', 'version-changes', 'shows another version in each second reply', () => {
    const next = counter();
    return tampering(shows('getSysConfig', (reply) => (next() % 2 === 0 ? { ...reply, version: `${reply.version}.1` } : reply)));
  }),
  system('webPort/type', 'web-port-of-another', 'shows another web port than the basic network information', () =>
    tampering(shows('getSysConfig', (reply) => ({ ...reply, webPort: Number(reply.webPort) + 1 }))),
  ),
  system('getSysConfig/envelope', 'mac-of-another', 'shows another device_mac than the basic network information', () =>
    tampering(shows('getSysConfig', (reply) => ({ ...reply, device_mac: '88-07-cb-00-02-bf' }))),
  ),
  system('language/settable', 'russian-becomes-english', 'stores English for Russian', () =>
    tampering(storesOther('setSysConfig', 'language', (language) => (language === 4 ? 1 : language))),
  ),
  system('language/settable', 'language-after-second-get', 'shows the old language in the first get behind a set of Chinese, for ever', () =>
    tampering(storesOther('setSysConfig', 'language', (language, before) => (language === 0 ? before : language))),
  ),
  ...ofText(system, 'setSysConfig', 'dev_name'),
];

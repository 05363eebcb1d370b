/** Section 13: 4G. */
import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { copying } from './going-astray.ts';
import { stores, storesOther } from './sets-and-gets.ts';

const mobile = writerFor('4g');

export const FOUR_G: readonly BlindDefect[] = [
  mobile('APN_AUTO/settable', 'auto-empties-name', 'empties the name of the APN where APN_AUTO is opened', () =>
    tampering(stores('Set4GConfig', (changes) => (changes.APN_AUTO === 1 && !('APNName' in changes) ? { ...changes, APNName: '' } : changes))),
  ),
  mobile('APNUser/settable', 'user-is-name', 'stores the user as the name of the APN as well', copying('Set4GConfig', 'APNUser', 'APNName')),
  mobile('DNSType/settable', 'dns-type-is-auto', 'stores DNSType as APN_AUTO as well', copying('Set4GConfig', 'DNSType', 'APN_AUTO')),
  mobile('HeartBeatAddr/settable', 'address-is-empty', 'stores an empty address for one without a port', () =>
    tampering(storesOther('Set4GConfig', 'HeartBeatAddr', (value) => (String(value).includes(':') ? value : ''))),
  ),
];

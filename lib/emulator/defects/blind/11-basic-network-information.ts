/** Section 11: the wired interface. */
import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { counter, shows, stores, storesOther } from './sets-and-gets.ts';

const network = writerFor('basic-network-information');

const SET_NET = 'setWiredNetwork';

export const BASIC_NETWORK_INFORMATION: readonly BlindDefect[] = [
  network('DNS/settable', 'dns-into-both', 'stores the first name server as the second as well', () =>
    tampering(stores(SET_NET, (changes) => ('DNS' in changes ? { ...changes, DNS2: changes.DNS } : changes))),
  ),
  network('DNS2/settable', 'dns2-into-both', 'stores the second name server as the first as well', () =>
    tampering(stores(SET_NET, (changes) => ('DNS2' in changes ? { ...changes, DNS: changes.DNS2 } : changes))),
  ),
  network('DNS2/settable', 'dns2-last-byte', 'stores 0 for the last byte of the second name server', () =>
    tampering(storesOther(SET_NET, 'DNS2', (value) => String(value).replace(/\d+$/, '0'))),
  ),
  network('DNS/settable', 'dns-swapped', 'stores each name server in the place of the other', () =>
    tampering(stores(SET_NET, (changes) => ('DNS' in changes && 'DNS2' in changes ? { ...changes, DNS: changes.DNS2, DNS2: changes.DNS } : changes))),
  ),
  network('device_mac/type', 'mac-is-none', 'shows "eth0" for its MAC', () =>
    tampering(shows('getWiredNetwork', (reply) => ({ ...reply, device_mac: 'eth0' }))),
  ),
  network('networktype/settable', 'full-becomes-half', 'stores half-duplex for full-duplex', () =>
    tampering(storesOther(SET_NET, 'networktype', (type) => (type === 2 || type === 4 ? Number(type) - 1 : type))),
  ),
  network('getWiredNetwork/envelope', 'address-of-another', 'shows another address in 11.1 than in its envelopes', () =>
    tampering(shows('getWiredNetwork', (reply) => ({ ...reply, IP: '192.168.1.98' }))),
  ),
  network('getWiredNetwork/reply', 'gateway-alternates', 'shows another gateway in each second reply', () => {
    const next = counter();
    return tampering(shows('getWiredNetwork', (reply) => (next() % 2 === 0 ? { ...reply, gateway: '192.168.1.254' } : reply)));
  }),
];

/** Section 14: WIFI, its status and its scan. */

import type { Members } from '../../../document/row-value.ts';
import type { Tamper } from '../../tamper.ts';
import { isGood, replying } from '../tampering.ts';
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { afterDone, eachElement, shows, stores, storesOther } from './sets-and-gets.ts';
import { ofText } from './texts.ts';

const wifi = writerFor('wifi');

const SCAN = 'setWifiScan';

const onScan = (change: (list: readonly Members[]) => unknown): Tamper =>
  replying(SCAN, (reply) =>
    isGood(reply) ? { ...reply, ap_list: Array.isArray(reply.ap_list) ? change(reply.ap_list as readonly Members[]) : reply.ap_list } : reply,
  );

export const WIFI: readonly BlindDefect[] = [
  wifi('ap_list/type', 'scan-as-text', 'sends the list of access points as text', () => tampering(onScan((list) => JSON.stringify(list)))),
  wifi('ap_list/type', 'scan-mac-is-none', 'sends access points whose MAC is none', () =>
    tampering(onScan((list) => eachElement(list, (each) => ({ ...each, ap_bssid: 'unknown' })))),
  ),
  wifi('ap_list/type', 'scan-signal-as-text', 'sends the signal of access points as text', () =>
    tampering(onScan((list) => eachElement(list, (each) => ({ ...each, ap_signal: `${String(each.ap_signal)}%` })))),
  ),
  wifi('ap_list/type', 'scan-second-broken', 'leaves the MAC out of all access points but the first', () =>
    tampering(onScan((list) => eachElement(list, ({ ap_bssid, ...each }, index) => (index === 0 ? { ...each, ap_bssid } : each)))),
  ),
  wifi('ap_list/type', 'scan-single', 'sends the only access point as an object in place of a list', () => tampering(onScan((list) => list[0]))),
  wifi('status.status/enumeration', 'status-6', 'shows status 6', () => tampering(shows('getWifiStatus', (reply) => ({ ...reply, status: 6 })))),
  wifi(
    'status.status/enumeration',
    'connected-while-off',
    'shows that it is connected while WIFI is not enabled',
    () => tampering(shows('getWifiStatus', (reply) => ({ ...reply, status: 2 }))),
    SHOULD,
  ),
  wifi('status.mac_address/type', 'mac-short', 'shows a MAC of five bytes', () =>
    tampering(shows('getWifiStatus', (reply) => ({ ...reply, mac_address: '00:00:00:00:00' }))),
  ),
  wifi('passwd/settable', 'passwd-masked', 'stores the password as stars', () =>
    tampering(storesOther('setWifiConfig', 'passwd', (value) => String(value).replaceAll(/./g, '*'))),
  ),
  wifi('ssid/settable', 'ssid-lower', 'stores the SSID in small letters', () =>
    tampering(storesOther('setWifiConfig', 'ssid', (value) => String(value).toLowerCase())),
  ),
  wifi('encryptType/settable', 'open-becomes-wpa', 'stores WPA for OPEN', () =>
    tampering(storesOther('setWifiConfig', 'encryptType', (value) => (value === 2 ? 1 : value))),
  ),
  wifi('DNS/settable', 'dns-goes-to-wire', 'stores the name server of WIFI for the wire as well', () =>
    tampering(
      afterDone('setWifiConfig', ({ store }, json) => {
        if (typeof json.DNS === 'string') store.write('getWiredNetwork', 0, { DNS: json.DNS });
      }),
    ),
  ),
  wifi('setWifiConfig/isolation', 'new-ssid-empties-password', 'empties the password with a new SSID', () =>
    tampering(
      stores('setWifiConfig', (changes, before) =>
        'ssid' in changes && changes.ssid !== before.ssid && !('passwd' in changes) ? { ...changes, passwd: '' } : changes,
      ),
    ),
  ),
  ...ofText(wifi, 'setWifiConfig', 'ssid'),
];

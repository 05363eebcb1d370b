/** Section 14, WIFI: settings of the wireless interface, its status, and a scan for access points. */
import { command, documentSection, fixed, list, number, oneOf, row, settings, text, textOf, toggle } from '../notation.ts';

/** An interface that is on may be the way to the camera. */
const whileOn = { inviolable: { enable: 1 } } as const;
/** Addresses are the interface's own to choose while dhcp is open. */
const manualAddress = { hazard: 'network', when: { dhcp: 0 }, ...whileOn } as const;

export const wifi = documentSection(14, 'wifi', 'WIFI', [
  settings('getWifiConfig 14.1', 'setWifiConfig 14.2', {
    hazards: ['network'],
    rows: [
      row('enable', 'YY', toggle, { hazard: 'network' }),
      row('dhcp', '-Y', toggle, { hazard: 'network', ...whileOn }),
      row('encryptType', 'YY', oneOf({ 0: 'WEP', 1: 'WPA', 2: 'OPEN' })),
      row('wifiType', 'YN', oneOf({ 1: 'MK7601', 2: 'RTL8188EUS' }, [0])),
      row('ssid', 'YN', text('HIFACE', 'test'), { alias: 'SSID' }),
      row('bssid', '-Y', fixed('mac', '00:00:00:00:00:00')),
      row('passwd', 'YN', text('1234567890', '0987654321'), { secret: true }),
      row('IP', 'YN', textOf('ipv4', '192.0.2.168', '192.0.2.169'), manualAddress),
      row('gateway', 'YN', textOf('ipv4', '192.0.2.1', '192.0.2.254'), manualAddress),
      row('subnet_mask', 'YN', textOf('ipv4', '255.255.255.0', '255.255.0.0'), manualAddress),
      row('DNS', 'YN', textOf('ipv4', '192.0.2.8', '198.51.100.8')),
      row('DNS2', 'YN', textOf('ipv4', '198.51.100.8', '192.0.2.8')),
    ],
    example: {
      reply: {
        enable: 0,
        dhcp: 1,
        wifiType: 0,
        encryptType: 1,
        ssid: 'HIFACE',
        passwd: '1234567890',
        IP: '192.168.2.168',
        gateway: '192.168.2.1',
        subnet_mask: '255.255.255.0',
        DNS: '0.0.0.0',
        DNS2: '0.0.0.0',
      },
      requests: [
        {
          enable: 0,
          dhcp: 1,
          wifiType: 0,
          encryptType: 1,
          ssid: 'HIFACE',
          passwd: '1234567890',
          bssid: '00:00:00:00:00:00',
          IP: '192.168.2.168',
          gateway: '192.168.2.1',
          subnet_mask: '255.255.255.0',
          DNS: '1.2.4.8',
          DNS2: '8.8.8.8',
        },
      ],
    },
  }),
  settings('getWifiStatus 14.3', null, {
    instances: [{ label: 'status', select: {} }],
    rows: [
      row('status', 'N-', oneOf({ 1: 'not enabled', 2: 'connected', 3: 'disabled', 4: 'disabled', 5: 'not connected' }, [0]), { volatile: 'status' }),
      row('ssid', 'N-', text(), { alias: 'ap_number', volatile: 'status' }),
      row('freq', 'N-', number(), { volatile: 'status' }),
      row('signal', 'N-', number(), { volatile: 'measurement' }),
      row('mac_address', 'N-', textOf('mac'), { volatile: 'status' }),
      row('wifi_ip', 'N-', number(), { volatile: 'status' }),
      row('wifi_gateway', 'N-', number(), { volatile: 'status' }),
      row('online_time', 'N-', number(), { volatile: 'counter' }),
      row('bssid', 'N-', textOf('mac'), { volatile: 'status' }),
    ],
    example: {
      reply: {
        status: 0,
        freq: 0,
        mac_address: '00:00:00:00:00:00',
        ssid: '',
        bssid: '00:00:00:00:00:00',
        wifi_ip: 0,
        wifi_gateway: 0,
        online_time: 0,
      },
    },
  }),
  command('setWifiScan 14.4', {
    rows: [],
    replies: [
      row(
        'ap_list',
        'N-',
        list([
          row('ap_number', 'N-', text()),
          row('ap_encrypt_type', 'N-', text()),
          row('ap_bssid', 'N-', textOf('mac')),
          row('ap_signal', 'N-', number()),
        ]),
        { volatile: 'measurement' },
      ),
    ],
    hazards: [],
    limitMs: 60_000,
    example: {
      requests: [null],
      reply: {
        ap_list: [
          { ap_number: '621-NB', ap_encrypt_type: "'WPA/WPA2'", ap_signal: 50, ap_bssid: '48:0e:ec:d9:59:54' },
          { ap_number: 'Actionair.SZX', ap_encrypt_type: "'WPA/WPA2'", ap_signal: 80, ap_bssid: '20:76:93:50:81:02' },
        ],
      },
    },
  }),
]);

/** Section 11, Basic Network Information: the wired interface and the web port. */
import { documentSection, number, oneOf, row, settings, textOf, toggle } from '../notation.ts';

/** How the tester reaches the camera. */
const reach = { hazard: 'network', held: true } as const;
/** Where the camera is. */
const place = { ...reach, inviolable: {} } as const;
/** With DHCP the servers are not the camera's to choose. */
const nameServer = { hazard: 'network', when: { DHCP: 0 } } as const;

export const basicNetworkInformation = documentSection(11, 'basic-network-information', 'Basic Network Information', [
  settings('getWiredNetwork 11.1', 'setWiredNetwork 11.2', {
    hazards: ['network'],
    rows: [
      row('DHCP', 'YY', toggle, place),
      row('IP', 'YY', textOf('ipv4', '192.168.1.89', '192.168.1.86'), { alias: 'device_ip', ...place }),
      row('subnet_mask', 'YY', textOf('ipv4', '255.255.255.0', '255.255.0.0'), place),
      row('gateway', 'YY', textOf('ipv4', '192.168.1.1', '192.168.1.254'), place),
      row('device_mac', 'N-', textOf('mac')),
      row('webPort', 'YN', number(80, 8081), reach),
      row('DNS', 'YY', textOf('ipv4', '192.0.2.8', '198.51.100.8'), nameServer),
      row('DNS2', 'YN', textOf('ipv4', '198.51.100.8', '192.0.2.8'), nameServer),
      row('networktype', 'YY', oneOf({ 0: 'Adaptive', 1: '10M half-duplex', 2: '10M full-duplex', 3: '100M half-duplex', 4: '100M full-duplex' }), {
        hazard: 'network',
      }),
      row('manual_dns', '--', number(), { hazard: 'network' }),
      row('onvifPort', '--', number(), { hazard: 'network' }),
    ],
    example: {
      reply: {
        DHCP: 0,
        manual_dns: 0,
        webPort: 80,
        onvifPort: 8080,
        IP: '192.168.1.89',
        gateway: '192.168.1.1',
        subnet_mask: '255.255.255.0',
        DNS: '1.2.4.8',
        DNS2: '8.8.8.8',
      },
      requests: [
        {
          DHCP: 0,
          IP: '192.168.1.86',
          subnet_mask: '255.255.255.0',
          gateway: '192.168.1.1',
          DNS: '1.2.4.8',
          DNS2: '8.8.8.8',
          webPort: 80,
          manual_dns: 0,
        },
      ],
    },
  }),
]);

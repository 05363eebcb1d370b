/** Section 13, 4G. Its actions begin with a capital letter, unlike all others. */
import { documentSection, number, oneOf, row, settings, text, textOf, toggle } from '../notation.ts';

export const fourG = documentSection(13, '4g', '4G', [
  settings('Get4GConfig 13.1', 'Set4GConfig 13.2', {
    // It may be the way to the camera.
    hazards: ['network'],
    rows: [
      row('Enable', 'YN', toggle, { hazard: 'network' }),
      row('APN_AUTO', 'YN', toggle),
      row('APNName', 'YN', text('cmnet', 'internet')),
      row('APNUser', 'YN', text('user', 'test')),
      row('APNPwd', 'YN', text('123456', '654321'), { secret: true }),
      row('DNSType', 'YN', oneOf({ 0: 'System DNS', 1: '4G DNS' })),
      row('HeartBeatAddr', 'YN', textOf('host', '192.0.2.33', '192.0.2.34')),
      row('gpsEnable', '--', number()),
      row('ModuleType', '--', number()),
    ],
    example: {
      reply: { Enable: 0, APN_AUTO: 1, DNSType: 1, gpsEnable: 0, HeartBeatAddr: '', ModuleType: 1, APNName: '', APNUser: '', APNPwd: '' },
      requests: [{ Enable: 0, APN_AUTO: 1, DNSType: 1, HeartBeatAddr: '192.168.1.33' }],
    },
  }),
]);

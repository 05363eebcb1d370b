/** Section 20, GAT1400: part of what getPlatformServer and setPlatformServer hold. */
import { documentSection, number, row, settings, text, textOf, toggle } from '../notation.ts';
import { PLATFORM_SERVER_REPLY } from './platform-server-example.ts';

export const gat1400 = documentSection(20, 'gat1400', 'GAT1400', [
  settings('getPlatformServer 20.1', 'setPlatformServer 20.2', {
    rows: [
      row('gat_enable', 'YN', toggle),
      row('gat_devid', 'YN', textOf('digits', '34020000001190000001', '34020000001190000002')),
      row('gat_uri', 'YN', textOf('url', 'http://192.0.2.91:80', 'http://192.0.2.92:80')),
      row('gat_pwd', 'YN', text('123456', '654321'), { secret: true }),
      row('heartbeat_interval', 'YN', number(0, 60)),
    ],
    example: {
      reply: PLATFORM_SERVER_REPLY,
      requests: [{ gat_uri: '', gat_pwd: '', gat_devid: '', gat_enable: 0, heartbeat_interval: 0 }],
    },
  }),
]);

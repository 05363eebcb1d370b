/**
 * Section 12, Platform Access. Sections 16, 18 and 20 use the same action pair for parameters of their own; the names
 * that the shared example reply shows and no section's table lists are rows here.
 */
import { documentSection, number, row, settings, text, textOf } from '../notation.ts';
import { PLATFORM_SERVER_REPLY } from './platform-server-example.ts';

export const platformAccess = documentSection(12, 'platform-access', 'Platform Access', [
  settings('getPlatformServer 12.1', 'setPlatformServer 12.2', {
    rows: [
      row('serverAddr', 'YN', textOf('host', '192.0.2.91:80', '192.0.2.92:80')),
      row('wsServerAddr', 'YN', textOf('host', '192.0.2.33', '192.0.2.34')),
      row('platformSubCode', 'YN', number(21, 0)),
      row('serverPort', '--', number()),
      row('wsServerPort', '--', number()),
      row('resumeTransf', '--', number()),
      row('uploadtype', '--', number()),
      row('uploadInterval', '--', number()),
      row('platform', '--', text()),
      row('platformCode', '--', number()),
      row('snap_camera1', '--', text()),
      row('snap_camera2', '--', text()),
      row('status_gat1400', '--', number(), { volatile: 'status' }),
      row('gat_user', '--', text()),
      row('platformType_cf', '--', number()),
      row('status_cf', '--', number(), { volatile: 'status' }),
      row('serverPort_cf', '--', number()),
      row('serverId_cf', '--', text()),
      row('devNameCloud_cf', '--', text()),
      row('serverIp_cf', '--', text()),
      row('devNameLocal_cf', '--', text()),
      row('ftpNameType', '--', number()),
      row('ftpNameCode', '--', text()),
      row('ftpNameStreet', '--', text()),
      row('ftpNamePlot', '--', text()),
      row('ftpNameSN', '--', number()),
    ],
    example: {
      reply: PLATFORM_SERVER_REPLY,
      requests: [{ serverAddr: '192.168.1.91:80', wsServerAddr: '192.168.1.33', platformSubCode: 21 }],
    },
  }),
]);

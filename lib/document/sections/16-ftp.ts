/** Section 16, FTP: part of what getPlatformServer and setPlatformServer hold. */
import { documentSection, number, row, settings, text, textOf } from '../notation.ts';
import { PLATFORM_SERVER_REPLY } from './platform-server-example.ts';

export const ftp = documentSection(16, 'ftp', 'FTP', [
  settings('getPlatformServer 16.1', 'setPlatformServer 16.2', {
    rows: [
      row('ftpServer', 'YN', textOf('host', '192.0.2.212', '192.0.2.213')),
      row('ftpPort', 'YN', number(21, 2121)),
      row('ftpUser', 'YN', text('xz', 'test')),
      row('ftpPasswd', 'YN', text('123456', '654321'), { secret: true }),
      row('ftpPath', 'YN', textOf('path', 'D:/ftp', '/')),
    ],
    example: {
      reply: PLATFORM_SERVER_REPLY,
      requests: [{ ftpServer: '192.168.1.212', ftpPort: 21, ftpUser: 'xz', ftpPasswd: '123456', ftpPath: 'D:/ftp' }],
    },
  }),
]);

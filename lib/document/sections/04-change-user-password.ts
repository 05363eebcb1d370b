/** Section 4, Change User Password. */
import { command, documentSection, row, text } from '../notation.ts';

/** The plain text of the old password in the document's example: what such cameras are delivered with. */
export const DELIVERED_PASSWORD = '123456';

export const changeUserPassword = documentSection(
  4,
  'change-user-password',
  'Change User Password',
  [
    command('setPasswd 4', {
      rows: [
        row('oldPassword', '-Y', text('e10adc3949ba59abbe56e057f20f883e'), { secret: true }),
        row('newPassword', '-Y', text('1234567', '12345678'), { secret: true }),
      ],
      hazards: ['password'],
      // the MD5 of the empty text: not the password in force, so that even a camera that lets it through keeps its own
      probe: { newPassword: '1234567', oldPassword: 'd41d8cd98f00b204e9800998ecf8427e' },
      example: { requests: [{ newPassword: '1234567', oldPassword: 'e10adc3949ba59abbe56e057f20f883e' }], reply: {} },
    }),
  ],
  [
    { id: 'new-password-holds', place: '4', says: 'after code 0 the MD5 of newPassword opens every action' },
    { id: 'old-password-refused', place: '4', says: 'after code 0 the MD5 of the password before is a wrong password' },
    { id: 'old-password-is-md5', place: '4', says: 'oldPassword is the MD5 of the password in force, newPassword plain text' },
  ],
);

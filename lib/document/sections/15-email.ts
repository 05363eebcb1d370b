/** Section 15, Email. `to_…` is the sender and `from_…` the recipient, as the tables have it. */
import { documentSection, number, row, settings, text, textOf, toggle } from '../notation.ts';

export const email = documentSection(15, 'email', 'Email', [
  settings('getMailConf 15.1', 'setMailConf 15.2', {
    rows: [
      row('smtp_addr', 'YN', textOf('host', '192.0.2.66', '192.0.2.67')),
      row('smtp_port', 'YN', number(25, 465)),
      row('enable_ssl', 'YN', toggle),
      row('to_name', 'YN', text('xd', 'test')),
      row('to_addr', 'YN', text('4444444', 'sender@example.com')),
      row('to_passw', 'YN', text('123456', '654321'), { secret: true }),
      row('from_user', 'YN', text('dd', 'recipient@example.com')),
      row('smtp_user', '--', text()),
      row('smtp_passw', '--', text(), { secret: true }),
      row('mail_tital', '--', text()),
      row('event_type', '--', number()),
    ],
    example: {
      reply: {
        smtp_addr: '',
        smtp_port: 25,
        smtp_user: '',
        smtp_passw: '',
        enable_ssl: 0,
        mail_tital: 'Alarm Message',
        to_name: '',
        to_addr: '',
        event_type: 0,
        from_user: '',
      },
      requests: [{ smtp_addr: '192.168.1.66', smtp_port: 25, enable_ssl: 0, to_name: 'xd', to_addr: '4444444', event_type: 0, from_user: 'dd' }],
    },
  }),
]);

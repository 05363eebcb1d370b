/** Section 15: mail. */

import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { copying } from './going-astray.ts';
import { stores, storesOther } from './sets-and-gets.ts';
import { ofText } from './texts.ts';

const mail = writerFor('email');

export const EMAIL: readonly BlindDefect[] = [
  mail('enable_ssl/settable', 'ssl-changes-port', 'changes the port to 465 where SSL is opened', () =>
    tampering(stores('setMailConf', (changes) => (changes.enable_ssl === 1 && !('smtp_port' in changes) ? { ...changes, smtp_port: 465 } : changes))),
  ),
  mail('to_addr/settable', 'sender-is-recipient', 'stores the sender as the recipient as well', copying('setMailConf', 'to_addr', 'from_user')),
  mail('to_passw/settable', 'password-not-shown-back', 'stores an empty password with a new name', () =>
    tampering(stores('setMailConf', (changes) => ('to_name' in changes && !('to_passw' in changes) ? { ...changes, to_passw: '' } : changes))),
  ),
  mail('smtp_port/settable', 'port-times-ten', 'stores ten times the port', () =>
    tampering(storesOther('setMailConf', 'smtp_port', (value) => Number(value) * 10)),
  ),
  mail('from_user/settable', 'first-recipient', 'keeps the recipient before the first "@"', () =>
    tampering(storesOther('setMailConf', 'from_user', (value) => String(value).split('@')[0])),
  ),
  ...ofText(mail, 'setMailConf', 'to_name'),
];

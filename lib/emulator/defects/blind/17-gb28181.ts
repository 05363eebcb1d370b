/** Section 17: GB28181 and registration by hand. */
import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { afterDone, counter, performs, stores, storesOther } from './sets-and-gets.ts';

const sip = writerFor('gb28181');

export const GB28181: readonly BlindDefect[] = [
  sip('register-with-manual-operation', 'register-refused', 'refuses a registration by hand while register_type is 1', () =>
    tampering({ refuses: (action) => (action === 'setGb28181Register' ? 205 : null) }),
  ),
  sip('register-with-manual-operation', 'register-only-once', 'refuses each registration by hand but the first', () => {
    const next = counter();
    return tampering({ refuses: (action) => (action === 'setGb28181Register' && next() > 1 ? 205 : null) });
  }),
  sip('register-with-manual-operation', 'register-closes', 'puts register_type back to 0 with a registration by hand', () =>
    tampering(afterDone('setGb28181Register', ({ store }) => store.write('getGb28181', 0, { register_type: 0 }))),
  ),
  sip('register-with-manual-operation', 'register-only-when-closed', 'registers by hand while register_type is 0 alone', () =>
    tampering(performs('setGb28181Register', (camera) => ({ code: camera.store.values('getGb28181').register_type === 0 ? 0 : 205 }))),
  ),
  sip('logout-with-manual-operation', 'logout-refused', 'refuses a cancellation by hand while register_type is 1', () =>
    tampering({ refuses: (action) => (action === 'setGb28181Logout' ? 299 : null) }),
  ),
  sip('logout-with-manual-operation', 'logout-forgets-server', 'forgets the address of the server with a cancellation by hand', () =>
    tampering(afterDone('setGb28181Logout', ({ store }) => store.write('getGb28181', 0, { server_addr: '' }))),
  ),
  sip('logout-with-manual-operation', 'logout-forgets-password', 'forgets the password with a cancellation by hand', () =>
    tampering(afterDone('setGb28181Logout', ({ store }) => store.write('getGb28181', 0, { password: '' }))),
  ),
  sip('server_port/settable', 'server-port-is-device-port', 'stores the port of the server as that of the device as well', () =>
    tampering(stores('setGb28181', (changes) => ('server_port' in changes ? { ...changes, device_port: changes.server_port } : changes))),
  ),
  sip('user_name/settable', 'user-is-channel', 'stores the user name as the channel as well', () =>
    tampering(stores('setGb28181', (changes) => ('user_name' in changes ? { ...changes, channel_id: changes.user_name } : changes))),
  ),
  sip('server_id/settable', 'id-as-number', 'loses the last digits of an identifier, as a number would', () =>
    tampering(
      storesOther('setGb28181', 'server_id', (value) =>
        /^\d{17,}$/.test(String(value)) ? Number(value).toLocaleString('fullwide', { useGrouping: false }) : value,
      ),
    ),
  ),
  sip('server_id/settable', 'id-16-digits', 'keeps 16 digits of an identifier', () =>
    tampering(storesOther('setGb28181', 'server_id', (value) => String(value).slice(0, 16))),
  ),
  sip('alarm_id/settable', 'empty-alarm-id-refused', "refuses an empty alarm_id, which the document's example has", () =>
    tampering({ refuses: (action, json) => (action === 'setGb28181' && json?.alarm_id === '' ? 205 : null) }),
  ),
  sip('active_count/settable', 'count-is-time', 'stores active_count in active_time as well', () =>
    tampering(stores('setGb28181', (changes) => ('active_count' in changes ? { ...changes, active_time: changes.active_count } : changes))),
  ),
];

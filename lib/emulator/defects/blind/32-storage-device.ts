/** Section 32: devices and their format. */

import type { Members } from '../../../document/row-value.ts';
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { afterDone, counter, eachElement, performs, shows, storesOther } from './sets-and-gets.ts';

const storage = writerFor('storage-device');

const inDevices = (change: (device: Members) => unknown) => () =>
  tampering(shows('getStorageInfo', (reply) => ({ ...reply, devs: eachElement(reply.devs, change) })));

const FORMAT = 'devsFormat';

export const STORAGE_DEVICE: readonly BlindDefect[] = [
  storage('format', 'format-does-nothing', 'answers a format with code 0, and leaves the device as it is', () =>
    tampering(
      performs(FORMAT, (camera, json, perform) =>
        (camera.store.values('getStorageInfo').devs as readonly Members[]).some(({ type }) => type === json?.dev_type) ? { code: 0 } : perform(),
      ),
    ),
  ),
  storage('format', 'format-leaves-error', 'shows the device in error behind a format', () =>
    tampering(
      afterDone(FORMAT, ({ store }) =>
        store.write('getStorageInfo', 0, { devs: eachElement(store.values('getStorageInfo').devs, (device) => ({ ...device, status: 4 })) }),
      ),
    ),
  ),
  storage('format', 'format-for-ever', 'shows the device formatting for ever', () =>
    tampering(
      afterDone(FORMAT, ({ store }) =>
        store.write('getStorageInfo', 0, { devs: eachElement(store.values('getStorageInfo').devs, (device) => ({ ...device, status: 3 })) }),
      ),
    ),
  ),
  storage('format', 'format-removes', 'shows no device behind a format', () =>
    tampering(afterDone(FORMAT, ({ store }) => store.write('getStorageInfo', 0, { devs: [] }))),
  ),
  storage(
    'format',
    'format-any-type',
    'answers a format of a device that is not there with code 0',
    () =>
      tampering(
        performs(FORMAT, async (_, json, perform) => {
          const reply = await perform();
          return reply.code !== 0 && typeof json?.dev_type === 'number' ? { code: 0 } : reply;
        }),
      ),
    SHOULD,
  ),
  storage('format', 'format-changes-rule', 'changes the length of recordings with a format', () =>
    tampering(afterDone(FORMAT, ({ store }) => store.write('getStorageRule', 0, { package_time: 60 }))),
  ),
  storage('format', 'format-needs-format', 'shows that the device needs formatting behind a format', () =>
    tampering(
      afterDone(FORMAT, ({ store }) =>
        store.write('getStorageInfo', 0, { devs: eachElement(store.values('getStorageInfo').devs, (device) => ({ ...device, status: 2 })) }),
      ),
    ),
  ),
  storage('devs/type', 'devs-alternate', 'shows its device in each second reply alone', () => {
    const next = counter();
    return tampering(shows('getStorageInfo', (reply) => (next() % 2 === 0 ? { ...reply, devs: [] } : reply)));
  }),
  storage(
    'devs.total_storage/type',
    'total-as-text',
    'shows the size of a device as text',
    inDevices((device) => ({ ...device, total_storage: `${String(device.total_storage)} MB` })),
  ),
  storage(
    'devs.remaining_storage/type',
    'more-left-than-there-is',
    'shows more room left than the device has',
    inDevices((device) => ({ ...device, remaining_storage: Number(device.total_storage) + 1 })),
    SHOULD,
  ),
  storage(
    'devs.remaining_storage/type',
    'negative-room',
    'shows a negative number of MB left',
    inDevices((device) => ({ ...device, remaining_storage: -1 })),
    SHOULD,
  ),
  storage('package_time/settable', 'package-of-tens', 'rounds the length of recordings down to ten minutes', () =>
    tampering(storesOther('setStorageRule', 'package_time', (value) => Math.max(30, Number(value) - (Number(value) % 10)))),
  ),
];

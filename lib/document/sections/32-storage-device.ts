/** Section 32, Storage Device: what is plugged in, formatting it, and the length of recordings (min). Sizes are in MB. */
import { command, documentSection, list, number, row, settings, text } from '../notation.ts';

export const storageDevice = documentSection(
  32,
  'storage-device',
  'Storage Device',
  [
    settings('getStorageInfo 32.1', null, {
      rows: [
        row(
          'devs',
          'N-',
          list([
            row('id', 'N-', text()),
            // 0 none, 1 USB, 2 HDD, 3 network disk, 4 eMMC, 5 SD, any other unknown: erratum `storage-type-open`
            row('type', 'N-', number()),
            row('total_storage', 'N-', number()),
            row('remaining_storage', 'N-', number(), { volatile: 'counter' }),
            // 0 none, 1 ready, 2 needs formatting, 3 formatting, 4 error, any other unknown: erratum `storage-status-open`
            row('status', 'N-', number(), { volatile: 'status' }),
          ]),
        ),
      ],
      example: { reply: { devs: [] } },
    }),
    command('devsFormat 32.2', {
      // a device type of 32.1; 5 is SD: erratum `format-device-type-description`
      rows: [row('dev_type', '-Y', number(5))],
      hazards: ['format'],
      limitMs: 120_000,
      example: { requests: [{ dev_type: 5 }], reply: {} },
    }),
    settings('getStorageRule 32.3', 'setStorageRule 32.4', {
      rows: [
        row('package_time', 'YN', number(30, 10)),
        row('disk_size', '--', number(0)),
        row('parti_size_record', '--', number(0)),
        row('parti_size_snap', '--', number(0)),
      ],
      example: {
        reply: { package_time: 30, disk_size: 0, parti_size_record: 0, parti_size_snap: 0 },
        requests: [{ package_time: 30 }],
      },
    }),
  ],
  [{ id: 'format', place: '32.2', says: 'formats the device of the type that dev_type names, which is then formatting or ready' }],
);

/** Section 5, System Configuration: language, name and versions. */
import { documentSection, number, oneOf, row, settings, text, textOf } from '../notation.ts';

export const systemConfiguration = documentSection(5, 'system-configuration', 'System Configuration', [
  settings('getSysConfig 5.1', 'setSysConfig 5.2', {
    rows: [
      row('language', 'YN', oneOf({ 0: 'Chinese', 1: 'English', 4: 'Russia' })),
      row('dev_name', 'YN', text('test', 'IPCamera')),
      row('version', 'N-', text()),
      row('pf_version', 'N-', text()),
      row('ai_version', 'N-', text()),
      row('ui_version', 'N-', text()),
      row('webPort', 'N-', number(), { sameAs: 'getWiredNetwork' }),
      row('device_mac', 'N-', textOf('mac'), { sameAs: 'getWiredNetwork' }),
      row('kernel_version', 'N-', text()),
      row('dev_type', '--', number()),
      row('ivs_mask', '--', number()),
      row('dev_mask', '--', number()),
      row('update_type', '--', number()),
    ],
    example: {
      reply: {
        version: '14.030.19.3_MAIN_V3(221114)',
        ai_version: '',
        ui_version: '',
        pf_version: 'platform_8hours v4.7.1D',
        dev_name: 'IPCamera',
        language: 0,
        webPort: 80,
        dev_type: 1,
        ivs_mask: 1,
        dev_mask: 0,
        update_type: 268828701,
      },
      requests: [{ language: 1, dev_name: 'test' }],
    },
  }),
]);

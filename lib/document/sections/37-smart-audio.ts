/** Section 37, SmartAudio: what the speaker says to people on the white list, on the black list and on neither. */
import { documentSection, oneOf, range, row, settings, toggle } from '../notation.ts';

const example = {
  enable: 1,
  timeEnable: 1,
  hour_begain: 6,
  min_begain: 0,
  hour_end: 9,
  min_end: 0,
  whiteListAudio: 4,
  blacklistAudio: 2,
  strangerAudio: 1,
};

export const smartAudio = documentSection(37, 'smart-audio', 'SmartAudio', [
  settings('getSmartAudioConf 37.1', 'setSmartAudioConf 37.2', {
    rows: [
      row('enable', 'YN', toggle),
      row('timeEnable', 'YN', toggle),
      row('hour_begain', 'YN', range(0, 23)),
      row('min_begain', 'YN', range(0, 59)),
      row('hour_end', 'YN', range(0, 23)),
      row('min_end', 'YN', range(0, 59)),
      row('whiteListAudio', 'YN', oneOf({ 0: 'off', 1: 'checked in', 2: 'recognised', 3: 'door open', 4: 'welcome home', 5: 'welcome' })),
      row('blacklistAudio', 'YN', oneOf({ 0: 'off', 1: 'person under control', 2: 'no entry', 3: 'alarm sound' })),
      row('strangerAudio', 'YN', oneOf({ 0: 'off', 1: 'private, keep away', 2: 'monitored area', 3: 'advanced sound' })),
    ],
    example: { reply: example, requests: [example] },
  }),
]);

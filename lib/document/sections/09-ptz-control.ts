/** Section 9, PTZ Control: one action, which 9 documents for movement and 9.1 and 9.2 for preset points. */
import { anyOf, command, documentSection, number, oneOf, range, row } from '../notation.ts';

export const PTZ_STOP = 21;
export const PTZ_SET_PRESET = 19;
export const PTZ_CALL_PRESET = 20;

/** What moves, or is switched, until it is stopped: a word for each, and its command in the table of 9. */
export const PTZ_MOVEMENTS: Readonly<Record<string, number>> = {
  'top-left': 71,
  top: 1,
  'top-right': 73,
  left: 3,
  right: 4,
  'bottom-left': 72,
  bottom: 2,
  'bottom-right': 74,
  'zoom-out': 10,
  'zoom-in': 9,
  'focus-near': 6,
  'focus-far': 5,
  'aperture-down': 8,
  light: 13,
  'auxiliary-focus': 11,
  'refresh-position': 69,
};

/** "fix to 0" */
const channel = row('channel', '-Y', anyOf(0));
const presetNumber = row('speed_v', '-Y', number(10, 1));

export const ptzControl = documentSection(
  9,
  'ptz-control',
  'PTZ Control',
  [
    command('setPtzControl 9', {
      rows: [
        channel,
        row('speed_h', '-Y', range(1, 100)),
        row('speed_v', '-Y', range(1, 100)),
        row(
          'ptz_cmd',
          '-Y',
          oneOf({
            21: 'stop control',
            71: 'move top-left',
            1: 'move top',
            73: 'move top-right',
            3: 'move left',
            69: 'refresh position',
            4: 'move right',
            72: 'move bottom-left',
            2: 'move bottom',
            74: 'move bottom-right',
            10: 'zoom -',
            9: 'zoom +, aperture +',
            6: 'focus -',
            5: 'focus +',
            8: 'aperture -',
            13: 'light',
            11: 'auxiliary focus',
            20: 'call the preset point speed_v',
            19: 'set the preset point speed_v',
          }),
        ),
      ],
      hazards: ['ptz'],
      probe: { speed_h: 1, speed_v: 1, channel: 0, ptz_cmd: 21 },
      example: { requests: [{ speed_h: 50, speed_v: 50, channel: 0, ptz_cmd: 1 }], reply: {} },
    }),
    command('setPtzControl 9.1', {
      rows: [presetNumber, channel, row('ptz_cmd', '-Y', anyOf(19))],
      hazards: ['ptz'],
      example: { requests: [{ speed_v: 10, channel: 0, ptz_cmd: 19 }], reply: {} },
    }),
    command('setPtzControl 9.2', {
      rows: [presetNumber, channel, row('ptz_cmd', '-Y', anyOf(20))],
      hazards: ['ptz'],
      example: { requests: [{ speed_v: 10, channel: 0, ptz_cmd: 20 }], reply: {} },
    }),
  ],
  [
    { id: 'moves-until-stop', place: '9', says: 'a movement goes on until the stop command' },
    { id: 'preset-called', place: '9.2', says: 'calling a preset number brings back the view in which that number was set' },
  ],
);

import { describe, expect, test } from 'vitest';
import { fixed, number, row, settings, text, toggle } from '../document/notation.ts';
import { necessaryMembers } from './necessary.ts';

const channel = row('channel', 'NY', toggle);
const ssid = row('ssid', 'YY', text(), { alias: 'SSID' });
const part = settings('getX 1.1', 'setX 1.2', {
  rows: [
    channel,
    ssid,
    row('bssid', '-Y', fixed('mac', '00:00')),
    row('rate', '-Y', number()),
    row('lost', '-Y', number()),
    row('free', 'YN', text()),
  ],
  example: { reply: {}, requests: [{ rate: 7, free: 'x' }] },
});

describe('what every set has to carry', () => {
  test.each([
    ['as the camera shows it', { ssid: 'a', rate: 3 }, {}, { channel: 1, ssid: 'a', bssid: '00:00', rate: 3 }],
    ['under the spelling of the camera', { SSID: 'a' }, {}, { channel: 1, SSID: 'a', bssid: '00:00', rate: 7 }],
    ['from the example where the camera does not show it', {}, {}, { channel: 1, bssid: '00:00', rate: 7 }],
    ['but what selects the instance', { ssid: 'a' }, { channel: 2 }, { ssid: 'a', bssid: '00:00', rate: 7 }],
  ])('%s', (_, shown, select, expected) => {
    expect(necessaryMembers(part, { channel: 1, ...shown }, select)).toEqual(expected);
  });

  test('but one', () => {
    expect(necessaryMembers(part, { channel: 1, ssid: 'a' }, {}, ssid)).toEqual({ channel: 1, bssid: '00:00', rate: 7 });
  });
});

import { expect, test } from 'vitest';
import { withCamera } from './embedded-camera.fixture.ts';
import { isReboot, isWrite } from './wear.ts';

test.each([
  ['setOsdConf', true, false],
  ['Set4GConfig', true, false],
  ['setPasswd', true, false],
  ['setPlatformConfFile', true, false],
  ['devsFormat', true, false],
  ['reset', true, false],
  ['restart', false, true],
  ['setPtzControl', false, false],
  ['setWifiScan', false, false],
  ['getOsdConf', false, false],
])('%s stores: %s, restarts: %s', (action, writes, reboots) => {
  expect({ writes: isWrite(action), reboots: isReboot(action) }).toEqual({ writes, reboots });
});

test('what the camera refuses wears nothing but a log-in', async () => {
  await withCamera({}, async ({ camera }) => {
    await camera.call('setOsdConf', { font_size: 2 });
    await camera.call('setOsdConf', { font_size: 99 });
    await camera.call('getOsdConf', null, { credentials: 'wrong-password' });
    expect(camera.wear).toEqual({ writes: 1, reboots: 0, logIns: 3 });
  });
});

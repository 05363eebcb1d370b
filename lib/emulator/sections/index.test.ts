import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { md5 } from '../account.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import { BASIC, connectRtsp } from '../stream/test-rtsp-client.ts';
import { createTestClient, type TestClient, until } from '../test-client.ts';

let emulator: Emulator;
let ask: TestClient['ask'];
let text: TestClient['text'];
beforeEach(async () => {
  emulator = await startEmulator();
  ({ ask, text } = createTestClient(emulator));
});
afterEach(() => emulator.close());

const code = (value: number) => expect.objectContaining({ code: value });

describe('password (4)', () => {
  it('is changed by the MD5 of the old one', async () => {
    expect(await ask('setPasswd', { oldPassword: md5('123456').toUpperCase(), newPassword: 'a&b' })).toEqual(code(0));
    expect(await text('getOsdConf')).toBe('error user/pwd\r\n');
    expect(await createTestClient(emulator, 'a&b').ask('getOsdConf')).toEqual(code(0));
  });

  it.each([
    ['a wrong old one', { oldPassword: md5('x'), newPassword: 'y' }, 206],
    ['a plain old one', { oldPassword: '123456', newPassword: 'y' }, 206],
    ['no new one', { oldPassword: md5('123456') }, 201],
    ['no old one', { newPassword: 'y' }, 201],
    ['an empty new one', { oldPassword: md5('123456'), newPassword: '' }, 205],
    ['a number', { oldPassword: md5('123456'), newPassword: 5 }, 205],
  ])('stays with %s', async (_, json, expected) => {
    expect(await ask('setPasswd', json)).toEqual(code(expected));
    expect(await ask('getOsdConf')).toEqual(code(0));
  });
});

describe('reset (6)', () => {
  it('needs both parameters', async () => {
    expect(await ask('reset', { netReset: 1 })).toEqual(code(201));
    expect(await ask('reset', { netReset: 1, userReset: 2 })).toEqual(code(205));
  });

  it('puts network and user settings back, each for itself, and keeps the ports', async () => {
    const start = emulator.state();
    const url = emulator.url;
    const change = async () => {
      await ask('setWiredNetwork', { ...(await ask('getWiredNetwork')), gateway: '10.0.0.1' });
      await ask('setOsdConf', { show_date: 0 });
    };
    await change();
    expect(await ask('reset', { netReset: 0, userReset: 0 })).toEqual(code(0));
    expect(await ask('getWiredNetwork')).toMatchObject({ gateway: '10.0.0.1' });
    expect(await ask('reset', { netReset: 1, userReset: 0 })).toEqual(code(0));
    expect(await ask('getWiredNetwork')).toMatchObject({ gateway: '192.168.1.1' });
    expect(await ask('getOsdConf')).toMatchObject({ show_date: 0 });
    await change();
    expect(await ask('reset', { netReset: 0, userReset: 1 })).toEqual(code(0));
    expect(await ask('getWiredNetwork')).toMatchObject({ gateway: '10.0.0.1' });
    expect(await ask('getOsdConf')).toMatchObject({ show_date: 1 });
    await ask('reset', { netReset: 1, userReset: 1 });
    expect(emulator.state()).toEqual(start);
    expect(emulator.url).toBe(url);
  });

  it('brings the password back', async () => {
    await ask('setPasswd', { oldPassword: md5('123456'), newPassword: 'other' });
    expect(await createTestClient(emulator, 'other').ask('reset', { netReset: 0, userReset: 1 })).toEqual(code(0));
    expect(await ask('getOsdConf')).toEqual(code(0));
  });
});

describe('PTZ (9)', () => {
  const move = { channel: 0, speed_h: 50, speed_v: 20, ptz_cmd: 1 };

  it('moves until it is stopped', async () => {
    expect(await ask('setPtzControl', move)).toEqual(code(0));
    expect(emulator.state().moving).toEqual({ command: 1, horizontal: 50, vertical: 20 });
    expect(await ask('setPtzControl', { channel: 0, ptz_cmd: 21 })).toEqual(code(0));
    expect(emulator.state().moving).toBeNull();
  });

  it('knows the preset points that were set', async () => {
    expect(await ask('setPtzControl', { channel: 0, speed_v: 10, ptz_cmd: 20 })).toEqual(code(201));
    expect(await ask('setPtzControl', { channel: 0, speed_v: 10, ptz_cmd: 19 })).toEqual(code(0));
    expect(await ask('setPtzControl', { channel: 0, speed_v: 10, ptz_cmd: 20 })).toEqual(code(0));
    expect(emulator.state().presets).toEqual([10]);
  });

  it.each([
    ['no speed', { channel: 0, speed_v: 50, ptz_cmd: 1 }, 201],
    ['no command', { channel: 0, speed_h: 50, speed_v: 50 }, 201],
    ['speed 0', { ...move, speed_h: 0 }, 205],
    ['another channel', { ...move, channel: 1 }, 205],
    ['an unknown command', { ...move, ptz_cmd: 99 }, 205],
    ['preset 256', { channel: 0, speed_v: 256, ptz_cmd: 19 }, 205],
    ['a preset without number', { channel: 0, ptz_cmd: 19 }, 201],
  ])('refuses %s', async (_, json, expected) => {
    expect(await ask('setPtzControl', json)).toEqual(code(expected));
    expect(emulator.state()).toMatchObject({ moving: null, presets: [] });
  });
});

describe('time (10)', () => {
  const clock = async (): Promise<number> => Number((await ask('getDeviceTime')).deviceTime);

  it('follows CurTime without NTP, and the host with it', async () => {
    expect(Math.abs((await clock()) - Date.now() / 1000)).toBeLessThan(5);
    expect(await ask('setTime', { CurTime: 1669272783, ntp_enable: 0 })).toEqual(code(0));
    expect((await clock()) - 1669272783).toBeOneOf([0, 1, 2, 3]);
    expect(await ask('getDeviceTime')).not.toHaveProperty('CurTime');
    expect(await ask('setTime', { CurTime: 5, ntp_enable: 1 })).toEqual(code(0));
    expect(Math.abs((await clock()) - Date.now() / 1000)).toBeLessThan(5);
    expect(emulator.state().clock).toEqual({ drift: 0 });
  });

  it('stores the time zone', async () => {
    expect(await ask('setTime', { ntp_enable: 1, timeZone: 0 })).toEqual(code(0));
    expect(await ask('getDeviceTime')).toMatchObject({ timeZone: 0 });
    expect(await ask('setTime', { ntp_enable: 1, timeZone: 33 })).toEqual(code(205));
    expect(await ask('setTime', { timeZone: 1 })).toEqual(code(201));
  });
});

describe('web port (11)', () => {
  it('moves at once, and back', async () => {
    const old = emulator.url;
    const spare = await startEmulator();
    const port = Number(new URL(spare.url).port);
    const wired = await ask('getWiredNetwork');
    expect(await ask('setWiredNetwork', { ...wired, webPort: port, gateway: '10.0.0.1' }), 'a port in use').toEqual(code(205));
    expect(await ask('getWiredNetwork')).toMatchObject({ webPort: wired.webPort, gateway: '192.168.1.1' });
    await spare.close();
    expect(await ask('setWiredNetwork', { ...wired, webPort: port })).toEqual(code(0));
    expect(emulator.url).toBe(`http://127.0.0.1:${port}`);
    await until(
      () =>
        fetch(old).then(
          () => false,
          () => true,
        ),
      Boolean,
    );
    expect(await ask('getSysConfig')).toMatchObject({ webPort: port });
    expect(await ask('reset', { netReset: 1, userReset: 1 })).toEqual(code(0));
    expect(await ask('getWiredNetwork')).toMatchObject({ webPort: port });
    expect(await ask('setWiredNetwork', { ...wired, webPort: Number(new URL(old).port) })).toEqual(code(0));
    expect(emulator.url).toBe(old);
  });

  it.each([0, 65536, 1.5])('cannot be %d', async (webPort) => {
    expect(await ask('setWiredNetwork', { ...(await ask('getWiredNetwork')), webPort })).toEqual(code(205));
  });
});

it('WIFI (14) connects when it is enabled, and finds access points', async () => {
  expect(await ask('getWifiStatus')).toMatchObject({ status: 1 });
  await ask('setWifiConfig', { enable: 1, dhcp: 1, encryptType: 1, bssid: '00:00:00:00:00:00', ssid: 'lab' });
  expect(await ask('getWifiStatus')).toMatchObject({ status: 2, ssid: 'lab', ap_number: 'lab' });
  expect((await ask('setWifiScan')).ap_list).toHaveLength(2);
  expect(await ask('setWifiConfig', { enable: 1, dhcp: 1, encryptType: 1, bssid: '11:00:00:00:00:00' })).toEqual(code(205));
});

it('GB28181 (17) registers by hand only while that is open', async () => {
  expect(await ask('setGb28181Register')).toEqual(code(205));
  await ask('setGb28181', { register_type: 1 });
  expect(await ask('setGb28181Register')).toEqual(code(0));
  expect(emulator.state().registered).toBe(true);
  expect(await ask('setGb28181Logout')).toEqual(code(0));
  expect(emulator.state().registered).toBe(false);
});

it('display (23) restores one part and leaves the other', async () => {
  await ask('setImageAdjustment', { hue: 1 });
  await ask('setImageAdjustmentEx', { flip: 1 });
  expect(await ask('setImageAdjustment', { set_default: 0 })).toEqual(code(205));
  expect(await ask('setImageAdjustment', { set_default: 1 })).toEqual(code(0));
  expect(await ask('getImageAdjustment')).toMatchObject({ hue: 128 });
  expect(await ask('getImageAdjustmentEx')).toMatchObject({ flip: 1 });
  expect(await ask('setImageAdjustmentEx', { set_default: 1 })).toEqual(code(0));
  expect(await ask('getImageAdjustmentEx')).toMatchObject({ flip: 0 });
});

it('storage (32) is formatted when it is there', async () => {
  expect(await ask('devsFormat', { dev_type: 2 })).toEqual(code(205));
  expect(await ask('devsFormat', {})).toEqual(code(201));
  expect(await ask('devsFormat', { dev_type: 5 })).toEqual(code(0));
  const [card] = (await ask('getStorageInfo')).devs as Record<string, unknown>[];
  expect(card).toMatchObject({ type: 5, status: 1, remaining_storage: card?.total_storage });
});

describe('RTSP port (19)', () => {
  const portOf = (url: string): number => Number(new URL(url).port);
  const freePort = async (): Promise<number> => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  };
  const isOpen = async (port: number): Promise<boolean> => {
    try {
      const client = await connectRtsp(port);
      const { status } = await client.ask('OPTIONS', `rtsp://127.0.0.1:${port}/stream_0`);
      await client.close();
      return status === 200;
    } catch {
      return false;
    }
  };

  it('moves the server, and a reset leaves it there', async () => {
    const [before, after] = [portOf(emulator.rtspUrl), await freePort()];
    expect(await isOpen(before)).toBe(true);
    expect(await ask('setRtspConf', { rtsp_port: after, audio_sub: 1 })).toEqual(code(0));
    expect(portOf(emulator.rtspUrl)).toBe(after);
    expect([
      await isOpen(after),
      await until(
        () => isOpen(before),
        (open) => !open,
      ),
    ]).toEqual([true, false]);
    await ask('reset', { netReset: 1, userReset: 1 });
    expect(await ask('getRtspConf')).toMatchObject({ rtsp_port: after, audio_sub: 0 });
  });

  it('is kept where it is while the port cannot be had, and the setting is stored', async () => {
    const before = portOf(emulator.rtspUrl);
    const taken = portOf(emulator.url);
    expect(await ask('setRtspConf', { rtsp_port: taken })).toEqual(code(0));
    expect(await ask('getRtspConf')).toMatchObject({ rtsp_port: taken });
    expect([portOf(emulator.rtspUrl), await isOpen(before)]).toEqual([before, true]);
    expect(await ask('setRtspConf', { rtsp_port: before })).toEqual(code(0));
    expect(await isOpen(before)).toBe(true);
  });

  it.each([0, 65_536])('is not %d', async (rtsp_port) => {
    expect(await ask('setRtspConf', { rtsp_port })).toEqual(code(205));
  });

  it('ends its sessions when the camera restarts', async () => {
    const client = await connectRtsp(portOf(emulator.rtspUrl));
    const ended = once(client.socket, 'close');
    await ask('restart');
    await ended;
    expect(await isOpen(portOf(emulator.rtspUrl))).toBe(true);
  });

  it('follows the password of the camera', async () => {
    await ask('setPasswd', { oldPassword: md5('123456'), newPassword: 'new' });
    const client = await connectRtsp(portOf(emulator.rtspUrl));
    const describeWith = async (password: string): Promise<number> => {
      const Authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
      return (await client.ask('DESCRIBE', `${emulator.rtspUrl}/stream_0`, { Authorization })).status;
    };
    expect([await describeWith('123456'), await describeWith('new')]).toEqual([401, 200]);
    await client.close();
  });
});

describe('the literal camera', () => {
  it('streams on whatever port it listens, and reports the one of the example', async () => {
    const literal = await startEmulator({ model: 'literal' });
    const client = createTestClient(literal);
    expect(await client.ask('setRtspConf', { rtsp_port: 8554 })).toEqual(code(0));
    expect(await client.ask('getRtspConf')).toMatchObject({ rtsp_port: 8554 });
    const rtsp = await connectRtsp(Number(new URL(literal.rtspUrl).port));
    const answers = await Promise.all([0, 1].map((stream) => rtsp.ask('DESCRIBE', `${literal.rtspUrl}/stream_${stream}`, BASIC)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await rtsp.close();
    await literal.close();
  });
});

describe('files (39)', () => {
  it('are kept as they came, and counted in bytes', async () => {
    expect(await ask('getPlatformConfFile', { file_path: '/appfs/fconfigs/thr_conf.txt' })).toMatchObject({ code: 0, file_content: '{"test":0}' });
    expect(await ask('setPlatformConfFile', { file_path: '/b', file_content: '  ä"\\\n' })).toMatchObject({ code: 0, file_length: 7 });
    expect(await ask('getPlatformConfFile', { file_path: '/b' })).toMatchObject({ file_content: '  ä"\\\n' });
  });

  it.each([
    ['getPlatformConfFile', { file_path: '/none' }, -107],
    ['getPlatformConfFile', {}, 201],
    ['getPlatformConfFile', { file_path: 1 }, 205],
    ['setPlatformConfFile', { file_path: '/b' }, 201],
    ['setPlatformConfFile', { file_path: '/b', file_content: 1 }, 205],
  ])('%s %j is refused', async (action, json, expected) => {
    expect(await ask(action, json)).toEqual(code(expected));
  });
});

it('the door (41) opens for the output duration', async () => {
  expect(emulator.state().doorOpen).toBe(false);
  expect(await ask('openDoor')).toEqual(code(0));
  expect(emulator.state().doorOpen).toBe(true);
  await ask('setAlarmInConf', { alarm_handle_alarmout_time: 0 });
  await ask('openDoor');
  expect(emulator.state().doorOpen).toBe(false);
});

it('IO data (42) is text', async () => {
  expect(await ask('ioSendData', { data: 'test' })).toEqual(code(0));
  expect(await ask('ioSendData', {})).toEqual(code(201));
  expect(await ask('ioSendData', { data: 5 })).toEqual(code(205));
});

it('measurements (34, 38) are there', async () => {
  expect(await ask('getExposureInfo')).toMatchObject({ code: 0, ISO: 329 });
  expect(await ask('getIOAlarmIn')).toMatchObject({ code: 0, status: 1 });
});

it('parts that share an action (12, 16, 18, 20) want only what is necessary in those that are touched', async () => {
  expect(await ask('setPlatformServer', { ftpPort: 2121 })).toEqual(code(0));
  expect(await ask('setPlatformServer', { mqtt_user: 'x' })).toEqual(code(201));
  expect(await ask('getPlatformServer')).toMatchObject({ ftpPort: 2121, mqtt_user: '' });
});

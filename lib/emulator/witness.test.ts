import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from './emulator.ts';
import { connectRtsp } from './stream/test-rtsp-client.ts';
import { createTestClient, type TestClient } from './test-client.ts';
import { withStates } from './witness.ts';

let emulator: Emulator;
let client: TestClient;
beforeAll(async () => {
  emulator = await startEmulator({ witness: true });
  client = createTestClient(emulator);
});
afterAll(() => emulator.close());

const last = (): ReturnType<Emulator['witnessed']>[number] | undefined => emulator.witnessed().at(-1);

describe('the witness', () => {
  it('sees what was asked, its secrets included, and who asked', async () => {
    await client.ask('setPlatformServer', { ftpPasswd: 'Quay-57' });
    expect(last()).toMatchObject({ action: 'setPlatformServer', json: { ftpPasswd: 'Quay-57' }, logIn: 'right', drift: 0 });
    await createTestClient(emulator, 'wrong').text('openDoor');
    expect(last()).toMatchObject({ action: 'openDoor', json: null, logIn: 'wrong' });
    await client.text('setOsdConf', '[1]');
    expect(last()).toMatchObject({ action: 'setOsdConf', json: null });
    await fetch(`${emulator.url}/action/telnet?action=open`);
    expect(last()).toMatchObject({ action: '/action/telnet', json: { action: 'open' }, logIn: 'none' });
  });

  it('knows what the camera was like before each request', async () => {
    await client.ask('setOsdConf', { show_date: 0 });
    await client.ask('setOsdConf', { show_date: 1 });
    await client.ask('getOsdConf');
    const shown = [...withStates(emulator.witnessed())].slice(-3).map(({ before }) => before.getOsdConf?.show_date);
    expect(shown).toEqual([1, 0, 1]);
    expect(Object.keys(last()?.changed ?? {})).toEqual(['getOsdConf']);
  });

  it('knows by how much the clock was moved', async () => {
    await client.ask('setTime', { CurTime: Math.floor(Date.now() / 1000) + 5000, ntp_enable: 0 });
    await client.ask('getDeviceTime');
    expect(Math.abs((last()?.drift ?? 0) - 5000)).toBeLessThan(3);
    await client.ask('setTime', { ntp_enable: 1 });
  });

  it('tells log-ins over RTSP apart', async () => {
    const rtsp = await connectRtsp(Number(new URL(emulator.rtspUrl).port));
    const describeWith = (password: string | null): Promise<unknown> =>
      rtsp.ask(
        'DESCRIBE',
        `${emulator.rtspUrl}/stream_0`,
        password === null ? {} : { Authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` },
      );
    const before = emulator.witnessed().length;
    await describeWith(null);
    await describeWith('wrong');
    await describeWith('123456');
    expect(
      emulator
        .witnessed()
        .slice(before)
        .map(({ action, logIn }) => [action, logIn]),
    ).toEqual([
      ['RTSP DESCRIBE', 'wrong'],
      ['RTSP DESCRIBE', 'right'],
    ]);
    await rtsp.close();
  });

  it('remembers nothing unless it is asked to', async () => {
    const other = await startEmulator();
    await createTestClient(other).ask('getOsdConf');
    expect(other.witnessed()).toEqual([]);
    await other.close();
  });
});

describe('in use and locked out', () => {
  it('refuses right credentials, too, after five wrong ones in a row over HTTP and RTSP', async () => {
    let now = 0;
    const locked = await startEmulator({ quirks: ['locks-out'], time: { now: () => now, after: () => () => undefined } });
    const right = createTestClient(locked);
    const wrong = createTestClient(locked, 'wrong');
    const rtsp = await connectRtsp(Number(new URL(locked.rtspUrl).port));
    const Authorization = `Basic ${Buffer.from('admin:wrong').toString('base64')}`;
    const tryRtsp = async (): Promise<number> => (await rtsp.ask('DESCRIBE', `${locked.rtspUrl}/stream_0`, { Authorization })).status;
    for (let turn = 0; turn < 4; turn++) await wrong.text('getOsdConf');
    expect(await right.ask('getOsdConf'), 'four, and a right one ends the row').toMatchObject({ code: 0 });
    for (let turn = 0; turn < 4; turn++) await wrong.text('getOsdConf');
    expect(await tryRtsp()).toBe(401);
    expect((await right.text('getOsdConf')).trim()).toBe('error user/pwd');
    now += 29_999;
    expect((await right.text('getOsdConf')).trim()).toBe('error user/pwd');
    now += 1;
    expect(await right.ask('getOsdConf')).toMatchObject({ code: 0 });
    await rtsp.close();
    await locked.close();
  });

  it('shows a camera that depends on everything, and takes it back as it is', async () => {
    const busy = await startEmulator({ quirks: ['in-use', 'locks-out'] });
    const owner = createTestClient(busy);
    expect(await owner.ask('getMailConf')).toMatchObject({ smtp_addr: '10.61.7.21', smtp_passw: 'Reef-92-signal' });
    expect(await owner.ask('getRtmpConf')).toMatchObject({ RtmpEnable: 1 });
    expect(await owner.ask('getWiredNetwork')).toMatchObject({ DHCP: 1 });
    expect(await owner.ask('getAlarmInConf')).toMatchObject({ alarm_out_type: 1, alarm_handle_alarmout: 1 });
    const { hour, minute } = await owner.ask('getRebootConf');
    const local = new Date(Date.now() + 3_600_000);
    const ahead = (Number(hour) * 60 + Number(minute) - local.getUTCHours() * 60 - local.getUTCMinutes() + 1440) % 1440;
    expect(ahead).toBeOneOf([44, 45]);
    for (const [get, set] of [
      ['getMailConf', 'setMailConf'],
      ['getPlatformServer', 'setPlatformServer'],
      ['getGb28181', 'setGb28181'],
      ['Get4GConfig', 'Set4GConfig'],
      ['getRtmpConf', 'setRtmpConf'],
      ['getDeviceTime', 'setTime'],
      ['getRebootConf', 'setRebootConf'],
      ['getWiredNetwork', 'setWiredNetwork'],
      ['getMotionDetConf', 'setMotionDetConf'],
    ] as const) {
      const shown = await owner.ask(get);
      expect(await owner.ask(set, shown), set).toMatchObject({ code: 0 });
      const { deviceTime: _, ...again } = await owner.ask(get);
      expect(shown, get).toMatchObject(again);
    }
    await busy.close();
  });
});

import { describe, expect, it } from 'vitest';
import { md5 } from '../../account.ts';
import { playing } from './playing.ts';

const TELNET = '/action/telnet?action=open';
const SNAPSHOT = '/action/cgi_images';
const LOG_IN = `user=admin&pwd=${md5('123456')}`;
const BASIC = { Authorization: `Basic ${Buffer.from('admin:123456').toString('base64')}` };

describe('telnet', () => {
  it.each([
    ['telnet-404', 404, ''],
    ['telnet-error-json', 200, 'error json\r\n'],
    ['telnet-209', 200, '{"code":209,"log":"not supported"}'],
  ])('%s', async (id, status, body) => {
    await playing(id, async ({ fetch, emulator, ask }) => {
      const response = await fetch(`${TELNET}&${LOG_IN}`);
      expect([response.status, await response.text(), emulator.state().telnet]).toEqual([status, body, 'close']);
      expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
    });
  });

  it('telnet-log-in', async () => {
    await playing('telnet-log-in', async ({ fetch, emulator }) => {
      expect(await (await fetch(TELNET)).text()).toBe('error user/pwd\r\n');
      expect(emulator.state().telnet).toBe('close');
      expect(await (await fetch(`${TELNET}&${LOG_IN}`)).text()).toContain('oper: open');
      expect((await fetch(SNAPSHOT)).status).toBe(200);
    });
  });

  it('telnet-basic', async () => {
    await playing('telnet-basic', async ({ fetch, emulator }) => {
      const refused = await fetch(`${TELNET}&${LOG_IN}`);
      expect([refused.status, refused.headers.get('www-authenticate'), emulator.state().telnet]).toEqual([401, 'Basic realm="camera"', 'close']);
      expect(await (await fetch(TELNET, BASIC)).text()).toContain('oper: open');
    });
  });
});

describe('snapshots', () => {
  const typeOf = (response: Response): string | null => response.headers.get('content-type');

  it('snapshot-log-in', async () => {
    await playing('snapshot-log-in', async ({ fetch, ask }) => {
      expect(await (await fetch(SNAPSHOT)).text()).toBe('error user/pwd\r\n');
      expect(typeOf(await fetch(`${SNAPSHOT}?${LOG_IN}`))).toBe('image/jpeg');
      expect(typeOf(await fetch(`${SNAPSHOT}?fmt=bmp&${LOG_IN}`))).toBe('image/bmp');
      await ask('setPasswd', { oldPassword: md5('123456'), newPassword: 'other' });
      expect(await (await fetch(`${SNAPSHOT}?${LOG_IN}`)).text()).toBe('error user/pwd\r\n');
    });
  });

  it('snapshot-basic', async () => {
    await playing('snapshot-basic', async ({ fetch }) => {
      expect((await fetch(`${SNAPSHOT}?${LOG_IN}`)).status).toBe(401);
      expect(typeOf(await fetch(SNAPSHOT, BASIC))).toBe('image/jpeg');
    });
  });

  it('snapshot-digest', async () => {
    await playing('snapshot-digest', async ({ fetch }) => {
      expect((await fetch(SNAPSHOT, BASIC)).status).toBe(401);
      const refused = await fetch(SNAPSHOT);
      const [, nonce] = /^Digest realm="camera", nonce="(\w+)"$/.exec(refused.headers.get('www-authenticate') ?? '') ?? [];
      const response = md5(`${md5('admin:camera:123456')}:${nonce}:${md5(`GET:${SNAPSHOT}`)}`);
      const Authorization = `Digest username="admin", realm="camera", nonce="${nonce}", uri="${SNAPSHOT}", response="${response}"`;
      expect(typeOf(await fetch(SNAPSHOT, { Authorization }))).toBe('image/jpeg');
    });
  });

  it.each([
    ['snapshot-404', 404, ''],
    ['snapshot-error-json', 200, 'error json\r\n'],
  ])('%s', async (id, status, body) => {
    await playing(id, async ({ fetch }) => {
      for (const query of ['', '?fmt=jpg', '?fmt=bmp']) {
        const response = await fetch(`${SNAPSHOT}${query}`);
        expect([response.status, await response.text()]).toEqual([status, body]);
      }
    });
  });

  it.each([
    ['bmp-and-yuv-null', { jpg: 'picture', bmp: 'null', yuv: 'null' }],
    ['bmp-failed', { jpg: 'picture', bmp: 'failed', yuv: 'picture' }],
    ['yuv-null', { jpg: 'picture', bmp: 'picture', yuv: 'null' }],
    ['bmp-and-yuv-nothing', { jpg: 'picture', bmp: '', yuv: '' }],
  ])('%s', async (id, expected) => {
    await playing(id, async ({ fetch }) => {
      const seen = Object.keys(expected).map(async (format) => {
        const body = Buffer.from(await (await fetch(`${SNAPSHOT}?fmt=${format}`)).arrayBuffer());
        return [format, body.length > 1000 ? 'picture' : body.toString('latin1').trim()] as const;
      });
      expect(Object.fromEntries(await Promise.all(seen))).toEqual(expected);
      expect((await (await fetch(SNAPSHOT)).arrayBuffer()).byteLength).toBeGreaterThan(1000);
    });
  });
});

describe('whole actions', () => {
  it('third-stream-209', async () => {
    await playing('third-stream-209', async ({ ask }) => {
      expect(await ask('getVencConf', { channel: 2 })).toMatchObject({ code: 209 });
      expect(await ask('setVencConf', { channel: 2, gop: 30 })).toMatchObject({ code: 209 });
      expect(await ask('getVencConf', { channel: 1 })).toMatchObject({ code: 0 });
    });
  });

  const of = {
    platforms: ['getPlatformServer', 'setPlatformServer', 'setGb28181Logout', 'getRtmpConf'],
    wireless: ['Get4GConfig', 'setWifiConfig', 'getWifiStatus', 'setWifiScan'],
    alarms: ['getAlarmInConf', 'setIVSConf', 'getIOAlarmIn'],
    storage: ['getStorageInfo', 'devsFormat', 'setStorageRule', 'getRecSchedule'],
    peripherals: ['getPlatformConfFile', 'setPeripheralConf', 'openDoor', 'ioSendData'],
  };

  it.each(Object.entries(of).flatMap(([group, actions]) => ['209', 'text', '404'].map((how) => [`no-${group}-${how}`, how, actions] as const)))(
    '%s',
    async (id, how, actions) => {
      await playing(id, async ({ fetch, ask }) => {
        for (const action of actions) {
          const url = `/action/cgi_action?${LOG_IN}&action=${action}&json=${encodeURIComponent('{}')}`;
          const response = await fetch(url);
          const body = await response.text();
          if (how === '404') expect([response.status, body]).toEqual([404, '']);
          else if (how === 'text') expect([response.status, body]).toEqual([200, 'error json\r\n']);
          else expect(JSON.parse(body)).toMatchObject({ code: 209 });
          expect(await (await fetch(url.replace(LOG_IN, 'user=admin&pwd=x'))).text()).toBe('error user/pwd\r\n');
        }
        expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
      });
    },
  );
});

import { describe, expect, it } from 'vitest';
import { BASIC } from '../../stream/test-rtsp-client.ts';
import { type Played, playing } from './playing.ts';

const SNAPSHOT = '/action/cgi_images';

describe('statuses and texts', () => {
  it.each([
    ['http-401-for-users', '/action/cgi_action?user=x', 401, /^error user\/pwd\r\n$/],
    ['http-401-without-text', '/action/cgi_action?user=x', 401, /^<html>.*401/],
  ])('%s', async (id, path, status, body) => {
    await playing(id, async ({ fetch, ask, text }) => {
      const response = await fetch(path);
      expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(body)]);
      expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
      expect(await text('noSuchAction')).toBe('error json\r\n');
    });
  });

  it('http-400-for-json', async () => {
    await playing('http-400-for-json', async ({ emulator, ask }) => {
      const { md5 } = await import('../../account.ts');
      const response = await fetch(`${emulator.url}/action/cgi_action?user=admin&pwd=${md5('123456')}&action=setOsdConf&json={`);
      expect([response.status, await response.text()]).toEqual([400, 'error json\r\n']);
      expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
    });
  });
});

describe('an action that is not answered', () => {
  const silent = (reply: Promise<unknown>): Promise<unknown> =>
    Promise.race([reply.catch(() => 'ended'), new Promise((resolve) => setTimeout(() => resolve('silence'), 100))]);

  it('get-never-answered', async () => {
    await playing('get-never-answered', async ({ ask }) => {
      expect(await silent(ask('getOsdConf'))).toBe('silence');
      expect(await ask('setOsdConf', { font_size: 2 })).toMatchObject({ code: 0 });
    });
  });

  it('set-never-answered, set-never-answered-nor-done', async () => {
    await playing('set-never-answered', async ({ ask }) => {
      expect(await silent(ask('setOsdConf', { font_size: 2 }))).toBe('silence');
      expect(await ask('getOsdConf')).toMatchObject({ font_size: 2 });
    });
    await playing('set-never-answered-nor-done', async ({ ask }) => {
      expect(await silent(ask('setOsdConf', { font_size: 2 }))).toBe('silence');
      expect(await ask('getOsdConf')).toMatchObject({ font_size: 1 });
    });
  });

  it('get-hangs-up, get-500', async () => {
    await playing('get-hangs-up', async ({ ask }) => {
      await expect(ask('getOsdConf')).rejects.toThrow('fetch failed');
      expect(await ask('getSysConfig')).toMatchObject({ code: 0 });
    });
    await playing('get-500', async ({ ask, text }) => {
      expect(await text('getOsdConf')).toBe('');
      expect(await ask('getSysConfig')).toMatchObject({ code: 0 });
    });
  });
});

describe('every reply', () => {
  it('code-as-text', async () => {
    await playing('code-as-text', async ({ ask }) => {
      expect(await ask('getOsdConf')).toMatchObject({ code: '0' });
      expect(await ask('setOsdConf', { font_size: 9 })).toMatchObject({ code: '205' });
    });
  });

  it('envelope-without-device-ip', async () => {
    await playing('envelope-without-device-ip', async ({ ask }) => {
      expect(await ask('getOsdConf')).not.toHaveProperty('device_ip');
      expect(await ask('getWiredNetwork')).toHaveProperty('device_ip');
    });
  });

  it('json-with-bom', async () => {
    await playing('json-with-bom', async ({ emulator }) => {
      const { md5 } = await import('../../account.ts');
      const response = await fetch(`${emulator.url}/action/cgi_action?user=admin&pwd=${md5('123456')}&action=getOsdConf`);
      expect([...new Uint8Array(await response.arrayBuffer())].slice(0, 4)).toEqual([0xef, 0xbb, 0xbf, 0x7b]);
    });
  });

  it('two-framings', async () => {
    await playing('two-framings', async ({ emulator }) => {
      const { connect } = await import('node:net');
      const head = await new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1', () => socket.write('GET /action/cgi_action HTTP/1.1\r\n\r\n'));
        socket.once('data', (chunk: Buffer) => {
          socket.destroy();
          resolve(chunk.toString('latin1'));
        });
      });
      expect(head).toMatch(/^Content-Length: 16\r\n/m);
      expect(head).toMatch(/^Transfer-Encoding: chunked\r\n/m);
      expect(head).toMatch(/\r\n\r\n10\r\nerror user\/pwd\r\n\r\n0\r\n\r\n$/);
    });
  });
});

describe('snapshots now and then', () => {
  it.each([
    ['snapshot-words-every-second', 2, 'text/html', /rcv failed/],
    ['snapshot-failed-every-third', 3, 'text/plain', /^failed$/],
    ['snapshot-empty-every-fifth', 5, 'image/jpeg', /^$/],
  ])('%s', async (id, every, type, body) => {
    await playing(id, async ({ fetch }) => {
      for (let count = 1; count <= 2 * every; count += 1) {
        const response = await fetch(SNAPSHOT);
        const bytes = Buffer.from(await response.arrayBuffer());
        if (count % every === 0)
          expect([response.headers.get('content-type'), bytes.toString('latin1')]).toEqual([type, expect.stringMatching(body)]);
        else expect(bytes.length).toBeGreaterThan(1000);
      }
      expect((await fetch(`${SNAPSHOT}?fmt=bmp`)).headers.get('content-type')).toBe('image/bmp');
    });
  });
});

describe('sources', () => {
  it('rtsp: rtp-source-changes', async () => {
    await playing('rtp-source-changes', async ({ rtsp, stream, ask }: Played) => {
      await ask('setVencConf', { channel: 1, gop: 2, pic_width: 640, pic_height: 480 });
      const client = await rtsp();
      const { headers } = await client.ask('SETUP', `${stream('stream_1')}/trackID=0`, {
        ...BASIC,
        Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1',
      });
      await client.ask('PLAY', stream('stream_1'), { ...BASIC, Session: headers.session?.split(';')[0] ?? '' });
      await client.framesUpTo(40);
      const packets = client.frames.filter(({ channel }) => channel === 0).map(({ packet }) => packet);
      const numbers = packets.map((packet) => packet.readUInt16BE(2));
      expect(numbers.every((each, index) => index === 0 || each === (((numbers[index - 1] as number) + 1) & 0xffff))).toBe(true);
      const sources = packets.map((packet) => packet.readUInt32BE(8));
      expect(new Set(sources).size).toBeGreaterThan(2);
      const changes = sources.filter((each, index) => index > 0 && each !== sources[index - 1]).length;
      expect(changes).toBe(new Set(sources).size - 1);
    });
  });
});

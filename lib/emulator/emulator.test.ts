import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import type { Row } from '../document/notation.ts';
import { isReturned } from '../document/row-value.ts';
import { ENVELOPE, ENVELOPE_EXTRAS } from '../document/sections/01-generic.ts';
import { decodePicture } from '../media/picture.ts';
import { isWritable } from './accept.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
import { createTestClient, type TestClient, until } from './test-client.ts';

const settings = SECTIONS.flatMap(({ parts }) => parts).filter((part) => part.kind === 'settings');

async function withEmulator(use: (client: TestClient, emulator: Emulator) => Promise<void>, options: EmulatorOptions = {}): Promise<void> {
  const emulator = await startEmulator(options);
  try {
    await use(createTestClient(emulator), emulator);
  } finally {
    await emulator.close();
  }
}

/** The bytes of a reply, and whether the camera closed the connection after it. */
function exchange(url: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(request, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      received += text;
      if (received.endsWith('0\r\n\r\n')) socket.end();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: camera\r\n\r\n`;
const LOGIN = 'user=admin&pwd=e10adc3949ba59abbe56e057f20f883e';

describe('wire format', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  it('frames JSON as the document shows', async () => {
    const reply = await exchange(emulator.url, get(`/action/cgi_action?${LOGIN}&action=getRebootConf`));
    const [status, date, ...rest] = (reply.split('\r\n\r\n')[0] ?? '').split('\r\n');
    expect(status).toBe('HTTP/1.1 200 OK');
    expect(date).toMatch(/^Date: \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/);
    expect(rest).toEqual(['Transfer-Encoding: chunked', 'Connection: keep-alive', 'X-Frame-Options: SAMEORIGIN']);
  });

  it('answers HTTP/1.0 without chunks and closes', async () => {
    const reply = await exchange(emulator.url, `GET /action/cgi_action?${LOGIN}&action=getRebootConf HTTP/1.0\r\n\r\n`);
    expect(reply).toContain('Connection: close');
    expect(JSON.parse(reply.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 0 });
  });

  it('takes JSON that is not percent-encoded', async () => {
    const reply = await exchange(emulator.url, get(`/action/cgi_action?${LOGIN}&action=getVencConf&json={"channel":2}`));
    expect(reply).toContain('"channel":2');
  });

  it.each([
    ['a wrong user', 'user=root&pwd=e10adc3949ba59abbe56e057f20f883e'],
    ['a wrong password', 'user=admin&pwd=e10adc3949ba59abbe56e057f20f8830'],
    ['a plain password', 'user=admin&pwd=123456'],
    ['no password', 'user=admin'],
    ['nothing', ''],
  ])('answers %s with the text of the user error', async (_, login) => {
    const response = await fetch(`${emulator.url}/action/cgi_action?${login}&action=getOsdConf`);
    expect([response.status, await response.text()]).toEqual([200, 'error user/pwd\r\n']);
  });

  it('takes the MD5 in capitals', async () => {
    const response = await fetch(
      `${emulator.url}/action/cgi_action?${LOGIN.toUpperCase().replace('USER=ADMIN&PWD', 'user=admin&pwd')}&action=getOsdConf`,
    );
    expect(await response.json()).toMatchObject({ code: 0 });
  });

  it.each([
    ['an unknown action', 'getNothing', undefined],
    ['an endpoint as action', 'telnet', '{"action":"open"}'],
    ['JSON that does not parse', 'setOsdConf', '{"show_date":'],
    ['JSON that does not parse, for a get', 'getOsdConf', '{'],
    ['a list', 'setOsdConf', '[]'],
    ['a number', 'getOsdConf', '5'],
    ['null', 'setOsdConf', 'null'],
    ['a set without JSON', 'setOsdConf', undefined],
    ['a set with empty JSON', 'setOsdConf', ''],
  ])('answers %s with the text of the JSON error', async (_, action, json) => {
    expect(await createTestClient(emulator).text(action, json)).toBe('error json\r\n');
  });

  it.each([undefined, '', '{}'])('answers a get with json %j', async (json) => {
    expect(JSON.parse(await createTestClient(emulator).text('getOsdConf', json))).toMatchObject({ code: 0 });
  });

  it('has no other paths and no other methods', async () => {
    expect((await fetch(`${emulator.url}/action/nothing`)).status).toBe(404);
    expect((await fetch(`${emulator.url}/action/cgi_action`, { method: 'POST' })).status).toBe(405);
  });

  it('switches telnet', async () => {
    const ask = async (action: string): Promise<string> => (await fetch(`${emulator.url}/action/telnet?action=${action}`)).text();
    expect(await ask('open')).toBe('<html><body><h2> oper: open</h2></body></html>\nOK');
    expect(emulator.state().telnet).toBe('open');
    expect(await ask('close')).toBe('<html><body><h2> oper: close</h2></body></html>\nOK');
    expect(await ask('x')).toBe('failed');
    expect(emulator.state().telnet).toBe('close');
  });

  it('answers an unknown picture format with the text failed', async () => {
    expect(await (await fetch(`${emulator.url}/action/cgi_images?fmt=gif`)).text()).toBe('failed');
  });
});

describe('full model', () => {
  it('returns every documented parameter', async () => {
    await withEmulator(async ({ ask }) => {
      for (const part of settings) {
        const reply = await ask(part.get);
        const missing = part.rows.filter((row) => isReturned(row) && !(row.name in reply)).map(({ name }) => name);
        expect(missing, part.get).toEqual([]);
        expect(
          Object.keys(part.example.reply).filter((name) => !(name in reply)),
          part.get,
        ).toEqual([]);
        for (const { name } of ENVELOPE) expect(reply, part.get).toHaveProperty(name);
      }
    });
  });

  it('takes back everything that it returns, and is then as it was', async () => {
    await withEmulator(async ({ ask }, emulator) => {
      const before = emulator.state();
      for (const part of settings) {
        for (const { select } of part.instances ?? [{ select: {} }]) {
          if (part.set === undefined) continue;
          const { bssid = '00:00:00:00:00:00', ...reply } = await ask(part.get, select);
          expect(await ask(part.set, { bssid, ...reply }), part.set).toMatchObject({ code: 0 });
        }
      }
      expect(emulator.state()).toEqual(before);
    });
  });

  it('stores each member of each writable enumeration, and each writable range at both ends', async () => {
    const endsOf = ({ type }: Row): readonly number[] => {
      if (type.kind === 'choice') return Object.keys(type.values).map(Number);
      return type.kind === 'number' && type.min !== undefined && type.max !== undefined ? [type.min, type.max] : [];
    };
    await withEmulator(async ({ ask }) => {
      for (const part of settings) {
        if (part.set === undefined || part.instances || part.set === 'setTime') continue;
        const ends = part.rows.filter((row) => isWritable(row) && isReturned(row) && !row.when).map((row) => [row.name, endsOf(row)] as const);
        const longest = Math.max(...ends.map(([, values]) => values.length));
        const needed = { ...(await ask(part.get)), bssid: '00:00:00:00:00:00' };
        for (let turn = 0; turn < longest; turn++) {
          const chosen = Object.fromEntries(ends.flatMap(([name, values]) => (values.length > 0 ? [[name, values[turn % values.length]]] : [])));
          expect(await ask(part.set, { ...needed, ...chosen }), part.set).toMatchObject({ code: 0 });
          expect(await ask(part.get), part.set).toMatchObject(chosen);
        }
      }
    });
  });

  it('has three video streams that do not touch each other', async () => {
    await withEmulator(async ({ ask }) => {
      expect(await ask('setVencConf', { channel: 1, pic_width: 640, pic_height: 480 })).toMatchObject({ code: 0 });
      expect(await ask('getVencConf', { channel: 1 })).toMatchObject({ channel: 1, pic_width: 640 });
      expect(await ask('getVencConf', { channel: 2 })).toMatchObject({ channel: 2, pic_width: 704 });
      expect(await ask('getVencConf')).toMatchObject({ channel: 0, pic_width: 2560 });
      expect(await ask('getVencConf', { channel: 3 })).toMatchObject({ code: 205 });
      expect(await ask('setVencConf', { channel: 3, gop: 5 })).toMatchObject({ code: 205 });
      expect(await ask('setVencConf', { gop: 5 })).toMatchObject({ code: 201 });
      expect(await ask('setVencConf', { channel: 2, pic_width: 2560, pic_height: 1440 })).toMatchObject({ code: 205 });
    });
  });

  it('stores nothing of a set that it refuses', async () => {
    await withEmulator(async ({ ask }, emulator) => {
      const before = emulator.state();
      expect(await ask('setOsdConf', { show_date: 0, font_size: 9 })).toMatchObject({ code: 205 });
      expect(await ask('setRebootConf', { hour: 3 })).toMatchObject({ code: 201 });
      expect(emulator.state()).toEqual(before);
    });
  });

  it('shows one setting in two replies', async () => {
    await withEmulator(async ({ ask }, emulator) => {
      const port = Number(new URL(emulator.url).port);
      expect(await ask('getSysConfig')).toMatchObject({ webPort: port });
      const wired = await ask('getWiredNetwork');
      expect(wired).toMatchObject({ webPort: port, IP: '192.168.1.89' });
      expect(await ask('setWiredNetwork', { ...wired, IP: '192.168.1.86' })).toMatchObject({ code: 0, device_ip: '192.168.1.86' });
      expect(await ask('getOsdConf')).toMatchObject({ device_ip: '192.168.1.86' });
    });
  });

  it('reports the RTSP port', async () => {
    await withEmulator(async ({ ask }, emulator) => {
      expect(await ask('getRtspConf')).toMatchObject({ rtsp_port: Number(new URL(emulator.rtspUrl).port) });
    });
  });
});

describe('literal model', () => {
  const envelopeNames = new Set<string>([...ENVELOPE.map(({ name }) => name), ...ENVELOPE_EXTRAS]);
  const own = (reply: Record<string, unknown>) => Object.fromEntries(Object.entries(reply).filter(([name]) => !envelopeNames.has(name)));

  it('answers with the example replies', async () => {
    await withEmulator(
      async ({ ask }) => {
        for (const part of settings.filter(({ get: action }) => action !== 'getFmtSnap')) {
          const reply = await ask(part.get);
          expect(reply.code, part.get).toBe(0);
          const { deviceTime: shown, ...rest } = own(reply);
          const { deviceTime: example, ...others } = own(part.example.reply);
          expect(rest, part.get).toEqual(others);
          if (example !== undefined) expect(Number(shown) - Number(example)).toBeOneOf([0, 1, 2, 3, 4, 5]);
        }
      },
      { model: 'literal' },
    );
  });

  it('takes the example requests', async () => {
    await withEmulator(
      async ({ ask }) => {
        for (const part of settings) {
          for (const request of part.set === undefined ? [] : (part.example.requests ?? [])) {
            expect(await ask(part.set as string, request), part.set).toMatchObject({ code: 0 });
          }
        }
      },
      { model: 'literal' },
    );
  });

  it('shows a documented parameter once it is set', async () => {
    await withEmulator(
      async ({ ask }) => {
        expect(await ask('getImageAdjustment')).not.toHaveProperty('rotate');
        expect(await ask('setImageAdjustment', { rotate: 2 })).toMatchObject({ code: 0 });
        expect(await ask('getImageAdjustment')).toMatchObject({ rotate: 2, hue: 128 });
        expect(await ask('setImageAdjustment', { set_default: 1 })).toMatchObject({ code: 0 });
        expect(await ask('getImageAdjustment')).not.toHaveProperty('rotate');
      },
      { model: 'literal' },
    );
  });

  it('does not support streams without an example', async () => {
    await withEmulator(
      async ({ ask }) => {
        expect(await ask('getVencConf', { channel: 1 })).toMatchObject({ code: 209 });
        expect(await ask('setVencConf', { channel: 2, gop: 5 })).toMatchObject({ code: 209 });
        expect(await ask('getVencConf', { channel: 0 })).toMatchObject({ code: 0 });
      },
      { model: 'literal' },
    );
  });

  it('varies the envelope as the examples do', async () => {
    await withEmulator(
      async ({ ask }) => {
        expect(await ask('getDeviceTime')).toMatchObject({ message: 'NULL' });
        expect(await ask('getDeviceTime')).not.toHaveProperty('log');
        expect(await ask('getRtmpConf')).toHaveProperty('sign_tby');
      },
      { model: 'literal' },
    );
  });
});

describe('lifetime', () => {
  it('keeps two cameras apart', async () => {
    await withEmulator(async ({ ask }) => {
      await withEmulator(async (other, second) => {
        const before = second.state();
        await ask('setOsdConf', { show_date: 0, title_list: [{ title: 'mine' }] });
        await ask('setPtzControl', { channel: 0, speed_v: 3, ptz_cmd: 19 });
        expect({ ...second.state() }).toEqual(before);
        expect(await other.ask('getOsdConf')).toMatchObject({ show_date: 1 });
      });
    });
  });

  it('leaves nothing behind', async () => {
    const emulator = await startEmulator({ latencyMs: 60_000 });
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(get('/action/cgi_action'));
    socket.on('error', () => undefined);
    await emulator.close();
    await closed;
    await expect(fetch(emulator.url)).rejects.toThrow();
  });

  it('says in one sentence that a port is in use', async () => {
    await withEmulator(async (_, emulator) => {
      const port = Number(new URL(emulator.url).port);
      await expect(startEmulator({ port })).rejects.toThrow(`Could not open the HTTP port ${port}: it is in use.`);
      await expect(startEmulator({ rtspPort: port })).rejects.toThrow(`Could not open the RTSP port ${port}: it is in use.`);
    });
  });

  it('says in one sentence that a model is unknown', async () => {
    await expect(startEmulator({ model: 'other' as 'full' })).rejects.toThrow('the model "other" is unknown, choose full or literal.');
  });

  it('logs requests without secrets and control characters', async () => {
    const lines: string[] = [];
    await withEmulator(
      async ({ ask, text }, emulator) => {
        await ask('setPasswd', { oldPassword: 'planted-secret', newPassword: 'planted-secret' });
        await ask('setMailConf', { to_passw: 'planted-secret', to_name: '\u001b[31m' });
        await text('get\nNothing');
        expect(lines).toHaveLength(3);
        expect(lines.join()).not.toMatch(/planted-secret|\p{Cc}/u);
        expect(JSON.stringify(emulator.requests())).not.toContain('planted-secret');
        expect(emulator.requests().map(({ result }) => result)).toEqual([206, 0, 'error json']);
      },
      { log: (line) => lines.push(line), requestLog: true },
    );
  });

  it('lets tests plant faults', async () => {
    await withEmulator(
      async ({ ask, text }) => {
        expect(await text('getOsdConf')).toBe('broken');
        await ask('setRebootConf', { mode: 2, hour: 3 });
        expect(await ask('getRebootConf')).toMatchObject({ mode: 2, hour: 4 });
        expect(await text('nothing')).toBe('other\r\n');
      },
      {
        tamper: {
          reply: (action, _, reply) => (action === 'getOsdConf' ? 'broken' : reply),
          stored: (_, changes) => ({ ...changes, hour: 4 }),
          text: () => 'other',
        },
      },
    );
  });
});

describe('snapshots', () => {
  it('come in three formats, as HTTP/1.0, and as base64', async () => {
    await withEmulator(async ({ ask }, emulator) => {
      await ask('setVencConf', { channel: 0, pic_width: 1920, pic_height: 1080 });
      const head = (await exchange(emulator.url, get('/action/cgi_images'))).split('\r\n\r\n')[0];
      expect(head).toMatch(/^HTTP\/1\.0 200 OK\r\nContent-Length: \d+\r\nContent-Type: image\/jpeg$/);
      const fetchPicture = async (query: string) => {
        const response = await fetch(`${emulator.url}/action/cgi_images${query}`);
        return { type: response.headers.get('content-type'), bytes: new Uint8Array(await response.arrayBuffer()) };
      };
      const jpeg = await fetchPicture('?fmt=jpg');
      expect(await decodePicture(jpeg.bytes)).toMatchObject({ format: 'jpeg', width: 1920, height: 1080 });
      const bmp = await fetchPicture('?fmt=bmp');
      expect(bmp.type).toBe('image/bmp');
      expect(await decodePicture(bmp.bytes)).toMatchObject({ format: 'bmp', width: 1920, height: 1080 });
      const yuv = await fetchPicture('?fmt=yuv');
      expect([yuv.type, yuv.bytes.length]).toEqual(['application/octet-stream', 1920 * 1080 * 1.5]);
      const { image_base64: base64, image_length: length } = await ask('getFmtSnap');
      const decoded = Buffer.from(String(base64), 'base64');
      expect(decoded.length).toBe(length);
      expect(new Uint8Array(decoded)).toEqual(jpeg.bytes);
    });
  }, 30_000);
});

describe('restart', () => {
  it('goes away after its reply, and comes back with its settings', async () => {
    await withEmulator(async ({ ask }, emulator) => {
      await ask('setRebootConf', { mode: 4, hour: 5 });
      expect(await ask('restart')).toMatchObject({ code: 0 });
      const answers = () => ask('getRebootConf').catch(() => null);
      await until(answers, (reply) => reply === null);
      const reply = await until(answers, (each) => each !== null);
      expect(reply).toMatchObject({ mode: 4, hour: 5 });
      expect(emulator.uptimeMs).toBeLessThan(2000);
    });
  });

  it('does not come back when it was closed meanwhile', async () => {
    await withEmulator(async ({ ask }, emulator) => {
      await ask('restart');
      await emulator.close();
      await expect(fetch(emulator.url)).rejects.toThrow();
    });
  });
});

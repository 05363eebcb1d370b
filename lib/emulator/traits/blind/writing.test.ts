import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { md5 } from '../../account.ts';
import { BASIC } from '../../stream/test-rtsp-client.ts';
import { type Played, playing } from './playing.ts';

/** The bytes of answers, as they came, until the connection ends. */
async function bytesOf({ emulator }: Played, times = 1, path = '/action/cgi_action?'): Promise<string> {
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const request = (connection: string): string =>
    `GET ${path}${path.endsWith('?') ? `user=admin&pwd=${md5('123456')}&action=getSysConfig` : ''} HTTP/1.1\r\nHost: camera\r\nConnection: ${connection}\r\n\r\n`;
  for (let sent = 1; sent < times; sent += 1) socket.write(request('keep-alive'));
  socket.write(request(times === 1 ? 'close' : 'keep-alive'));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

describe('HTTP', () => {
  it('http-five-per-connection', async () => {
    await playing('http-five-per-connection', async (played) => {
      const replies = (await bytesOf(played, 5)).split('HTTP/1.1 200').slice(1);
      expect(replies.map((reply) => /^Connection: close\r$/im.test(reply))).toEqual([false, false, false, false, true]);
    });
  });

  it('http-empty-reason', async () => {
    await playing('http-empty-reason', async (played) => {
      expect(await bytesOf(played)).toMatch(/^HTTP\/1\.1 200 \r\n/);
      expect(await bytesOf(played)).toMatch(/\r\nTransfer-Encoding: {2}chunked \r\n/i);
      expect(await played.ask('getSysConfig')).toMatchObject({ code: 0 });
    });
  });

  it('http-chunk-extensions', async () => {
    await playing('http-chunk-extensions', async (played) => {
      expect(await bytesOf(played)).toMatch(/\r\n\r\n[\dA-F]{8};name=value\r\n\{.*\r\n000\r\nX-Trailer: end\r\n\r\n$/s);
      expect(await played.ask('getSysConfig')).toMatchObject({ code: 0 });
    });
  });

  it('bmp-and-yuv-as-bytes', async () => {
    await playing('bmp-and-yuv-as-bytes', async ({ fetch }) => {
      const type = async (query: string): Promise<string | null> => (await fetch(`/action/cgi_images${query}`)).headers.get('content-type');
      expect([await type(''), await type('?fmt=bmp')]).toEqual(['image/jpeg', 'application/octet-stream']);
    });
  });
});

describe('JSON', () => {
  it('json-blank-lines', async () => {
    await playing('json-blank-lines', async ({ text, ask }) => {
      expect(await text('getSysConfig')).toMatch(/^\r\n {2}\{\r\n\t.*\r\n\} \t\r\n\r\n$/s);
      expect(await ask('getSysConfig')).toMatchObject({ code: 0 });
    });
  });

  it('mac-with-colons', async () => {
    await playing('mac-with-colons', async ({ ask }) => {
      expect((await ask('getSysConfig')).device_mac).toMatch(/^([\dA-F]{2}:){5}[\dA-F]{2}$/);
    });
  });
});

describe('streams', () => {
  /** The first frames of the main stream over TCP, video alone: of RTP (channel 0) and of RTCP (channel 1). */
  async function framesOf(id: string): Promise<readonly { readonly channel: number; readonly packet: Buffer }[]> {
    let frames: readonly { readonly channel: number; readonly packet: Buffer }[] = [];
    await playing(id, async ({ rtsp, stream, time }) => {
      const client = await rtsp();
      const { headers } = await client.ask('SETUP', `${stream()}/trackID=0`, { ...BASIC, Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' });
      await client.ask('PLAY', stream(), { ...BASIC, Session: headers.session?.split(';')[0] ?? '' });
      time.pass(100);
      await client.framesUpTo(6);
      frames = [...client.frames];
    });
    return frames;
  }
  const typesOf = (frames: Awaited<ReturnType<typeof framesOf>>): readonly number[] =>
    frames.filter(({ channel }) => channel === 0).map(({ packet }) => (packet[12] as number) & 0x1f);

  it('rtp-header-extension', async () => {
    const [first] = (await framesOf('rtp-header-extension')).filter(({ channel }) => channel === 0);
    expect([first?.packet[0], first?.packet.subarray(12, 16).toString('hex')]).toEqual([0x90, 'abac0001']);
  });

  it('rtp-padding', async () => {
    const [first] = (await framesOf('rtp-padding')).filter(({ channel }) => channel === 0);
    expect([first?.packet[0], first?.packet.subarray(-4).toString('hex')]).toEqual([0xa0, '00000004']);
  });

  it('rtcp-none', async () => {
    expect((await framesOf('found-silent')).some(({ channel }) => channel === 1)).toBe(true);
    expect((await framesOf('rtcp-none')).some(({ channel }) => channel === 1)).toBe(false);
  });

  it('video-delimiters, parameter-sets-singly', async () => {
    expect(typesOf(await framesOf('found-silent'))[0]).toBe(24);
    const [first] = (await framesOf('video-delimiters')).filter(({ channel }) => channel === 0);
    // Of an aggregate: its header, the length of its first unit, and that.
    expect(first?.packet.subarray(12, 17).toString('hex')).toMatch(/^..000209f0$/);
    expect(typesOf(await framesOf('parameter-sets-singly')).slice(0, 2)).toEqual([7, 8]);
  });
});

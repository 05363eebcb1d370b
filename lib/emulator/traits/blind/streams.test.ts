import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { md5 } from '../../account.ts';
import { BASIC } from '../../stream/test-rtsp-client.ts';
import { until } from '../../test-client.ts';
import { type Played, playing } from './playing.ts';

/** The bytes of an answer, as they came. */
async function bytesOf({ emulator }: Played, action: string): Promise<string> {
  const { port } = new URL(emulator.url);
  const socket = connect(Number(port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(`GET /action/cgi_action?user=admin&pwd=${md5('123456')}&action=${action} HTTP/1.1\r\nHost: camera\r\nConnection: close\r\n\r\n`);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

describe('streams', () => {
  it('rtsp-any-name, rtsp-other-names', async () => {
    const described = async ({ rtsp, stream }: Played, name: string): Promise<[number, string]> => {
      const { status, body } = await (await rtsp()).ask('DESCRIBE', stream(name), BASIC);
      return [status, /sprop-parameter-sets=\S+/.exec(body)?.[0] ?? ''];
    };
    await playing('rtsp-any-name', async (played) => {
      const main = await described(played, 'stream_0');
      expect(await described(played, 'live.sdp')).toEqual(main);
      expect(await described(played, 'stream_1')).not.toEqual(main);
    });
    await playing('rtsp-other-names', async (played) => {
      expect(await described(played, '11')).toEqual(await described(played, 'stream_0'));
      expect(await described(played, '12')).toEqual(await described(played, 'stream_1'));
      expect((await described(played, '13'))[0]).toBe(404);
    });
  });

  it('rtsp-options-401', async () => {
    await playing('rtsp-options-401', async ({ rtsp, stream }) => {
      const client = await rtsp();
      expect((await client.ask('OPTIONS', stream())).status).toBe(401);
      expect((await client.ask('OPTIONS', stream(), BASIC)).status).toBe(200);
    });
  });

  it('udp-dropped', async () => {
    await playing('udp-dropped', async ({ rtsp, stream }) => {
      const socket = createSocket('udp4');
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
      let datagrams = 0;
      socket.on('message', () => {
        datagrams += 1;
      });
      const port = socket.address().port;
      const client = await rtsp();
      const over = async (transport: string): Promise<void> => {
        const { headers } = await client.ask('SETUP', `${stream()}/trackID=0`, { ...BASIC, Transport: transport });
        expect((await client.ask('PLAY', stream(), { ...BASIC, Session: headers.session?.split(';')[0] ?? '' })).status).toBe(200);
      };
      await over(`RTP/AVP;unicast;client_port=${port}-${port + 1}`);
      // What plays over TCP beside it has come: so the datagrams would have.
      await over('RTP/AVP/TCP;unicast;interleaved=0-1');
      await client.framesUpTo(20);
      socket.close();
      expect(datagrams).toBe(0);
    });
  });
});

describe('HTTP', () => {
  it('urls-4-kb', async () => {
    await playing('urls-4-kb', async ({ fetch, ask }) => {
      expect((await fetch(`/action/cgi_action?x=${'x'.repeat(4096)}`)).status).toBe(414);
      expect(await ask('setSysConfig', { dev_name: 'x'.repeat(60) })).toMatchObject({ code: 0 });
    });
  });

  it('wrong-log-ins-wait-2-s', async () => {
    await playing('wrong-log-ins-wait-2-s', async ({ fetch, ask, time }) => {
      expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
      let isAnswered = false;
      const asked = fetch('/action/cgi_action?user=admin&pwd=x&action=getOsdConf').then((reply) => {
        isAnswered = true;
        return reply.text();
      });
      await until(
        async () => time.waiting,
        (count) => count > 0,
      );
      expect(isAnswered).toBe(false);
      time.pass(2000);
      expect((await asked).trim()).toBe('error user/pwd');
    });
  });

  it('http-closes', async () => {
    await playing('http-closes', async ({ fetch, ask }) => {
      expect((await fetch('/action/cgi_action')).headers.get('connection')).toBe('close');
      expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
    });
  });

  it('http-half-a-second', async () => {
    await playing('http-half-a-second', async ({ emulator, ask, time }) => {
      const asked = ask('getOsdConf');
      await until(
        async () => time.waiting,
        (count) => count > 0,
      );
      time.pass(499);
      await new Promise(setImmediate);
      expect(emulator.requests()).toEqual([]);
      time.pass(1);
      expect(await asked).toMatchObject({ code: 0 });
    });
  });

  it('http-small-chunks', async () => {
    await playing('http-small-chunks', async (played) => {
      expect(await bytesOf(played, 'getOsdConf')).toMatch(/\r\n\r\n1\r\n\{\r\n7\r\n.{7}\r\n64\r\n/s);
      expect(await played.ask('getOsdConf')).toMatchObject({ code: 0 });
    });
  });

  it('http-other-headers', async () => {
    await playing('http-other-headers', async ({ fetch }) => {
      const { headers } = await fetch('/action/cgi_action');
      expect(['date', 'x-frame-options', 'server', 'set-cookie', 'pragma'].map((name) => headers.has(name))).toEqual([
        false,
        false,
        true,
        true,
        true,
      ]);
    });
  });
});

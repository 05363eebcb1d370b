import * as net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { CGI } from '../cgi/cgi-dialect.ts';
import { md5Hex } from '../wire/md5.ts';
import { CameraClient, type ClientOptions, errorSentence, NoReply } from './client.ts';
import { okReply, type RawServer, type Script, startRawServer } from './raw-server.fixture.ts';

const PASSWORD = 'Pl4nted "sec&ret"';
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const clientFor = (baseUrl: URL, options: Partial<ClientOptions> = {}): { client: CameraClient; pauses: number[] } => {
  const pauses: number[] = [];
  const client = new CameraClient({
    dialect: CGI,
    baseUrl,
    user: 'admin',
    password: PASSWORD,
    timeoutMs: 5000,
    concurrency: 1,
    secretNames: new Set(['password', 'newPassword']),
    sleep: async (ms) => {
      pauses.push(ms);
    },
    ...options,
  });
  cleanUps.push(() => client.close());
  return { client, pauses };
};

const setUp = async (
  script: Script,
  options: Partial<ClientOptions> = {},
): Promise<{ server: RawServer; client: CameraClient; pauses: number[] }> => {
  const server = await startRawServer(script);
  cleanUps.push(() => server.close());
  return { server, ...clientFor(server.url, options) };
};

const always =
  (...parts: (string | Buffer)[]): Script =>
  (socket) => {
    for (const part of parts) socket.write(part);
  };
const alwaysThenClose =
  (...parts: (string | Buffer)[]): Script =>
  (socket) => {
    for (const part of parts) socket.write(part);
    socket.end();
  };

const noReply = async (promise: Promise<unknown>): Promise<NoReply> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NoReply)) throw new Error(`expected NoReply, got ${error}`);
  return error;
};

const ids = (answer: { exchange: { deviations: readonly { id: string }[] } }): string[] => answer.exchange.deviations.map(({ id }) => id);

describe('an ordinary camera', () => {
  test('gets the documented URL and its reply becomes an answer with evidence', async () => {
    const { server, client } = await setUp(always(okReply('{"code":0,"name":"caméra"}\r\n')));
    const answer = await client.cgi('setX', { name: 'ü"&+% 中', n: 1 });
    expect(server.requests[0]?.split('\r\n')[0]).toBe(
      `GET /action/cgi_action?user=admin&pwd=${md5Hex(PASSWORD)}&action=setX&json=%7B%22name%22%3A%22%C3%BC%5C%22%26%2B%25%20%E4%B8%AD%22%2C%22n%22%3A1%7D HTTP/1.1`,
    );
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ kind: 'json', value: { code: 0, name: 'caméra' }, duplicateKeys: [] });
    expect(answer.exchange).toMatchObject({
      method: 'GET',
      url: `http://127.0.0.1:${server.url.port}/action/cgi_action?user=admin&pwd=***&action=setX&json=%7B%22name%22%3A%22%C3%BC%5C%22%26%2B%25%20%E4%B8%AD%22%2C%22n%22%3A1%7D`,
      json: '{"name":"ü\\"&+% 中","n":1}',
      attempts: 1,
      failure: null,
      deviations: [],
      reply: { statusLine: 'HTTP/1.1 200 OK', status: 200, text: '{"code":0,"name":"caméra"}\r\n', bytes: 29 },
    });
    expect(answer.exchange.reply?.headers).toEqual([
      ['Content-Type', 'text/html'],
      ['Content-Length', '29'],
    ]);
    expect(client.traffic).toMatchObject({ requests: 1, retries: 0 });
  });

  test('keeps its connection and the base path', async () => {
    const { server, client } = await setUp(always(okReply('failed')));
    client.withBase(new URL(`${server.url.href}proxy/cam/`));
    for (let i = 0; i < 5; i += 1) expect((await client.cgi('getX')).body).toEqual({ kind: 'text', text: 'failed' });
    expect(server.connections()).toBe(1);
    expect(server.requests[0]).toMatch(/^GET \/proxy\/cam\/action\/cgi_action\?user=admin&pwd=\w{32}&action=getX HTTP/);
  });

  test('all credentials', async () => {
    const { server, client } = await setUp(always(okReply('error user/pwd\r\n')));
    for (const credentials of ['wrong-user', 'wrong-password', 'no-password', 'plain-password'] as const)
      await client.cgi('getX', null, { credentials });
    const queries = server.requests.map((head) => /\?(.*) HTTP/.exec(head)?.[1]);
    expect(queries).toEqual([
      `user=nobody&pwd=${md5Hex(PASSWORD)}&action=getX`,
      `user=admin&pwd=${md5Hex(`${PASSWORD}-wrong`)}&action=getX`,
      'user=admin&action=getX',
      `user=admin&pwd=${encodeURIComponent(PASSWORD)}&action=getX`,
    ]);
  });

  test('other paths carry no credentials unless asked', async () => {
    const { server, client } = await setUp(always(okReply(Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg')));
    expect((await client.path('/action/cgi_images', { fmt: 'a b' })).body.kind).toBe('bytes');
    await client.path('/action/telnet', {}, { credentials: 'right' });
    expect(server.requests[0]).toMatch(/^GET \/action\/cgi_images\?fmt=a%20b HTTP/);
    expect(server.requests[1]).toMatch(/^GET \/action\/telnet\?user=admin&pwd=\w{32} HTTP/);
  });

  test('malformed JSON goes as it is', async () => {
    const { server, client } = await setUp(always(okReply('error json\r\n')));
    const answer = await client.cgi('setX', '{"a":');
    expect(server.requests[0]).toContain('&json=%7B%22a%22%3A HTTP');
    expect(answer.exchange.json).toBe('{"a":');
  });

  test('a redirect is an answer', async () => {
    const { server, client } = await setUp(always('HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n'));
    expect((await client.cgi('getX')).status).toBe(302);
    expect(server.requests).toHaveLength(1);
  });

  test('no more in flight than allowed, every one answered', async () => {
    const { server, client } = await setUp(always(okReply('{"code":0}')), { concurrency: 2 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.cgi('getX')));
    expect(answers.every(({ body }) => body.kind === 'json')).toBe(true);
    expect(server.connections()).toBe(2);
  });
});

describe('odd replies', () => {
  const body = '{"code":0}';
  const cases: readonly [name: string, script: Script, deviations: readonly string[]][] = [
    ['chunked', always('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"co\r\n6\r\nde":0}\r\n0\r\n\r\n'), []],
    ['HTTP/1.0 ended by close', alwaysThenClose(`HTTP/1.0 200 OK\r\n\r\n${body}`), []],
    ['no blank after the colon', always(`HTTP/1.1 200 OK\r\nContent-Length:10\r\n\r\n${body}`), []],
    ['header without name', always(`HTTP/1.1 200 OK\r\nTue, 12 Jun 2012 01:56:34 GMT\r\nContent-Length: 10\r\n\r\n${body}`), ['header-without-name']],
    ['bare LF', always(`HTTP/1.1 200 OK\nContent-Length: 10\n\n${body}`), ['bare-lf']],
    ['bare LF ended by close', alwaysThenClose(`HTTP/1.1 200 OK\nContent-Type: text/html\n\n${body}`), ['bare-lf']],
    ['two lengths', always(`HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Length: 12\r\n\r\n${body}`), ['two-lengths']],
    ['more than its length', always(`HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n${body}xyz`), ['length-mismatch']],
    ['bad chunk size', alwaysThenClose(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x0a\r\n${body}\r\n0\r\n\r\n`), ['bad-chunk']],
    ['interim reply', always(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n${body}`), ['interim-reply']],
  ];
  test.each(cases)('%s', async (_name, script, deviations) => {
    const { client } = await setUp(script);
    const answer = await client.cgi('getX');
    expect(answer.body).toMatchObject({ kind: 'json', value: { code: 0 } });
    expect(ids(answer)).toEqual(deviations);
    // and the next request too
    expect((await client.cgi('getX')).body.kind).toBe('json');
  });

  test.each(cases)('%s, in segments of one byte, to a request that must not be repeated', async (_name, script, deviations) => {
    const { server, client } = await setUp((socket, index, head) => {
      const parts: Buffer[] = [];
      let ended = false;
      const recorder = { write: (part: string | Buffer) => parts.push(Buffer.from(part as string)), end: () => (ended = true) };
      script(recorder as unknown as net.Socket, index, head);
      socket.setNoDelay(true);
      for (const byte of Buffer.concat(parts)) socket.write(Buffer.of(byte));
      if (ended) socket.end();
    });
    const answer = await client.cgi('reboot', null, { repeatable: false });
    expect(answer.body).toMatchObject({ kind: 'json', value: { code: 0 } });
    if (!deviations.includes('length-mismatch')) expect(ids(answer)).toEqual(deviations);
    expect(server.requests).toHaveLength(1);
  });

  test('a refused reply that came whole is not asked for again; after it undici is left out', async () => {
    const { server, client } = await setUp(always('HTTP/1.1 200 OK\r\nno name\r\nContent-Length: 2\r\n\r\nok'));
    await client.cgi('getX');
    expect(server.requests).toHaveLength(1);
    await client.cgi('getX');
    expect(server.requests[1]).toContain('Connection: close');
    expect(client.traffic).toMatchObject({ requests: 2, retries: 0 });
  });

  test('a reply cut short is asked for again, and shown as it came when it stays so', async () => {
    const { client, pauses } = await setUp(alwaysThenClose('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"code":0'));
    const answer = await client.cgi('getX');
    expect(answer.body).toEqual({ kind: 'text', text: '{"code":0' });
    expect(answer.exchange.attempts).toBe(3);
    expect(ids(answer)).toEqual(['length-mismatch']);
    expect(pauses).toEqual([100]);
  });

  test('each connection closed after its reply without a header', async () => {
    const { server, client } = await setUp(alwaysThenClose(okReply('{"code":0}')));
    const noted: string[] = [];
    for (let i = 0; i < 20; i += 1) noted.push(...ids(await client.cgi('getX')));
    expect(server.connections()).toBeGreaterThanOrEqual(20);
    expect(new Set(noted)).toEqual(new Set(['closed-without-notice']));
  });

  test.each([
    'HTTP/1.1 200 OK\r\n\r\nok',
    'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok',
    'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok',
  ])('an announced close is no deviation: %j', async (reply) => {
    const { client } = await setUp(alwaysThenClose(reply));
    for (let i = 0; i < 5; i += 1) expect(ids(await client.cgi('getX'))).toEqual([]);
    expect(client.traffic.retries).toBe(0);
  });

  test('latin-1 text is bytes; latin-1 inside JSON is a deviation', async () => {
    const { client } = await setUp((socket, index) =>
      socket.write(okReply(Buffer.from(index === 0 ? 'fen\xeatre' : '{"name":"fen\xeatre"}', 'latin1'))),
    );
    expect((await client.cgi('getX')).body.kind).toBe('bytes');
    const answer = await client.cgi('getX');
    expect(answer.body).toMatchObject({ kind: 'json', value: { name: 'fen\ufffdtre' } });
    expect(answer.exchange.deviations).toEqual([{ id: 'invalid-utf8', detail: 'byte 0xEA at offset 12' }]);
  });

  test('duplicate keys are named', async () => {
    const { client } = await setUp(always(okReply('{"code":1,"a":[{"x":1},{"x":1,"x":2}],"code":0}')));
    const answer = await client.cgi('getX');
    expect(answer.body).toMatchObject({ value: { code: 0 }, duplicateKeys: ['a[1].x', 'code'] });
    expect(ids(answer)).toEqual(['duplicate-key']);
  });

  test('percent-encoding refused: raw once, then always', async () => {
    const { server, client } = await setUp((socket, _index, head) =>
      socket.write(head.includes('json={"') ? okReply('{"code":0}') : 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
    );
    const answer = await client.cgi('setX', { name: 'a b&中' });
    expect(answer.status).toBe(200);
    expect(ids(answer)).toEqual(['percent-encoding-refused']);
    expect(Buffer.from(server.requests[1] ?? '', 'latin1').toString()).toContain('&json={"name":"a%20b%26中"} HTTP/1.1');
    expect(ids(await client.cgi('getX', { a: 1 }))).toEqual(['percent-encoding-refused']);
    expect(server.requests).toHaveLength(3);
  });

  test('400 for both forms is the answer to the encoded one', async () => {
    const { server, client } = await setUp(always('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'));
    const answer = await client.cgi('setX', { a: 1 });
    expect([answer.status, ids(answer), server.requests.length]).toEqual([400, [], 2]);
  });
});

describe('busy and flaky', () => {
  test('busy twice, then fine', async () => {
    const { client, pauses } = await setUp((socket, index) => socket.write(okReply(`{"code":${[-117, 204, 0][index]}}`)));
    expect((await client.cgi('getX')).body).toMatchObject({ value: { code: 0 } });
    expect(pauses).toEqual([100, 200]);
    expect(client.traffic).toMatchObject({ requests: 3, retries: 2 });
  });

  test('always busy ends after five tries; not retried when told so', async () => {
    const { client, pauses } = await setUp(always(okReply('{"code":-117}')));
    expect((await client.cgi('getX')).exchange.attempts).toBe(5);
    expect(pauses).toEqual([100, 200, 400, 800]);
    expect((await client.cgi('getX', null, { retryBusy: false })).exchange.attempts).toBe(1);
  });

  test('reset, then fine; a request that must not be repeated fails', async () => {
    const { client } = await setUp((socket, index) => (index === 1 ? socket.write(okReply('{"code":0}')) : socket.resetAndDestroy()));
    expect((await client.cgi('getX')).exchange.attempts).toBe(2);
    const error = await noReply(client.cgi('reboot', null, { repeatable: false }));
    expect([error.reason, error.exchange.attempts]).toEqual(['dropped', 1]);
  });

  test('always dropped: three tries', async () => {
    const { server, client } = await setUp((socket) => socket.destroy());
    expect((await noReply(client.cgi('getX'))).reason).toBe('dropped');
    expect(server.requests).toHaveLength(3);
  });
});

describe.each([true, false])('limits (repeatable %s)', (repeatable) => {
  test('no answer', async () => {
    const { client } = await setUp(() => {}, { timeoutMs: 30 });
    const error = await noReply(client.cgi('getX', null, { repeatable }));
    expect([error.reason, error.exchange.reply]).toEqual(['timeout', null]);
  });

  test('a slow drip ends at the total limit, with what came', async () => {
    const { client } = await setUp(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nx');
        const drip = setInterval(() => socket.write('x'), 5);
        socket.on('close', () => clearInterval(drip));
      },
      { timeoutMs: 150 },
    );
    const error = await noReply(client.cgi('getX', null, { repeatable }));
    expect(error.reason).toBe('timeout');
    expect(error.exchange.reply?.text).toMatch(/^x+$/);
  });

  test.each(['HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n'])('larger than the limit: %j', async (head) => {
    const { client } = await setUp(alwaysThenClose(head, 'y'.repeat(5000)), { maxReplyBytes: 1000 });
    expect((await noReply(client.cgi('getX', null, { repeatable }))).reason).toBe('too-large');
  });

  test.each([
    ['a status line', '', 'HTTP/1.1 200 '.repeat(100)],
    ['header lines', 'HTTP/1.1 200 OK\r\n', 'X-A: b\r\n'.repeat(100)],
    ['replies before the reply', '', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)],
    ['a size line', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'x'.repeat(1000)],
    ['extensions of chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', `1;${'x'.repeat(500)}\r\nx\r\n`],
    ['chunks of one byte', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'.repeat(100)],
    ['a trailer', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n', 'X-A: b\r\n'.repeat(100)],
    ['a body', 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(1000)],
  ])('%s without end is given up, long before the time is', async (_, first, again) => {
    const sent: net.Socket[] = [];
    const { client } = await setUp((socket) => {
      sent.push(socket);
      socket.write(first);
      const goOn = (): void => {
        while (!socket.destroyed && socket.write(again));
      };
      socket.on('drain', goOn);
      goOn();
    });
    const { reason } = await noReply(client.cgi('getX', null, { repeatable }));
    expect(['too-large', 'unparseable']).toContain(reason);
    // What was under way in the buffers of both sides comes on top of the limit.
    for (const { bytesWritten } of sent) expect(bytesWritten).toBeLessThan(16 * 1024 * 1024);
  });

  test('no HTTP at all: the bytes are the evidence', async () => {
    const { client } = await setUp(alwaysThenClose('RTSP server\u0000\u0001'));
    const error = await noReply(client.cgi('getX', null, { repeatable }));
    expect([error.reason, error.exchange.reply?.text]).toEqual(['unparseable', 'RTSP server\u0000\u0001']);
  });
});

test('a refused port, in a sentence', async () => {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  const { client } = clientFor(new URL(`http://127.0.0.1:${port}`));
  const error = await noReply(client.cgi('getX'));
  expect(error.reason).toBe('refused');
  expect(errorSentence(error, new URL(`http://127.0.0.1:${port}`))).toBe(
    `Could not reach http://127.0.0.1:${port}: nothing listens on port ${port}. Check the port, and that the camera has started.`,
  );
});

test('plain HTTP on an HTTPS address is a fault of TLS', async () => {
  const server = net.createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => new Promise((resolve) => server.close(() => resolve())));
  const { client } = clientFor(new URL(`https://127.0.0.1:${(server.address() as net.AddressInfo).port}`));
  for (const repeatable of [true, false]) expect((await noReply(client.cgi('getX', null, { repeatable }))).reason).toBe('tls');
});

test('a closed client refuses, and ends what is in flight', async () => {
  const { client } = await setUp(() => {});
  const inFlight = noReply(client.cgi('getX'));
  await client.close();
  expect((await inFlight).reason).toBe('dropped');
  await expect(client.cgi('getX')).rejects.toThrow('the client is closed');
});

describe('secrets', () => {
  const digest = md5Hex(PASSWORD);
  const planted = [
    PASSWORD,
    encodeURIComponent(PASSWORD),
    digest,
    digest.toUpperCase(),
    'wifi-key',
    'fresh-one',
    JSON.stringify(PASSWORD).slice(1, -1),
  ];
  const hasNone = (value: unknown): void => {
    const text = JSON.stringify(value);
    for (const secret of planted) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
  };
  const echoes: readonly [string, (head: string) => string | Buffer][] = [
    ['JSON fields', () => okReply(JSON.stringify({ code: 0, deep: [{ Password: 'wifi-key' }], log: `bad ${PASSWORD}` }))],
    ['an error page', (head) => okReply(`<html>${head}\n${PASSWORD} ${digest.toUpperCase()}</html>`)],
    ['broken JSON', () => okReply(`{"code":0,"password" : "wifi-key","newPassword":"fresh-one`)],
    ['headers', (head) => `HTTP/1.1 302 ${digest}\r\nLocation: ${head.split(' ')[1]}\r\nContent-Length: 0\r\n\r\n`],
    ['a header without name', () => `HTTP/1.1 200 OK\r\nshow ${PASSWORD}\r\nContent-Length: 0\r\n\r\n`],
  ];
  test.each(echoes)('echoed in %s', async (_name, echo) => {
    const { client } = await setUp((socket, _index, head) => socket.write(echo(head)));
    for (const how of [{}, { credentials: 'plain-password' as const }, { repeatable: false }]) {
      const answer = await client.cgi('setPasswd', { newPassword: 'fresh-one', list: [{ password: 'wifi-key' }], note: PASSWORD }, how);
      hasNone(answer.exchange);
      expect(answer.exchange.url).toContain('pwd=***');
    }
    hasNone((await client.path('/action/telnet', { pwd: digest, x: PASSWORD })).exchange);
    hasNone((await client.cgi('setX', `{"password":"wifi-key","x":"fresh-one`, { addSecrets: ['fresh-one'] })).exchange);
  });

  test('in errors', async () => {
    const { client } = await setUp((socket, _index, head) => {
      socket.write(`garbage ${head} ${PASSWORD}`);
      socket.end();
    });
    const error = await noReply(client.cgi('setPasswd', { newPassword: 'fresh-one' }));
    hasNone({ ...error, message: error.message, stack: error.stack });
    expect(error.exchange.reply?.text).toContain('garbage');
  });

  test('an old password stays secret', async () => {
    const { server, client } = await setUp(always(okReply(`old ${PASSWORD} new later-one`)));
    client.setPassword('later-one');
    expect((await client.cgi('getX')).exchange.reply?.text).toBe('old *** new ***');
    expect(server.requests[0]).toContain(md5Hex('later-one'));
  });

  test('replies without secrets stay as they came', async () => {
    const text = '{ "code" : 0,\n "x" : 1.0 }';
    const { client } = await setUp(always(okReply(text)));
    expect((await client.cgi('getX')).exchange.reply?.text).toBe(text);
  });
});

test('writes keep their distance', async () => {
  const { client, pauses } = await setUp(always(okReply('{"code":0}')), { writeIntervalMs: 60_000 });
  await client.cgi('setX', { a: 1 });
  await client.cgi('getX');
  await client.cgi('setX', { a: 2 });
  expect(pauses).toHaveLength(1);
  expect(pauses[0]).toBeGreaterThan(50_000);
});

import { createHash } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { Dialogue, type DialogueOptions } from './dialogue.ts';
import { type RtspScript, type RtspServer, type SeenRequest, startRtspServer } from './rtsp-server.fixture.ts';

const CREDENTIALS = { user: 'admin', password: 'planted-secret' };
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

const start = async (script: RtspScript, options: Partial<DialogueOptions> = {}): Promise<{ server: RtspServer; dialogue: Dialogue }> => {
  const server = await startRtspServer(script);
  open.push(server);
  const dialogue = await Dialogue.open({ url: server.url, credentials: CREDENTIALS, ...options });
  open.push(dialogue);
  return { server, dialogue };
};
const ask = (dialogue: Dialogue, method = 'DESCRIBE') => dialogue.ask({ method, url: dialogue.url });
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Whether the response hash is right, computed apart from the client. */
const isRight = ({ method, url, header }: SeenRequest, nonce: string): boolean => {
  const text = header('Authorization') ?? '';
  const get = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`).exec(text)?.[1] ?? '';
  const middle = get('qop') === '' ? nonce : `${nonce}:${get('nc')}:${get('cnonce')}:${get('qop')}`;
  const key = md5(`admin:cam:${CREDENTIALS.password}`);
  return get('uri') === url && get('nonce') === nonce && get('response') === md5(`${key}:${middle}:${md5(`${method}:${url}`)}`);
};

/** Wants Digest with a nonce that changes after so many requests with it. */
const digestCamera = (more: string, perNonce: number): RtspScript => {
  let nonce = 1;
  let used = 0;
  return (request) => {
    if (used < perNonce && isRight(request, `n${nonce}`)) {
      used += 1;
      request.reply('200 OK');
      return;
    }
    nonce += 1;
    used = 0;
    request.reply('401 Unauthorized', [`WWW-Authenticate: Digest realm="cam", nonce="n${nonce}"${more}`, 'WWW-Authenticate: Basic realm="cam"']);
  };
};

it.each([
  ['without qop', ''],
  ['with qop', ', qop="auth"'],
])('logs in by Digest %s, and again whenever the nonce changes', async (_, more) => {
  const { server, dialogue } = await start(digestCamera(more, 2));
  for (let round = 0; round < 5; round += 1) expect((await ask(dialogue)).status).toBe(200);
  expect(dialogue.exchanges.map(({ reply }) => reply?.status)).toEqual([401, 200, 200, 401, 200, 200, 401, 200]);
  expect(server.heads[1]).toMatch(/\r\nCSeq: 2\r\nAuthorization: Digest username="admin"/);
});

it('logs in by Basic, once', async () => {
  const token = Buffer.from('admin:planted-secret').toString('base64');
  const { dialogue } = await start(({ header, reply }) => {
    if (header('Authorization') === `Basic ${token}`) reply('200 OK');
    else reply('401 Unauthorized', ['WWW-Authenticate: Basic realm="cam"']);
  });
  await ask(dialogue);
  await ask(dialogue);
  expect(dialogue.exchanges.map(({ reply }) => reply?.status)).toEqual([401, 200, 200]);
});

it.each([
  ['none', 1],
  ['wrong-user', 2],
  ['wrong-password', 2],
] as const)('takes the refusal of %s as the answer', async (login, requests) => {
  const { server, dialogue } = await start(digestCamera('', 100), { login });
  expect((await ask(dialogue)).status).toBe(401);
  expect(server.methods).toHaveLength(requests);
});

it('ends where every nonce is stale', async () => {
  const { server, dialogue } = await start(digestCamera(', stale=true', 0));
  expect((await ask(dialogue)).status).toBe(401);
  expect(server.methods).toHaveLength(4);
});

it('uses credentials of the URL without sending it with them', async () => {
  const server = await startRtspServer(digestCamera('', 100));
  open.push(server);
  const dialogue = await Dialogue.open({ url: server.url.replace('rtsp://', 'rtsp://admin:planted-secret@') });
  open.push(dialogue);
  expect((await ask(dialogue)).status).toBe(200);
  expect(server.heads.join()).not.toContain('planted-secret');
});

it('records no secret, whatever the camera echoes', async () => {
  const { server, dialogue } = await start((request) => {
    const echo = request.header('Authorization') ?? 'none';
    if (echo === 'none') request.reply('401 Unauthorized', ['WWW-Authenticate: Digest realm="cam", nonce="n"']);
    else {
      request.socket.write(`OPTIONS rtsp://h/planted-secret RTSP/1.0\r\nX: planted-secret\r\n\r\n`);
      request.socket.write(`RTSP/1.0 200 OK\r\nX: ${echo}\r\nplanted-secret\r\nContent-Length: 14\r\n\r\nplanted-secret`);
    }
  });
  await ask(dialogue);
  const response = /response="([0-9a-f]{32})"/.exec(server.heads[1] ?? '')?.[1] ?? 'missing';
  expect(server.heads[1]).toContain(response);
  const recorded = JSON.stringify([dialogue.exchanges, dialogue.connection.serverRequests, dialogue.connection.notes]);
  expect(recorded).not.toContain('planted-secret');
  expect(recorded).not.toContain(response);
  expect(dialogue.exchanges[1]?.deviations.map(({ id }) => id)).toContain('missing-cseq');
});

it('has no secret in the sentence of a fault', async () => {
  const { dialogue } = await start(({ header, reply, socket }) => {
    if (header('Authorization') === undefined) reply('401 Unauthorized', ['WWW-Authenticate: Basic realm="cam"']);
    else socket.write(`HTTP/1.0 400 ${header('Authorization')}\r\n\r\n`);
  });
  await expect(ask(dialogue)).rejects.toMatchObject({ reason: 'not-rtsp', message: expect.stringContaining('HTTP/1.0 400 Basic ***') });
});

it('records the exchange of a fault, and tells it', async () => {
  const told: unknown[] = [];
  const { dialogue } = await start(({ socket }) => socket.end(), { onExchange: ({ reply }) => told.push(reply) });
  await expect(ask(dialogue)).rejects.toMatchObject({ reason: 'dropped' });
  expect(dialogue.exchanges).toMatchObject([{ reply: null, failure: expect.stringMatching(/^Could not get a response to DESCRIBE/) }]);
  expect(told).toEqual([null]);
});

it('refuses a URL that is none', async () => {
  await expect(Dialogue.open({ url: 'http://127.0.0.1/' })).rejects.toThrow(TypeError);
});

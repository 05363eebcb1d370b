/**
 * One request over a connection of its own, read by the tolerant reader: for cameras whose replies undici refuses, and for
 * requests that must not be sent twice (a connection that is kept alive may end just as it is used again).
 */
import * as net from 'node:net';
import * as tls from 'node:tls';
import { reasonOf } from '../wire/socket-failure.ts';
import { type Attempted, failed, JSON_TYPE, methodOf, type Target } from './attempted.ts';
import { createReplyReader, type ReadState } from './http-reply-reader.ts';
import { TLS_OPTIONS } from './tls-options.ts';

const connect = (base: URL): net.Socket => {
  const host = base.hostname.replace(/^\[(.*)\]$/, '$1');
  if (base.protocol !== 'https:') return net.connect({ host, port: Number(base.port || 80), noDelay: true });
  return tls.connect({ ...TLS_OPTIONS, host, port: Number(base.port || 443), ...(net.isIP(host) === 0 ? { servername: host } : {}) });
};

/** Sends a request and reads one reply; always settles, within `timeoutMs`. `signal` ends it as `dropped`. */
export const sendOverBareSocket = (base: URL, request: Target, signal: AbortSignal): Promise<Attempted> =>
  new Promise((resolve) => {
    const reader = createReplyReader(request.maxReplyBytes);
    let received = false;
    const socket = connect(base);

    const finish = (outcome: Attempted): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.destroy();
      resolve(outcome);
    };
    const abort = (): void => finish(failed('dropped', 'the client was closed', reader));
    const timer = setTimeout(() => finish(failed('timeout', received ? 'in the middle of the reply' : '', reader)), request.timeoutMs);

    const judge = (state: ReadState): void => {
      if (state === 'reading') return;
      const reply = reader.reply();
      if (reply !== null && (state === 'complete' || state === 'cut')) finish({ kind: state === 'cut' ? 'cut' : 'reply', reply });
      else if (state === 'too-large') finish(failed('too-large', `more than ${request.maxReplyBytes} bytes`, reader));
      else finish(failed(received && reader.seen().toString('latin1', 0, 5) !== 'HTTP/' ? 'unparseable' : 'dropped', '', reader));
    };

    socket.once(base.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      const { body, target } = request;
      const content = body === undefined ? '' : `Content-Type: ${JSON_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
      const login = request.authorization === undefined ? '' : `Authorization: ${request.authorization}\r\n`;
      const head = `${methodOf(request)} ${target} HTTP/1.1\r\nHost: ${base.host}\r\n${content}${login}Connection: close\r\n\r\n`;
      socket.write(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body ?? '', 'utf8')]));
    });
    socket.on('data', (chunk: Buffer) => {
      received = true;
      judge(reader.push(chunk));
    });
    socket.once('end', () => judge(reader.end()));
    socket.on('error', (error) => {
      // A reset after the head still shows what the camera sent; without a head there is nothing to show.
      reader.end();
      const reply = reader.reply();
      if (reply === null) finish(failed(reasonOf(error), error.message, reader));
      else
        finish({
          kind: 'cut',
          reply: { ...reply, deviations: [...reply.deviations, { id: 'connection-reset', detail: `after ${reply.body.length} bytes of the body` }] },
        });
    });
    socket.once('close', () => judge(reader.end()));
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });

/** What blind defects do to the replies of RTSP: to their heads, their headers, and the session description. */
import type { StreamTamper } from '../../stream/stream-tamper.ts';

export interface Reply {
  readonly head: string;
  readonly body: string;
}

const END = '\r\n\r\n';

export function split(text: string): Reply {
  const at = text.indexOf(END);
  return at === -1 ? { head: text, body: '' } : { head: text.slice(0, at), body: text.slice(at + END.length) };
}

const joined = ({ head, body }: Reply): string => `${head}${END}${body}`;

export const isOk = (text: string): boolean => /^RTSP\/1\.0 200\b/.test(text);

/** Good replies to one method, or to all of them, changed. */
export const answering = (method: string | null, change: (reply: Reply) => Reply): StreamTamper => ({
  response: (asked, text) => (isOk(text) && (method === null || asked === method) ? joined(change(split(text))) : text),
});

/** Their heads alone. */
export const inHead = (method: string | null, change: (head: string) => string): StreamTamper =>
  answering(method, ({ head, body }) => ({ head: change(head), body }));

export const headerIn = (head: string, name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];

export const withHeader = (head: string, name: string, value: string): string => head.replace(new RegExp(`^${name}: .*$`, 'im'), `${name}: ${value}`);

export const withoutHeader = (head: string, name: string): string =>
  head
    .split('\r\n')
    .filter((line) => !line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .join('\r\n');

/** Another status line, whatever else is answered. */
export const withStatus = (method: string, status: string): StreamTamper =>
  inHead(method, (head) => head.replace(/^RTSP\/1\.0 .*/, `RTSP/1.0 ${status}`));

/** Another session description, its length told with it. */
export const describing = (change: (sdp: string) => string): StreamTamper =>
  answering('DESCRIBE', ({ head, body }) => {
    const other = change(body);
    return { head: withHeader(head, 'Content-Length', String(Buffer.byteLength(other))), body: other };
  });

/** `stream_0` */
export const nameIn = (sdp: string): string => /^s=(.*)$/m.exec(sdp)?.[1]?.trim() ?? '';

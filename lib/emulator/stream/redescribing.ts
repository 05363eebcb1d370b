/** Another session description in place of the camera's own, its length told with it. */
import type { StreamTamper } from './stream-tamper.ts';

export const redescribing = (change: (sdp: string) => string): StreamTamper => ({
  response: (method, text) => {
    const end = text.indexOf('\r\n\r\n') + 4;
    if (method !== 'DESCRIBE' || text.length === end) return text;
    const body = change(text.slice(end));
    return text.slice(0, end).replace(/^(Content-Length): \d+/im, `$1: ${Buffer.byteLength(body)}`) + body;
  },
});

import { describe, expect, it } from 'vitest';
import { redescribing } from './redescribing.ts';

describe('another description', () => {
  it.each(['Content-Length', 'Content-length', 'content-length'])('has its length told by %s', (name) => {
    const { response } = redescribing((sdp) => `${sdp}a=ü\r\n`);
    expect(response?.('DESCRIBE', `RTSP/1.0 200 OK\r\n${name}: 5\r\n\r\nv=0\r\n`)).toBe(`RTSP/1.0 200 OK\r\n${name}: 11\r\n\r\nv=0\r\na=ü\r\n`);
    expect(response?.('OPTIONS', `RTSP/1.0 200 OK\r\n${name}: 5\r\n\r\nv=0\r\n`)).toContain(': 5');
  });
});

/** The literal camera against the document's own examples: it answers each request as the document does, byte for byte where that can be. */
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type GoldenHttpExample, readGolden } from '../../fixtures/golden.ts';
import { decodePicture } from '../media/picture.ts';
import { startEmulator } from './emulator.ts';

const http = readGolden().filter((example) => example.kind === 'http');
const LOGIN = 'user=admin&pwd=e10adc3949ba59abbe56e057f20f883e';

interface RawReply {
  readonly statusLine: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** Sends a request target as it is, to a camera of its own; no client mends what the document's URLs lack. */
async function ask(target: string): Promise<RawReply> {
  const emulator = await startEmulator({ model: 'literal' });
  try {
    const { hostname, port } = new URL(emulator.url);
    const bytes = await new Promise<Buffer>((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect(Number(port), hostname, () => socket.write(`GET ${target} HTTP/1.1\r\nHost: camera\r\n\r\n`));
      socket.on('data', (chunk) => {
        chunks.push(chunk);
        if (chunk.subarray(-5).toString('latin1') === '0\r\n\r\n') socket.end();
      });
      socket.on('close', () => resolve(Buffer.concat(chunks)));
      socket.on('error', reject);
    });
    return parseReply(bytes);
  } finally {
    await emulator.close();
  }
}

function parseReply(bytes: Buffer): RawReply {
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
  const rest = bytes.subarray(end + 4);
  return { statusLine, headers, body: headers.some(([name]) => name === 'Transfer-Encoding') ? dechunked(rest) : rest };
}

function dechunked(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16);
    if (!(size > 0)) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

/** The request that the example evidently means. */
function meant({ action, place, request, sends }: GoldenHttpExample): string {
  if (action === null) return TEXT_REPLIES[place + (request.url ?? '')] ?? '';
  if (!request.url?.includes('/cgi_action')) return pathOf(request.url ?? '');
  const json = sends === null ? '' : `&json=${encodeURIComponent(JSON.stringify(sends))}`;
  return `/action/cgi_action?${LOGIN}&action=${action}${json}`;
}

/** The examples of 1.1 without a request of their own. */
const TEXT_REPLIES: Readonly<Record<string, string>> = {};

const pathOf = (url: string): string => url.replace(/^http:\/\/[^/]+/, '');

type Members = Readonly<Record<string, unknown>>;
const membersOf = (body: Buffer | string): Members => JSON.parse(body.toString()) as Members;

/** Members of replies whose value differs, with the reason; each has to be needed. */
const DIFFERENT: readonly { readonly names: readonly string[]; readonly in: readonly string[]; readonly because: string }[] = [
  {
    names: ['device_mac', 'deviceID', 'device_id', 'device_ip'],
    in: [
      '34.1-getExposureInfo',
      '35.1-getRtmpConf',
      '36.1-getFmtSnap',
      '37.1-getSmartAudioConf',
      '38.1-getIOAlarmIn',
      '39.1-getPlatformConfFile',
      '40.1-getPeripheralConf',
      '41.1-openDoor',
      '42.1-ioSendData',
    ],
    because: 'the document shows another camera',
  },
  { names: ['device_ip'], in: ['11.2-setWiredNetwork'], because: 'the reply shows the new address, that of the document the old one' },
  { names: ['deviceTime'], in: ['10.1-getDeviceTime'], because: 'a clock' },
  { names: ['image_base64', 'image_length'], in: ['36.1-getFmtSnap'], because: 'the document elides the picture' },
];

describe('the literal camera answers', () => {
  const withReply = http.filter(({ reply, action }) => reply?.body != null && action !== null);

  test.each(withReply)('$name as the document does', async (example) => {
    const { statusLine, headers, body } = example.reply ?? { statusLine: '', headers: [], body: '' };
    const reply = await ask(meant(example));
    expect(reply.statusLine).toBe(statusLine);
    expect(reply.headers.map(([name]) => name)).toEqual(headers.map(([name]) => name));
    const still = (list: RawReply['headers']) => list.filter(([name]) => name !== 'Date');
    expect(still(reply.headers)).toEqual(still(headers));
    if (!body?.startsWith('{')) {
      expect(reply.body.toString()).toBe(body);
      return;
    }
    const documented = membersOf(body);
    const found = membersOf(reply.body);
    expect(Object.keys(found).sort()).toEqual(Object.keys(documented).sort());
    const different = Object.keys(documented).filter((name) => JSON.stringify(found[name]) !== JSON.stringify(documented[name]));
    const allowed = DIFFERENT.filter((each) => each.in.includes(example.name)).flatMap(({ names }) => names);
    expect(different.filter((name) => !allowed.includes(name))).toEqual([]);
  });
});

test('print', async () => {
  for (const e of http) { if (e.request.url?.includes('cgi_action')) { const r = await ask(pathOf(e.request.url)); 
   let d=''; try { const doc=membersOf(e.reply?.body ?? '{}'), f=membersOf(r.body); d=JSON.stringify({missing:Object.keys(doc).filter(n=>!(n in f)), extra:Object.keys(f).filter(n=>!(n in doc)), diff:Object.keys(doc).filter(n=>JSON.stringify(doc[n])!==JSON.stringify(f[n])), code:f.code}); } catch { d=r.body.toString().slice(0,50); }
   if (!d.includes('"missing":[],"extra":[],"diff":[],"code":0')) console.log(e.name, r.statusLine, d); } }
});

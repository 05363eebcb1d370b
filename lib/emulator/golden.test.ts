/** The literal camera against the document's own examples: it answers each request as the document does, byte for byte where that can be. */
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type GoldenHttpExample, readGolden } from '../../fixtures/golden.ts';
import { decodePicture } from '../media/picture.ts';
import { startEmulator } from './emulator.ts';

const http = readGolden().filter((example) => example.kind === 'http');
const CGI = '/action/cgi_action?';
const LOGIN = 'user=admin&pwd=e10adc3949ba59abbe56e057f20f883e';

interface RawReply {
  readonly statusLine: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** Sends request targets as they are, one after the other, to a camera of its own, and gives the last reply. */
async function ask(...targets: readonly string[]): Promise<RawReply> {
  const emulator = await startEmulator({ model: 'literal' });
  try {
    let bytes = Buffer.alloc(0);
    for (const target of targets) bytes = await askOnce(new URL(emulator.url), target);
    return parseReply(bytes);
  } finally {
    await emulator.close();
  }
}

/** Over a bare socket: no client mends what the document's URLs lack. */
function askOnce({ hostname, port }: URL, target: string): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${target} HTTP/1.1\r\nHost: camera\r\n\r\n`));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (chunk.subarray(-5).toString('latin1') === '0\r\n\r\n') socket.end();
    });
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    socket.on('error', reject);
  });
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

/** What the examples of 1.1 answer, which show no request. */
const ANSWERED_BY: Readonly<Record<string, string>> = {
  '01.1-error-user-pwd': `${CGI}user=admin&pwd=123456&action=getOsdConf`,
  '01.1-error-json': `${CGI}${LOGIN}&action=getNothing`,
};

/** Examples that need a camera in a certain state. */
const FIRST: Readonly<Record<string, string>> = {
  // 17.3 and 17.4: manual operation has to be open, and the example of 17.1 has it closed.
  '17.3-setGb28181Logout': `${CGI}${LOGIN}&action=setGb28181&json={"register_type":1}`,
  '17.4-setGb28181Register': `${CGI}${LOGIN}&action=setGb28181&json={"register_type":1}`,
};

const pathOf = (url: string): string => url.replace(/^http:\/\/[^/]+/, '');
const withFirst = ({ name }: GoldenHttpExample, target: string): readonly string[] => [FIRST[name] ?? [], target].flat();

/** The request that an example evidently means. */
function meant({ name, action, request, sends }: GoldenHttpExample): string {
  if (request.url === null) return ANSWERED_BY[name] ?? '';
  if (!request.url.includes(CGI)) return pathOf(request.url);
  const json = sends === null ? '' : `&json=${encodeURIComponent(JSON.stringify(sends))}`;
  return `${CGI}${LOGIN}&action=${action}${json}`;
}

type Members = Readonly<Record<string, unknown>>;
const membersOf = (body: Buffer | string): Members => JSON.parse(body.toString()) as Members;

const IDENTITY = ['device_mac', 'deviceID', 'device_id', 'device_ip'];

/** Members whose value is another one than in the example; each line has to be needed. */
const DIFFERENT: Readonly<Record<string, readonly string[]>> = {
  // the reply shows the new address, that of the document the old one
  '11.2-setWiredNetwork': ['device_ip'],
  // the document shows other cameras, and elides the picture
  '34.1-getExposureInfo': IDENTITY,
  '35.1-getRtmpConf': IDENTITY,
  '36.1-getFmtSnap': [...IDENTITY, 'image_base64', 'image_length'],
  '37.1-getSmartAudioConf': IDENTITY,
  '38.1-getIOAlarmIn': IDENTITY,
  '39.1-getPlatformConfFile': IDENTITY,
  '40.1-getPeripheralConf': IDENTITY,
  '41.1-openDoor': IDENTITY,
  '42.1-ioSendData': IDENTITY,
};

/** The clock of 10.1 starts at the example's time and runs. */
const isSame = (name: string, found: unknown, documented: unknown): boolean =>
  name === 'deviceTime'
    ? Number(found) >= Number(documented) && Number(found) < Number(documented) + 60
    : JSON.stringify(found) === JSON.stringify(documented);

function expectAsDocumented({ name, reply: documented }: GoldenHttpExample, reply: RawReply): void {
  expect(reply.statusLine).toBe(documented?.statusLine);
  expect(reply.headers.map(([header]) => header)).toEqual(documented?.headers.map(([header]) => header));
  const still = (headers: RawReply['headers'] = []) => headers.filter(([header]) => header !== 'Date' && header !== 'Content-Length');
  expect(still(reply.headers)).toEqual(still(documented?.headers));
  if (!documented?.body?.startsWith('{')) {
    expect(reply.body.toString()).toBe(documented?.body);
    return;
  }
  const found = membersOf(reply.body);
  const wanted = membersOf(documented.body);
  expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
  const different = Object.keys(wanted).filter((member) => !isSame(member, found[member], wanted[member]));
  expect(different.sort()).toEqual([...(DIFFERENT[name] ?? [])].sort());
}

const named = (name: string): GoldenHttpExample => {
  const found = http.find((example) => example.name === name);
  if (found === undefined) throw new Error(`Could not find fixtures/golden/${name}.json.`);
  return found;
};

describe('the literal camera answers what is meant by', () => {
  test.each(http.filter(({ reply }) => reply?.body != null))('$name as the document does', async (example) => {
    expectAsDocumented(example, await ask(...withFirst(example, meant(example))));
  });

  test('03-snapshot with a picture, as HTTP/1.0', async () => {
    const example = named('03-snapshot');
    const reply = await ask(meant(example));
    expect(reply.statusLine).toBe(example.reply?.statusLine);
    expect(reply.headers.map(([name]) => name)).toEqual(example.reply?.headers.map(([name]) => name));
    expect(reply.headers).toContainEqual(['Content-Type', 'image/jpeg']);
    expect(reply.headers).toContainEqual(['Content-Length', String(reply.body.length)]);
    expect(await decodePicture(reply.body)).toMatchObject({ format: 'jpeg' });
  });

  test.each(['bmp', 'yuv'])('03-snapshot-%s with a picture, though the document shows no reply', async (format) => {
    const example = named(`03-snapshot-${format}`);
    expect(example.reply).toBeNull();
    const reply = await ask(meant(example));
    expect(reply.statusLine).toBe('HTTP/1.0 200 OK');
    expect(reply.body.length).toBeGreaterThan(1000);
  });
});

/** What URLs are answered with that do not send what their example means. Each has its erratum. */
const ODD: readonly { readonly name: string; readonly erratum: RegExp; readonly expects: (reply: RawReply) => void }[] = [
  {
    name: '08.2-setRebootConf',
    erratum: /the URL names the action setWiredNetwork/,
    // 1.3: a parameter is missing; those of 8.2 are none of 11.2
    expects: ({ body }) => expect(membersOf(body).code).toBe(201),
  },
  {
    name: '10.1-getDeviceTime',
    erratum: /the URL names the action getWiredNetwork/,
    expects: (reply) => expectAsDocumented(named('11.1-getWiredNetwork'), reply),
  },
  {
    name: '24.2-setOsdConf',
    erratum: /carries these blanks bare/,
    // A blank ends the request target (RFC 9112, 3); the browser of whoever wrote this encoded it.
    expects: ({ statusLine }) => expect(statusLine).toBe('HTTP/1.1 400 Bad Request'),
  },
  {
    name: '27.2-setODAlarmConf',
    erratum: /the URL names the action getODAlarmConf/,
    expects: (reply) => expectAsDocumented(named('27.1-getODAlarmConf'), reply),
  },
  {
    name: '28.2-setScheSnap',
    erratum: /the URL names the action setAlarmInConf/,
    // None of its parameters is one of 26.2, so nothing is stored.
    expects: (reply) => expectAsDocumented(named('26.2-setAlarmInConf'), reply),
  },
  ...['29.2-setMotionDetConf', '30.2-setRegInvConf', '31.2-setIVSConf'].map((name) => ({
    name,
    erratum: /cut at its beginning/,
    expects: (reply: RawReply) => expectAsDocumented(named('01.1-error-json'), reply),
  })),
  {
    name: '40.2-setPeripheralConf',
    erratum: /a comma before its closing brace/,
    expects: (reply) => expectAsDocumented(named('01.1-error-json'), reply),
  },
];

describe("the document's own URL", () => {
  const urls = http.filter(({ request }) => request.url?.includes(CGI)).map((example) => ({ ...example, target: pathOf(example.request.url ?? '') }));
  const asMeant = urls.filter(({ name }) => !ODD.some((odd) => odd.name === name));

  test.each(asMeant.filter((example) => example.target !== meant(example)))('of $name is answered as it stands', async (example) => {
    expectAsDocumented(example, await ask(...withFirst(example, example.target)));
  });

  test.each(ODD)('of $name is odd, and answered all the same', async ({ name, erratum, expects }) => {
    const { errata, request } = named(name);
    expect(errata.some((each) => erratum.test(each))).toBe(true);
    expects(await ask(pathOf(request.url ?? '')));
  });

  test('of 24.2 is answered as a browser sends it', async () => {
    const example = named('24.2-setOsdConf');
    const { pathname, search } = new URL(example.request.url ?? '');
    expectAsDocumented(example, await ask(pathname + search));
  });
});

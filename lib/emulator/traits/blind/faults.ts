/** Faults that hit every action, or one again and again: each of them is one finding. */
import { JSON_ERROR_TEXT, USER_ERROR_TEXT } from '../../../document/sections/01-generic.ts';
import type { Habits } from '../../habits.ts';
import { type HttpReply, headerOf, withBody, withoutHeaders } from '../../http-message.ts';
import type { RtpPacket } from '../../stream/rtp-sender.ts';
import { without } from '../members.ts';
import type { BlindTrait } from './blind-trait.ts';
import { performing } from './notation.ts';

const ONE_FINDING = '"One cause, one finding. What one fault does to every action is reported once, with the actions that it was seen at"';
const STATUS_200 = '"Both come with HTTP status 200 and change nothing"';
const NO_TIME_LOST = 'what did not answer is not asked again by each check: no time is lost';
const FLAKY = '"Busy, slow and flaky is not broken": one finding that shows what came, and none that follows from it, such as against BMP and YUV';

const textOf = ({ body }: HttpReply): string => (body.length > 64 ? '' : Buffer.from(body).toString('latin1').trim());

/** Other status lines for the texts of 1.1. */
const status = (text: string, code: number, body?: string): Habits => ({
  http: {
    reply: (reply) => {
      if (textOf(reply) !== text) return reply;
      return { ...(body === undefined ? reply : withBody(reply, Buffer.from(body))), status: code };
    },
  },
});

const isJson = ({ body }: HttpReply): boolean => body[0] === 0x7b;
const isPicture = (reply: HttpReply): boolean => headerOf(reply, 'content-type') === 'image/jpeg';
const json = (change: (text: string) => string): Habits => ({
  http: { reply: (reply) => (isJson(reply) ? withBody(reply, Buffer.from(change(Buffer.from(reply.body).toString('utf8')))) : reply) },
});

/** Never resolves; the request waits until its client leaves. */
const never = (): Promise<never> => new Promise(() => undefined);

/** Each so many-th JPEG picture something else, by content type and body. */
const sometimes = (every: number, type: string, body: string): Habits => {
  let count = 0;
  return {
    http: {
      reply: (reply) => {
        if (!isPicture(reply)) return reply;
        count += 1;
        if (count % every !== 0) return reply;
        const { headers } = withoutHeaders(reply, 'content-type');
        return withBody({ ...reply, headers: [...headers, ['Content-Type', type]] }, Buffer.from(body));
      },
    },
  };
};

const WORDS = '[ { "cmd" : "Snap", "code" : 1, "error" : { "detail" : "rcv failed", "rspCode" : -17 } } ]';

/** Parameter sets begin what can be decoded by itself: SPS, or STAP-A of H.264; VPS, or AP of H.265. */
const isKeyStart = (payload: Uint8Array): boolean => {
  const [first = 0] = payload;
  const h264 = first & 0x1f;
  const h265 = (first >> 1) & 0x3f;
  return h264 === 7 || (h264 === 24 && ((payload[3] ?? 0) & 0x1f) === 7) || h265 === 32 || (h265 === 48 && (((payload[4] ?? 0) >> 1) & 0x3f) === 32);
};

/** A new source at each key picture; what the sender calls itself in its reports goes with it. */
function newSources(random: () => number): Habits {
  const now = new Map<number, number>();
  const renamed = (ssrc: number): number => now.get(ssrc) ?? ssrc;
  return {
    streamTamper: {
      packet: (media, packet): RtpPacket => {
        if (media !== 'video') return packet;
        const own = packet.header.readUInt32BE(8);
        if (isKeyStart(packet.payload)) now.set(own, Math.floor(random() * 2 ** 32));
        const header = Buffer.from(packet.header);
        header.writeUInt32BE(renamed(own), 8);
        return { ...packet, header };
      },
      report: (packet) => {
        const report = Buffer.from(packet);
        for (const at of [4, 32]) report.writeUInt32BE(renamed(packet.readUInt32BE(at)), at);
        return report;
      },
    },
  };
}

export const FAULT_TRAITS: readonly BlindTrait[] = [
  {
    id: 'http-401-for-users',
    does: 'answers wrong credentials with HTTP 401, the text "error user/pwd" as its body',
    sections: [1, 5, 8],
    expects: 'fail',
    because: `${STATUS_200}; ${ONE_FINDING}`,
    make: () => status(USER_ERROR_TEXT, 401),
  },
  {
    id: 'http-401-without-text',
    does: 'answers wrong credentials with HTTP 401 and a page of HTML',
    sections: [1, 5, 8],
    expects: 'fail',
    because: `wrong credentials "get the text error user/pwd"; ${STATUS_200}; ${ONE_FINDING}`,
    make: () => status(USER_ERROR_TEXT, 401, '<html><body><h1>401 Unauthorized</h1></body></html>'),
  },
  {
    id: 'http-400-for-json',
    does: 'answers JSON that does not parse and unknown actions with HTTP 400, the text "error json" as its body',
    sections: [1, 5, 8],
    expects: 'fail',
    because: `${STATUS_200}; ${ONE_FINDING}`,
    make: () => status(JSON_ERROR_TEXT, 400),
  },
  {
    id: 'get-never-answered',
    does: 'never answers getOsdConf',
    sections: [24],
    expects: 'fail',
    because: `required is "the reply to each documented request"; ${ONE_FINDING}; ${NO_TIME_LOST}`,
    make: () => performing('getOsdConf', never),
  },
  {
    id: 'set-never-answered',
    does: 'carries setOsdConf out, and never answers it',
    sections: [24],
    expects: 'fail',
    because: `required is "the reply to each documented request"; ${ONE_FINDING}; ${NO_TIME_LOST}`,
    make: () =>
      performing('setOsdConf', async (_, __, ___, perform) => {
        await perform();
        return never();
      }),
  },
  {
    id: 'set-never-answered-nor-done',
    does: 'neither carries setOsdConf out nor answers it',
    sections: [24],
    expects: 'fail',
    because: `required is "the reply to each documented request"; ${ONE_FINDING}; ${NO_TIME_LOST}`,
    make: () => performing('setOsdConf', never),
  },
  {
    id: 'get-hangs-up',
    does: 'ends the connection in place of an answer to getOsdConf',
    sections: [24],
    expects: 'fail',
    because: `required is "the reply to each documented request"; ${ONE_FINDING}; ${NO_TIME_LOST}`,
    make: () => ({ tamper: { wire: (action) => (action === 'getOsdConf' ? '' : undefined) } }),
  },
  {
    id: 'get-500',
    does: 'answers getOsdConf with HTTP 500',
    sections: [24],
    expects: 'fail',
    because: `required is "the reply to each documented request"; ${ONE_FINDING}`,
    make: () => ({
      tamper: {
        wire: (action) =>
          action === 'getOsdConf' ? 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' : undefined,
      },
    }),
  },
  {
    id: 'code-as-text',
    does: 'writes code as a text in every reply: "code":"0"',
    sections: [1, 5, 8],
    expects: 'fail',
    because: `"The envelope: code (number), …"; ${ONE_FINDING}`,
    make: () => json((text) => text.replace(/"code":(-?\d+)/, '"code":"$1"')),
  },
  {
    id: 'envelope-without-device-ip',
    does: 'leaves device_ip out of every reply but that of getWiredNetwork',
    sections: [1, 5, 8],
    expects: 'fail',
    because: `"The envelope: …, device_mac, deviceID and device_ip in every JSON reply"; ${ONE_FINDING}`,
    make: () => ({
      tamper: { reply: (action, _, reply) => (action === 'getWiredNetwork' ? reply : without(reply, new Set(['device_ip']))) },
    }),
  },
  {
    id: 'json-with-bom',
    does: 'begins every JSON reply with a byte order mark',
    sections: [1, 5, 8],
    expects: 'warn',
    because: `RFC 8259, 8.1: "Implementations MUST NOT add a byte order mark", and parsers may ignore it: a rule is broken, ordinary clients cope; ${ONE_FINDING}`,
    make: () => json((text) => `\ufeff${text}`),
  },
  {
    id: 'two-framings',
    does: 'sends each JSON reply with a Content-Length and in chunks',
    sections: [1, 5, 8, 37, 38],
    expects: 'warn',
    because: `RFC 9112, 6.2: "A sender MUST NOT send a Content-Length header field in any message that contains a Transfer-Encoding"; ${ONE_FINDING}`,
    make: () => ({
      http: {
        reply: (reply) =>
          headerOf(reply, 'transfer-encoding') === undefined
            ? reply
            : { ...reply, headers: [['Content-Length', String(reply.body.length)], ...withoutHeaders(reply, 'content-length').headers] },
      },
    }),
  },
  {
    id: 'snapshot-words-every-second',
    does: 'answers every second JPEG snapshot with an error in words, as text/html',
    sections: [3],
    expects: 'fail',
    because: FLAKY,
    make: () => sometimes(2, 'text/html', WORDS),
  },
  {
    id: 'snapshot-failed-every-third',
    does: 'answers every third JPEG snapshot with "failed"',
    sections: [3],
    expects: 'fail',
    because: FLAKY,
    make: () => sometimes(3, 'text/plain', 'failed'),
  },
  {
    id: 'snapshot-empty-every-fifth',
    does: 'answers every fifth JPEG snapshot with an empty body',
    sections: [3],
    expects: 'warn',
    because: FLAKY,
    make: () => sometimes(5, 'image/jpeg', ''),
  },
  {
    id: 'rtp-source-changes',
    does: 'gives its video a new SSRC at each key picture; sequence numbers and timestamps go on',
    sections: [19],
    expects: 'warn',
    because: `RFC 3550, 8.1: a source keeps its identifier; the video does go on, so one warning and no claim that it stopped; ${ONE_FINDING}`,
    make: newSources,
  },
];

/** Section 19: who is let in to the streams, how long they last, how many may watch, and what the packets are like. */
import { createHash } from 'node:crypto';
import type { Habits } from '../../habits.ts';
import type { RtpPacket } from '../../stream/rtp-sender.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import { type BlindDefect, SHOULD, streaming, tampering, writerFor } from './blind-defect.ts';
import { inHead, isOk, withHeader } from './rtsp-texts.ts';
import { counter, shows, storesOther } from './sets-and-gets.ts';

const write = writerFor('rtsp');
const over = (clause: string, word: string, does: string, make: () => StreamTamper, more: Parameters<typeof write>[4] = {}): BlindDefect =>
  write(clause, word, does, () => streaming(make()), more);

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
const USER = 'admin';
const PASSWORD = '123456';

/** User and password of Basic; undefined for anything else. */
function basic(authorization: string | undefined): readonly [user: string, password: string] | undefined {
  const [, credentials] = /^Basic\s+(.*)$/i.exec(authorization ?? '') ?? [];
  if (credentials === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
  return [user, rest.join(':')];
}

const parameter = (authorization: string | undefined, name: string): string | undefined =>
  new RegExp(`\\b${name}="?([^",]*)"?`, 'i').exec(authorization ?? '')?.[1];
const isDigest = (authorization: string | undefined): authorization is string => /^Digest\b/i.test(authorization ?? '');

/** A Digest that is right for this user and password, whatever the nonce. */
function isSigned(method: string, authorization: string | undefined, user: string, password: string, digits = 32): boolean {
  if (!isDigest(authorization)) return false;
  const get = (name: string): string => parameter(authorization, name) ?? '';
  const middle = get('qop') === '' ? get('nonce') : [get('nonce'), get('nc'), get('cnonce'), get('qop')].join(':');
  const right = md5(`${md5(`${user}:${get('realm')}:${password}`)}:${middle}:${md5(`${method}:${get('uri')}`)}`);
  return get('response').slice(0, digits) === right.slice(0, digits);
}

const lettingIn = (isTaken: (method: string, authorization: string | undefined) => boolean) => (): StreamTamper => ({
  admits: (method, isRight, authorization) => isRight || isTaken(method, authorization),
});
const withPassword = (isTaken: (user: string, password: string) => boolean, others: readonly (readonly [string, string])[] = []) =>
  lettingIn((method, authorization) => {
    const plain = basic(authorization);
    if (plain !== undefined) return isTaken(...plain);
    return others.some(([user, password]) => isSigned(method, authorization, user, password));
  });

/** How many receive at the moment, told by their sources. */
function viewers(): (packet: RtpPacket) => readonly number[] {
  const heard = new Map<number, number>();
  return ({ header }) => {
    const now = performance.now();
    heard.set(header.readUInt32BE(8), now);
    for (const [source, at] of heard) if (now - at > 2000) heard.delete(source);
    return [...heard.keys()];
  };
}

/** Packets of the picture that go out or do not, by the place of their receiver among all. */
const byViewers = (isSent: (place: number, count: number) => boolean) => (): StreamTamper => {
  const of = viewers();
  return {
    packet: (media, packet) => {
      if (media !== 'video') return packet;
      const all = of(packet);
      return isSent(all.indexOf(packet.header.readUInt32BE(8)), all.length) ? packet : null;
    },
  };
};

const FU_A = 28;
const FU_H265 = 49;
const typeOf = ({ payload }: RtpPacket): 'fu-a' | 'fu-265' | 'other' => {
  const [first = 0] = payload;
  if ((first & 0x1f) === FU_A) return 'fu-a';
  return first >> 1 === FU_H265 ? 'fu-265' : 'other';
};

/** Fragments of a unit, changed. */
const inFragments = (change: (payload: Buffer, at: 1 | 2, isFirst: boolean, isLast: boolean) => Buffer | null) => (): StreamTamper => ({
  packet: (media, packet) => {
    const type = typeOf(packet);
    if (media !== 'video' || type === 'other') return packet;
    const at = type === 'fu-a' ? 1 : 2;
    const payload = Buffer.from(packet.payload);
    const flags = payload[at] as number;
    const changed = change(payload, at, (flags & 0x80) !== 0, (flags & 0x40) !== 0);
    return changed === null ? null : { ...packet, payload: changed };
  },
});

const inHeaders = (change: (header: Buffer, media: 'video' | 'audio', packet: number) => void) => (): StreamTamper => {
  const counts = new Map<number, number>();
  return {
    packet: (media, packet) => {
      const header = Buffer.from(packet.header);
      const source = header.readUInt32BE(8);
      const count = (counts.get(source) ?? 0) + 1;
      counts.set(source, count);
      change(header, media, count);
      return { ...packet, header };
    },
  };
};

/** What goes out for a receiver some time after its first packet. */
const later = (ms: number, change: (packet: RtpPacket) => RtpPacket | null) => (): StreamTamper => {
  const first = new Map<number, number>();
  return {
    packet: (_, packet) => {
      const source = packet.header.readUInt32BE(8);
      const began = first.get(source) ?? performance.now();
      first.set(source, began);
      return performance.now() - began < ms ? packet : change(packet);
    },
  };
};

const both = (tamper: Habits['tamper'], streamTamper: StreamTamper): Habits => ({ tamper, streamTamper });

export const RTSP_SESSIONS: readonly BlindDefect[] = [
  over(
    'authentication-when-enabled',
    'nobody-asked',
    'serves requests without credentials',
    lettingIn((_, authorization) => authorization === undefined),
  ),
  over(
    'authentication-when-enabled',
    'any-credentials',
    'serves any credentials',
    lettingIn((_, authorization) => authorization !== undefined),
  ),
  over(
    'authentication-when-enabled',
    'any-digest',
    'serves any Digest',
    lettingIn((_, authorization) => isDigest(authorization)),
  ),
  over(
    'authentication-when-enabled',
    'any-basic',
    'serves any Basic',
    withPassword(() => true),
  ),
  over(
    'authentication-when-enabled',
    'password-empty',
    'serves an empty password',
    withPassword((user, password) => user === USER && password === '', [[USER, '']]),
  ),
  over(
    'authentication-when-enabled',
    'password-by-beginning',
    'serves the beginning of the password',
    withPassword(
      (user, password) => user === USER && password.length >= 3 && PASSWORD.startsWith(password),
      [
        [USER, PASSWORD.slice(0, -1)],
        [USER, PASSWORD.slice(0, 3)],
      ],
    ),
  ),
  over(
    'authentication-when-enabled',
    'password-with-more-behind',
    'serves what begins with the password',
    withPassword(
      (user, password) => user === USER && password.startsWith(PASSWORD),
      [
        [USER, `${PASSWORD}x`],
        [USER, `${PASSWORD} `],
      ],
    ),
  ),
  over(
    'authentication-when-enabled',
    'password-as-md5',
    'serves the MD5 of the password as the password',
    withPassword((user, password) => user === USER && password === md5(PASSWORD), [[USER, md5(PASSWORD)]]),
  ),
  over(
    'authentication-when-enabled',
    'user-any',
    'serves any user with the right password',
    withPassword(
      (_, password) => password === PASSWORD,
      [
        ['nobody', PASSWORD],
        ['root', PASSWORD],
        ['', PASSWORD],
        ['x', PASSWORD],
        ['user', PASSWORD],
        ['ADMIN', PASSWORD],
        ['Admin', PASSWORD],
      ],
    ),
  ),
  over(
    'authentication-when-enabled',
    'user-case',
    "serves the user's name in any case",
    withPassword(
      (user, password) => user.toLowerCase() === USER && password === PASSWORD,
      [
        ['ADMIN', PASSWORD],
        ['Admin', PASSWORD],
      ],
    ),
  ),
  over(
    'authentication-when-enabled',
    'user-empty',
    'serves an empty user with the right password',
    withPassword((user, password) => user === '' && password === PASSWORD, [['', PASSWORD]]),
  ),
  over(
    'authentication-when-enabled',
    'both-empty',
    'serves an empty user with an empty password',
    withPassword((user, password) => user === '' && password === '', [['', '']]),
  ),
  over(
    'authentication-when-enabled',
    'nonce-of-another',
    'serves a Digest with a nonce that it never gave',
    lettingIn((method, authorization) => isSigned(method, authorization, USER, PASSWORD)),
  ),
  over(
    'authentication-when-enabled',
    'response-by-beginning',
    'compares the first eight digits of a Digest',
    lettingIn((method, authorization) => isSigned(method, authorization, USER, PASSWORD, 8)),
  ),
  over(
    'authentication-when-enabled',
    'describe-is-open',
    'asks for a log-in at SETUP and PLAY alone',
    lettingIn((method) => method === 'DESCRIBE'),
    SHOULD,
  ),
  over(
    'authentication-when-enabled',
    'setup-is-open',
    'asks for a log-in at DESCRIBE alone',
    lettingIn((method) => method !== 'DESCRIBE'),
  ),
  over(
    'authentication-when-enabled',
    'play-is-open',
    'does not ask for a log-in at PLAY',
    lettingIn((method) => method === 'PLAY'),
  ),
  over('authentication-when-enabled', 'sub-is-open', 'asks nobody for a log-in at the sub stream', () => {
    let isSub = false;
    return {
      request: ({ uri }) => {
        isSub = uri.includes('stream_1');
        return undefined;
      },
      admits: (_, isRight) => isRight || isSub,
    };
  }),
  over('authentication-when-enabled', 'right-refused', 'refuses the right credentials each second time', () => {
    const next = counter();
    return { admits: (_, isRight) => isRight && next() % 2 === 1 };
  }),
  over(
    'authentication-when-enabled',
    'basic-refused-though-offered',
    'offers Basic and refuses it',
    () => ({ admits: (_, isRight, authorization) => isRight && !/^Basic/i.test(authorization ?? '') }),
    SHOULD,
  ),
  over('authentication-when-enabled', 'challenge-missing', 'answers 401 without saying how to log in', () => ({
    response: (_, text) => (isOk(text) ? text : text.replaceAll(/^WWW-Authenticate: .*\r\n/gm, '')),
  })),
  over('authentication-when-enabled', 'refuses-with-404', 'answers 404 to who does not log in', () => ({
    response: (_, text) => text.replace(/^RTSP\/1\.0 401 .*/, 'RTSP/1.0 404 Not Found'),
  })),
  over('authentication-when-enabled', 'given-up-after-three', 'serves whoever was refused three times', () => {
    let refused = 0;
    return {
      admits: (_, isRight) => {
        if (isRight) {
          refused = 0;
          return true;
        }
        refused += 1;
        return refused > 3;
      },
    };
  }),
  write('open-when-disabled', 'always-guarded', 'wants a log-in with certification closed', () =>
    streaming({ admits: (_, isRight, authorization) => isRight && authorization !== undefined }),
  ),
  write('open-when-disabled', 'guarded-at-setup', 'wants a log-in at SETUP with certification closed', () =>
    streaming({ admits: (method, isRight, authorization) => isRight && (method !== 'SETUP' || authorization !== undefined) }),
  ),
  write('open-when-disabled', 'sub-guarded', 'wants a log-in at the sub stream with certification closed', () => {
    let isSub = false;
    return streaming({
      request: ({ uri }) => {
        isSub = uri.includes('stream_1');
        return undefined;
      },
      admits: (_, isRight, authorization) => isRight && (!isSub || authorization !== undefined),
    });
  }),
  write(
    'open-when-disabled',
    'log-in-refused-when-open',
    'refuses who logs in with certification closed',
    () => {
      let isOpen = false;
      return both(
        storesOther('setRtspConf', 'enable', (enable) => {
          isOpen = enable === 0;
          return enable;
        }),
        { admits: (_, isRight, authorization) => isRight && !(isOpen && authorization !== undefined) },
      );
    },
    SHOULD,
  ),

  write('main-audio-track', 'main-sound-always', 'has sound in the main stream whatever audio_main is', () =>
    tampering(storesOther('setRtspConf', 'audio_main', () => 1)),
  ),
  over('main-audio-track', 'main-silent', 'never has sound in the main stream', () => ({
    settings: (channel, settings) => (channel === 0 ? { ...settings, audio: null } : settings),
  })),
  over('main-audio-track', 'main-described-not-sent', 'describes the sound of the main stream, and sends none', () => {
    return { packet: (media, packet) => (media === 'audio' ? null : packet) };
  }),
  over('sub-audio-track', 'sub-follows-main', 'has sound in the sub stream as audio_main says', () => {
    let sound: ReturnType<NonNullable<StreamTamper['settings']>>['audio'] = null;
    return {
      settings: (channel, settings) => {
        if (channel === 0) {
          sound = settings.audio;
          return settings;
        }
        return { ...settings, audio: sound };
      },
    };
  }),
  over('sub-audio-track', 'sub-silent', 'never has sound in the sub stream', () => ({
    settings: (channel, settings) => (channel === 1 ? { ...settings, audio: null } : settings),
  })),
  over('sub-audio-track', 'sub-swapped', 'has sound in each stream as the other one is set', () => {
    const sounds = new Map<number, ReturnType<NonNullable<StreamTamper['settings']>>['audio']>();
    return {
      settings: (channel, settings) => {
        sounds.set(channel, settings.audio);
        return { ...settings, audio: sounds.get(1 - channel) ?? null };
      },
    };
  }),

  over(
    'setup-session',
    'ends-after-four-seconds',
    'ends the picture 4 s behind PLAY',
    later(4000, () => null),
  ),
  over(
    'setup-session',
    'ends-after-fifteen-seconds',
    'ends the picture 15 s behind PLAY',
    later(15_000, () => null),
  ),
  over('setup-session', 'ends-before-its-timeout', 'ends sessions after 4 s of silence, and says 60', () => ({
    ...inHead(null, (head) => head.replace(/timeout=\d+/, 'timeout=60')),
    sessions: { seconds: 4 },
  })),
  over('setup-session', 'ends-at-half-its-timeout', 'ends sessions after 10 s of silence, and says 20', () => ({
    ...inHead(null, (head) => head.replace(/timeout=\d+/, 'timeout=20')),
    sessions: { seconds: 10 },
  })),
  over('setup-session', 'no-keep-alive', 'ends sessions 6 s behind PLAY, whatever comes, and says so', () => ({
    sessions: { seconds: 6, keptBy: 'NOTHING' },
  })),
  over('setup-session', 'keep-alive-hangs-up', 'ends the connection in place of an answer to GET_PARAMETER', () => ({
    hangsUp: (method) => method === 'GET_PARAMETER',
  })),
  over(
    'setup-session',
    'keep-alive-454',
    'answers GET_PARAMETER in a session with 454',
    () => ({ request: ({ method, headers }) => (method === 'GET_PARAMETER' && headers.has('session') ? { status: 454 } : undefined) }),
    SHOULD,
  ),
  over('setup-session', 'keep-alive-ends-picture', 'sends no picture any more behind GET_PARAMETER', () => {
    let isOver = false;
    return {
      request: ({ method }) => {
        if (method === 'GET_PARAMETER') isOver = true;
        if (method === 'SETUP') isOver = false;
        return undefined;
      },
      packet: (_, packet) => (isOver ? null : packet),
    };
  }),
  over(
    'setup-session',
    'options-ends-picture',
    'sends no picture any more behind OPTIONS in a session',
    () => {
      let isOver = false;
      return {
        request: ({ method, headers }) => {
          if (method === 'OPTIONS' && headers.has('session')) isOver = true;
          if (method === 'SETUP') isOver = false;
          return undefined;
        },
        packet: (_, packet) => (isOver ? null : packet),
      };
    },
    SHOULD,
  ),

  over(
    'play-status',
    'fourth-starves-first',
    'sends the first of four viewers nothing',
    byViewers((place, count) => count < 4 || place !== 0),
    SHOULD,
  ),
  over(
    'play-status',
    'fourth-starves-all',
    'sends each of four viewers every second packet',
    (() => {
      return (): StreamTamper => {
        const of = viewers();
        const next = counter();
        return { packet: (media, packet) => (media === 'video' && of(packet).length >= 4 && next() % 2 === 0 ? null : packet) };
      };
    })(),
    SHOULD,
  ),
  over(
    'play-status',
    'fourth-gets-nothing',
    'answers the fourth viewer, and sends nothing',
    byViewers((place) => place < 3),
    SHOULD,
  ),
  over(
    'play-status',
    'second-gets-nothing',
    'answers the second viewer, and sends nothing',
    byViewers((place) => place < 1),
    SHOULD,
  ),
  over(
    'play-status',
    'second-takes-the-first',
    'stops the first viewer when the second comes',
    byViewers((place, count) => place === count - 1),
    SHOULD,
  ),
  over('play-status', 'nothing-over-udp', 'answers UDP, and sends nothing', () => ({ ports: () => [9, 9] })),
  over(
    'play-status',
    'begins-without-key',
    'sends the picture from the second packet on',
    () => {
      const seen = new Set<number>();
      return {
        packet: (media, packet) => {
          const source = packet.header.readUInt32BE(8);
          if (media !== 'video' || seen.has(source)) return packet;
          if ((packet.header[1] as number) & 0x80) seen.add(source);
          return null;
        },
      };
    },
    SHOULD,
  ),

  over(
    'play-status',
    'fragments-of-two-types',
    'names another type in all fragments of a unit but the first',
    inFragments((payload, at, isFirst) => {
      if (!isFirst) payload[at] = ((payload[at] as number) & 0xc0) | (at === 1 ? 1 : 1);
      return payload;
    }),
    SHOULD,
  ),
  over(
    'play-status',
    'last-fragment-of-another-type',
    'names another type in the last fragment of a unit',
    inFragments((payload, at, _, isLast) => {
      if (isLast) payload[at] = ((payload[at] as number) & 0xc0) | (at === 1 ? 1 : 1);
      return payload;
    }),
    SHOULD,
  ),
  over(
    'play-status',
    'fragments-without-end',
    'marks no fragment as the last of its unit',
    inFragments((payload, at) => {
      payload[at] = (payload[at] as number) & ~0x40;
      return payload;
    }),
  ),
  over(
    'play-status',
    'fragments-without-start',
    'marks no fragment as the first of its unit',
    inFragments((payload, at) => {
      payload[at] = (payload[at] as number) & ~0x80;
      return payload;
    }),
  ),
  over(
    'play-status',
    'fragments-lost',
    'leaves out the last fragment of each unit',
    inFragments((payload, _, __, isLast) => (isLast ? null : payload)),
  ),
  over(
    'play-status',
    'fragment-with-importance-zero',
    'says of all fragments that nothing refers to them',
    inFragments((payload, at) => {
      if (at === 1) payload[0] = (payload[0] as number) & ~0x60;
      return payload;
    }),
    SHOULD,
  ),
  over(
    'play-status',
    'no-marker',
    'never marks the last packet of a picture',
    inHeaders((header, media) => {
      if (media === 'video') header[1] = (header[1] as number) & 0x7f;
    }),
    SHOULD,
  ),
  over(
    'play-status',
    'markers-everywhere',
    'marks every packet of the picture',
    inHeaders((header, media) => {
      if (media === 'video') header[1] = (header[1] as number) | 0x80;
    }),
    SHOULD,
  ),
  over(
    'play-status',
    'payload-type-not-described',
    'sends payload type 97 where it described 96',
    inHeaders((header, media) => {
      if (media === 'video') header[1] = ((header[1] as number) & 0x80) | 97;
    }),
  ),
  over(
    'play-status',
    'sequence-stands',
    'gives each second packet the number of the one before',
    inHeaders((header, _, count) => {
      if (count % 2 === 0) header.writeUInt16BE((header.readUInt16BE(2) - 1) & 0xffff, 2);
    }),
  ),
  over(
    'play-status',
    'sequence-jumps',
    'leaves out a hundred numbers after each fifty packets',
    inHeaders((header, _, count) => {
      header.writeUInt16BE((header.readUInt16BE(2) + 100 * Math.floor(count / 50)) & 0xffff, 2);
    }),
    SHOULD,
  ),
  over(
    'play-status',
    'time-stands',
    'gives all pictures the same timestamp',
    (() => (): StreamTamper => {
      const first = new Map<number, number>();
      return {
        packet: (media, packet) => {
          if (media !== 'video') return packet;
          const header = Buffer.from(packet.header);
          const source = header.readUInt32BE(8);
          const time = first.get(source) ?? header.readUInt32BE(4);
          first.set(source, time);
          header.writeUInt32BE(time, 4);
          return { ...packet, header };
        },
      };
    })(),
  ),
  over(
    'play-status',
    'time-runs-double',
    'counts its timestamps twice as fast as the pictures come',
    (() => (): StreamTamper => {
      const first = new Map<number, number>();
      return {
        packet: (media, packet) => {
          if (media !== 'video') return packet;
          const header = Buffer.from(packet.header);
          const source = header.readUInt32BE(8);
          const began = first.get(source) ?? header.readUInt32BE(4);
          first.set(source, began);
          header.writeUInt32BE((began + 2 * ((header.readUInt32BE(4) - began) >>> 0)) % 2 ** 32, 4);
          return { ...packet, header };
        },
      };
    })(),
    SHOULD,
  ),
  over(
    'play-status',
    'time-goes-back',
    'sets its timestamps back by a second after each hundred packets',
    inHeaders((header, media, count) => {
      if (media === 'video') header.writeUInt32BE((header.readUInt32BE(4) - 90_000 * Math.floor(count / 100) + 2 ** 32) % 2 ** 32, 4);
    }),
  ),
  over(
    'play-status',
    'source-changes',
    'changes its source with each fifty packets',
    inHeaders((header, _, count) => {
      header.writeUInt32BE((header.readUInt32BE(8) + Math.floor(count / 50)) % 2 ** 32, 8);
    }),
    SHOULD,
  ),
  over(
    'play-status',
    'version-of-rtp',
    'sends RTP of version 1',
    inHeaders((header) => {
      header[0] = 0x40;
    }),
  ),
  over(
    'play-status',
    'report-of-another-source',
    'reports about a source that it does not send',
    () => ({
      report: (packet) => {
        const report = Buffer.from(packet);
        report.writeUInt32BE((report.readUInt32BE(4) ^ 1) >>> 0, 4);
        return report;
      },
    }),
    SHOULD,
  ),
  over(
    'play-status',
    'report-time-stands',
    'reports the same time of day each time',
    () => {
      let first: Buffer | null = null;
      return {
        report: (packet) => {
          first ??= Buffer.from(packet.subarray(8, 16));
          const report = Buffer.from(packet);
          first.copy(report, 8);
          return report;
        },
      };
    },
    SHOULD,
  ),
  over(
    'play-status',
    'bits-flipped',
    'flips a bit in the middle of each hundredth packet of the picture',
    (() => (): StreamTamper => {
      const next = counter();
      return {
        packet: (media, packet) => {
          if (media !== 'video' || next() % 100 !== 0) return packet;
          const payload = Buffer.from(packet.payload);
          const at = payload.length >> 1;
          payload[at] = (payload[at] as number) ^ 0x10;
          return { ...packet, payload };
        },
      };
    })(),
    SHOULD,
  ),
  over(
    'play-status',
    'packets-lost',
    'loses each twentieth packet',
    (() => (): StreamTamper => {
      const next = counter();
      return { packet: (_, packet) => (next() % 20 === 0 ? null : packet) };
    })(),
  ),
  over('play-status', 'stalls-each-second', 'sends nothing in each second second', () => ({
    packet: (_, packet) => (Math.floor(performance.now() / 1000) % 2 === 0 ? packet : null),
  })),
  write('rtsp_port/settable', 'port-of-another', 'shows another RTSP port than it listens on', () =>
    tampering(shows('getRtspConf', (reply) => ({ ...reply, rtsp_port: Number(reply.rtsp_port) + 1 }))),
  ),
  write('enable/settable', 'enable-stays-open', 'answers certification closed with code 0, and leaves it open', () =>
    tampering(storesOther('setRtspConf', 'enable', () => 1)),
  ),
  over(
    'options-status',
    'server-header-each-reply-other',
    'writes another RTSP version into its replies',
    () => inHead(null, (head) => head.replace('RTSP/1.0', 'RTSP/2.0')),
    SHOULD,
  ),
  over('play-session', 'session-with-blank', 'writes the session with a blank inside', () =>
    inHead('PLAY', (head) => withHeader(head, 'Session', '12 34')),
  ),
];

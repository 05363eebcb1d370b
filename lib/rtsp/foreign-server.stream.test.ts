/**
 * The client against a server that nobody here wrote: GStreamer's, by `fixtures/gst-rtsp-server.py`. Where that cannot run,
 * for want of a package, the tests are skipped, and say so.
 */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRtp, type TimedPacket } from '../media/rtp.ts';
import { parseSdp } from '../media/sdp.ts';
import { measureStream, type StreamFacts } from '../media/stream-facts.ts';
import type { RtspLogin } from './auth.ts';
import type { ReceivedPacket } from './collecting.ts';
import { withSession } from './session.ts';

const SCRIPT = fileURLToPath(new URL('../../fixtures/gst-rtsp-server.py', import.meta.url));
/** Debian's own first: its python3-gi is for no other, and another python3 may come before it on the PATH. */
const PYTHONS = ['/usr/bin/python3', 'python3'];
const checks = PYTHONS.map((python) => ({ python, ...spawnSync(python, [SCRIPT, 'check'], { encoding: 'utf8', timeout: 30_000 }) }));
const python = checks.find(({ status }) => status === 0)?.python;
if (python === undefined) {
  const why = checks.map(({ stdout }) => (stdout ?? '').trim()).find((text) => text !== '') ?? 'there is no python3';
  console.warn(`Skipped: GStreamer's RTSP server cannot run: ${why}`);
}

interface ForeignServer {
  readonly url: string;
  close(): Promise<void>;
}

const servers: ForeignServer[] = [];
afterAll(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** @param login how one has to log in; none: it lets everybody in */
async function serve(...login: readonly ('basic' | 'digest')[]): Promise<ForeignServer> {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(python as string, [SCRIPT, ...login], { stdio: 'pipe' });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'exit');
  // It ends with its input; where it hangs, it is made to.
  const close = async (): Promise<void> => {
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  };
  const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), ended.then(() => [''])]);
  const port = Number(line);
  if (!(port > 0)) throw new Error(`Could not start GStreamer's RTSP server: ${errors || line}`);
  const server = { url: `rtsp://127.0.0.1:${port}`, close };
  servers.push(server);
  return server;
}

const CREDENTIALS = { user: 'admin', password: '123456' };
const LONGEST_MS = 20_000;
/** Two groups of pictures, which the server makes 10 long, and one more. */
const PICTURES = 21;
/** What is under way when TEARDOWN is answered. */
const UNDER_WAY_MS = 300;
const LISTEN_ON_MS = 800;

interface Played {
  readonly statuses: Readonly<Record<string, readonly (number | null)[]>>;
  readonly methods: readonly string[] | null;
  readonly announcedSources: readonly (number | null)[];
  readonly interleaved: readonly boolean[];
  readonly facts: readonly StreamFacts[];
  /** ms between the reply to TEARDOWN and the last packet behind it; 0 when none came */
  readonly lastAfterTeardownMs: number;
  readonly deviations: readonly string[];
}

/** The whole dialogue, step by step, until as many pictures as wanted have come, and of every track a packet. */
async function play(url: string, transport: 'tcp' | 'udp', wanted = PICTURES): Promise<Played> {
  return withSession({ url, transport, credentials: CREDENTIALS }, async (session) => {
    await session.options();
    await session.describe();
    for (const media of session.media) await session.setup(media);
    const packets: ReceivedPacket[][] = session.media.map(() => []);
    let pictures = 0;
    const isEnough = ({ kind, track, bytes }: ReceivedPacket): boolean => {
      const packet = kind === 'rtp' ? parseRtp(bytes) : null;
      if (packet === null) return false;
      if (session.media[track]?.kind === 'video' && packet.marker) pictures += 1;
      return pictures > wanted && packets.every(({ length }) => length > 0);
    };
    const receiving = session.collect({
      durationMs: LONGEST_MS,
      until: (packet) => {
        if (packet.kind === 'rtp') packets[packet.track]?.push(packet);
        return isEnough(packet);
      },
    });
    await session.play();
    await receiving;
    const sdp = parseSdp(session.description ?? '');
    const facts = sdp.media.map((media, track) => measureStream(media, (packets[track] ?? []).flatMap(timed)));
    await session.teardown();
    const stopped = performance.now();
    let last = stopped;
    await session.collect({
      durationMs: LISTEN_ON_MS,
      until: ({ kind, arrivedAt }) => {
        if (kind === 'rtp') last = arrivedAt;
        return false;
      },
    });
    const { exchanges } = session.dialogue;
    return {
      statuses: Object.fromEntries(
        [...new Set(exchanges.map(({ method }) => method))].map((method) => [
          method,
          exchanges.filter((each) => each.method === method).map(({ reply }) => reply?.status ?? null),
        ]),
      ),
      methods: session.methods,
      announcedSources: session.tracks.map(({ answered }) => answered?.ssrc ?? null),
      interleaved: session.tracks.map(({ answered }) => answered !== null && answered.interleaved !== null),
      facts,
      lastAfterTeardownMs: last - stopped,
      deviations: exchanges.flatMap(({ deviations }) => deviations.map(({ id, detail }) => `${id}: ${detail}`)),
    };
  });
}

const timed = ({ bytes, arrivedAt }: ReceivedPacket): TimedPacket[] => {
  const packet = parseRtp(bytes);
  return packet === null ? [] : [{ packet, arrivedAtMs: arrivedAt }];
};

const STREAMS = [
  { name: 'stream_0', video: { width: 640, height: 360 }, rate: 20, codecs: ['H264', 'PCMA'] },
  { name: 'stream_1', video: { width: 320, height: 240 }, rate: 15, codecs: ['H264'] },
] as const;
describe.skipIf(python === undefined)("GStreamer's RTSP server", () => {
  const running = {} as Record<'open' | 'basic' | 'digest', ForeignServer>;
  beforeAll(async () => {
    [running.open, running.basic, running.digest] = await Promise.all([serve(), serve('basic'), serve('digest')]);
  });

  describe.each(STREAMS)('$name', ({ name, video, rate, codecs }) => {
    describe.each(['tcp', 'udp'] as const)('over %s', (transport) => {
      let played: Played;
      beforeAll(async () => {
        played = await play(`${running.open.url}/${name}`, transport);
      });

      it('goes from OPTIONS to TEARDOWN, and has nothing to note', () => {
        expect(played.statuses).toEqual({ OPTIONS: [200], DESCRIBE: [200], SETUP: codecs.map(() => 200), PLAY: [200], TEARDOWN: [200] });
        expect(played.methods).toEqual(expect.arrayContaining(['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN', 'GET_PARAMETER']));
        expect(played.interleaved).toEqual(codecs.map(() => transport === 'tcp'));
        expect(played.deviations).toEqual([]);
      });

      it('is received: every track, of one source, the one that Transport announced, without a gap', () => {
        expect(played.facts.map(({ rtp }) => rtp.sources.length)).toEqual(codecs.map(() => 1));
        expect(played.facts.map(({ source }) => source?.ssrc)).toEqual(played.announcedSources);
        // Datagrams are lost where the machine is busy with something else.
        const tolerated = transport === 'udp' ? 0.02 : 0;
        for (const { source } of played.facts) expect(source?.lossRate).toBeLessThanOrEqual(tolerated);
      });

      it('is measured as what it is: codec, size, frame rate, distance of key frames', () => {
        expect(played.facts.map(({ codec }) => codec)).toEqual(codecs);
        expect(played.facts[0]?.content).toMatchObject({ kind: 'video', ...video, sizes: [`${video.width}x${video.height}`], keyFrameDistance: 10 });
        const content = played.facts[0]?.content;
        expect(content?.kind === 'video' ? Number(content.frameRate) / rate : null).toBeCloseTo(1, 1);
        if (codecs.length > 1) expect(played.facts[1]?.content).toMatchObject({ kind: 'audio', sampleRate: 8000, channels: 1 });
      });

      it('falls silent after TEARDOWN', () => {
        expect(played.lastAfterTeardownMs).toBeLessThan(UNDER_WAY_MS);
      });
    });
  });

  describe.each(['basic', 'digest'] as const)('with %s authentication', (scheme) => {
    const describeAs = (login: RtspLogin) =>
      withSession({ url: `${running[scheme].url}/stream_1`, transport: 'tcp', credentials: CREDENTIALS, login }, async (session) => {
        const { status } = await session.describe();
        return { status, attempts: session.dialogue.exchanges.length, scheme: session.dialogue.authenticator.chosen()?.scheme };
      });

    it.each(['tcp', 'udp'] as const)('plays over %s with the right credentials', async (transport) => {
      const { statuses, facts } = await play(`${running[scheme].url}/stream_1`, transport, 2);
      const refusals = Object.values(statuses).flatMap((each) => each.filter((status) => status === 401));
      expect(refusals.length).toBeGreaterThan(0);
      expect(Object.values(statuses).map((each) => each.at(-1))).toEqual([200, 200, 200, 200, 200]);
      expect(facts[0]?.content).toMatchObject({ width: 320, height: 240 });
    });

    it('answers the challenge once', async () => {
      expect(await describeAs('right')).toEqual({ status: 200, attempts: 2, scheme });
    });

    it.each(['wrong-password', 'wrong-user'] as const)('refuses credentials with a %s, after one try', async (login) => {
      expect(await describeAs(login)).toEqual({ status: 401, attempts: 2, scheme });
    });

    it('refuses who has none', async () => {
      expect(await describeAs('none')).toMatchObject({ status: 401, attempts: 1 });
    });
  });
});

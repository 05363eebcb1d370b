/** 19.3 to 19.5: sessions: that they last, that their ids are looked at, and that several go on at once. */
import { WHOLE } from '../../lib/camera/camera.ts';
import { describe } from '../../lib/camera/outcome.ts';
import { counted, seconds } from '../../lib/checks/quantities.ts';
import { statusOf } from '../../lib/checks/streams/rtsp-replies.ts';
import { silenceOf } from '../../lib/checks/streams/silence.ts';
import { endedBySign, evidenceOf, isTransportRefused, lasts, STREAMS, videoOf, type Watched } from '../../lib/checks/streams/stream-lab.ts';
import { timeConfiguration } from '../../lib/document/sections/10-time-configuration.ts';
import type { SectionApi } from '../../lib/execution/section.ts';
import type { StreamFacts } from '../../lib/media/stream-facts.ts';
import { fail, NonConformance, Skipped } from '../../lib/results/finding.ts';
import { playing, ROUTES, routeOf, watch } from './routes.ts';

/** What came sooner behind a sign of life was under way. */
const STOPS_AT_ONCE_MS = 500;
/** How long each of several viewers is shown video, and how long it may take until then. */
const VIEWED_MS = 600;
const LONGEST_VIEW_MS = 6000;

/** Of all sessions that were watched, one of them for longer than its timeout where that is short. */
export function keepsSessions({ requirement }: SectionApi): void {
  const options = { place: '19.4', covers: ['play-session'] } as const;
  requirement(
    'rtsp/session/keep-alive',
    'must',
    'a session lives on when it is kept alive',
    { ...options, after: ['rtsp/stream_0.tcp/rtp-arrives'] },
    async (workplace) => {
      const session = await playing(workplace, routeOf(STREAMS[0], 'tcp'));
      const { signOfLife: sign, exchanges } = session;
      if (sign === null) throw new Skipped('blocked', 'the session ended before it could be kept alive');
      const lastMs = videoOf(session.facts)?.source?.lastArrivedAtMs ?? session.receivedUntil;
      const silentMs = session.receivedUntil - lastMs;
      const expected = `video for as long as the session is kept alive, here by ${sign.method}${sign.method === 'GET_PARAMETER' ? ', which Public names' : ''}`;
      const answer = sign.reply === null ? 'without an answer to it' : `after it was answered with ${statusOf(sign.reply)}`;
      if (endedBySign(session)) fail(expected, `the camera ended the connection ${answer}`, evidenceOf({ exchanges }, sign.method));
      const sinceSign = session.receivedMs - sign.sentMs - silentMs;
      if (session.endedAfterMs === null && sinceSign < STOPS_AT_ONCE_MS && !silenceOf(session).isUsual)
        fail(expected, `no packet in the ${seconds(silentMs)} ${answer}`, evidenceOf({ exchanges }, sign.method));
    },
  );

  requirement(
    'rtsp/session/lasts',
    'must',
    'a session goes on until TEARDOWN',
    { ...options, after: ['rtsp/session/keep-alive'] },
    async (workplace) => {
      const ended: string[] = [];
      let shown: Watched | null = null;
      for (const route of ROUTES) {
        const session = await watch(workplace, route);
        if (session.endedAfterMs === null || endedBySign(session)) continue;
        ended.push(`${seconds(session.endedAfterMs)} behind PLAY of ${route.over}`);
        shown ??= session;
      }
      if (shown !== null)
        fail(
          'a session that goes on until TEARDOWN while it is kept alive',
          `the camera ends the connection ${ended.join(', ')}`,
          evidenceOf(shown, 'PLAY'),
        );
    },
  );
}

/** What a viewer sends before it plays, of the settings of 10. */
const SYNCHRONISED = ['ntpServer', 'timeInterval', 'timeZone', 'ntp_enable'] as const;

export function servesStartingViewer({ requirement }: SectionApi): void {
  requirement(
    'rtsp/viewer/start',
    'should',
    'a viewer that sets the time synchronisation as it is, asks for the port and plays stream_0 over TCP gets video',
    { place: '19.4', covers: ['main-stream-url'], after: ['rtsp/stream_0.tcp/rtp-arrives'] },
    async ({ streams, bench, camera }) => {
      const [time] = timeConfiguration.parts.flatMap((part) => (part.kind === 'settings' ? [part] : []));
      if (time === undefined) throw new Error('Could not find the settings of section 10.');
      const settings = bench.lab(time, WHOLE);
      const shown = await settings.opening();
      const asItIs = Object.fromEntries(SYNCHRONISED.flatMap((name) => (name in shown ? [[name, settings.current[name]]] : [])));
      const outcome = await settings.write(asItIs);
      if (outcome.kind !== 'done') throw new Skipped('blocked', `setTime is answered with ${describe(outcome)}`);
      await camera.call('getRtspConf', null);
      const enough = (facts: () => readonly StreamFacts[]): boolean => lasts(videoOf(facts()), VIEWED_MS);
      const watched = await streams.watch(STREAMS[0], { transport: 'tcp', media: 'video', enough, durationMs: LONGEST_VIEW_MS });
      if (isTransportRefused(watched)) throw new Skipped('not-testable', 'the camera streams over UDP alone');
      if (!lasts(videoOf(watched.facts), VIEWED_MS)) {
        const last = watched.play ?? watched.setups.at(-1) ?? watched.describe ?? watched.options;
        fail(
          `video for ${VIEWED_MS} ms within ${LONGEST_VIEW_MS / 1000} s, behind a setTime that changes nothing`,
          `none, or less; the last request is answered with ${statusOf(last)}`,
          last.exchange,
        );
      }
    },
  );
}

export function checksSessions({ requirement }: SectionApi): void {
  requirement(
    'rtsp/session/checked',
    'should',
    'PLAY and TEARDOWN with the id of another session are refused, also where there is one',
    { place: '19.4', covers: ['play-session'], after: ['rtsp/play-without-session/refused'] },
    async (workplace) => {
      const { unended } = await watch(workplace, routeOf(STREAMS[0], 'tcp'));
      // Who does not answer TEARDOWN at all is told so elsewhere.
      const methods = unended === null ? ['PLAY', 'TEARDOWN'] : ['PLAY'];
      await workplace.streams.open(STREAMS[0], {}, async (session) => {
        await session.start();
        const { id, dialogue, aggregateUrl: url } = session;
        if (id === null) throw new Skipped('not-testable', 'the camera gives its sessions no ids');
        for (const method of methods) {
          const reply = await dialogue.ask({ method, url, headers: [['Session', otherThan(id)]] });
          if (reply.status < 400)
            fail(
              `${method} with the id of another session is refused (454 Session Not Found)`,
              `${statusOf(reply)}: it is carried out`,
              reply.exchange,
            );
        }
      });
    },
  );
}

/** As long, and of the same characters. */
const otherThan = (id: string): string => [...id].map((character) => (character === '7' ? '3' : '7')).join('');

export function servesFourViewers({ requirement }: SectionApi): void {
  requirement(
    'rtsp/viewers/four-at-once',
    'should',
    'four viewers at once get video, as far as the camera lets them in',
    { place: '19.4', covers: ['main-stream-url'], after: ['rtsp/stream_0.tcp/rtp-arrives', 'rtsp/session/distinct'] },
    async ({ streams }) => {
      const enough = (facts: () => readonly StreamFacts[]): boolean => lasts(videoOf(facts()), VIEWED_MS);
      const viewers = await Promise.allSettled(
        [1, 2, 3, 4].map(() => streams.watch(STREAMS[0], { transport: 'tcp', media: 'video', enough, durationMs: LONGEST_VIEW_MS })),
      );
      // What is no finding for one viewer is none for four.
      for (const viewer of viewers) if (viewer.status === 'rejected' && !(viewer.reason instanceof NonConformance)) throw viewer.reason;
      // RFC 2326, 11.3.4: a camera that has no room for more says so.
      const isRefused = (viewer: (typeof viewers)[number]): boolean =>
        viewer.status === 'fulfilled' &&
        [viewer.value.describe, ...viewer.value.setups, viewer.value.play].some((reply) => (reply?.status ?? 0) >= 400);
      const letIn = viewers.filter((viewer) => !isRefused(viewer));
      const blind = letIn.filter((viewer) => viewer.status === 'rejected' || !lasts(videoOf(viewer.value.facts), VIEWED_MS));
      if (letIn.length === viewers.length && blind.length === 0) return;
      if (blind.length === 0)
        throw new Skipped('not-testable', `${counted(viewers.length - letIn.length, 'viewer')} of 4 refused: the camera has no room for more`);
      const [shown] = blind.flatMap((viewer) => (viewer.status === 'fulfilled' ? [viewer.value] : []));
      fail(
        `video for ${VIEWED_MS} ms within ${LONGEST_VIEW_MS / 1000} s for each of ${counted(letIn.length, 'viewer')} that ${letIn.length === 1 ? 'is' : 'are'} let in at once`,
        `none, or less, for ${blind.length} of them`,
        shown === undefined ? null : evidenceOf(shown, 'PLAY'),
      );
    },
  );
}

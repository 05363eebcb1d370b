/** 19.3: SETUP, the transport that it agrees on and the session that it gives. */
import { expectRefused, expectSuccess, header, isSuccess } from '../../lib/checks/streams/rtsp-replies.ts';
import { STREAMS } from '../../lib/checks/streams/stream-lab.ts';
import type { SectionApi } from '../../lib/execution/section.ts';
import { fail, Skipped } from '../../lib/results/finding.ts';
import type { RtspReply } from '../../lib/rtsp/connection.ts';
import type { NumberPair } from '../../lib/rtsp/headers/transport.ts';
import { type Route, skipWithoutTransport, watch } from './routes.ts';

const portsOf = (pair: NumberPair | null): string | null => (pair === null ? null : `${pair.first}${pair.second === null ? '' : `-${pair.second}`}`);

export function setsUpTracks({ requirement }: SectionApi, route: Route): void {
  const { id, over, transport } = route;
  requirement(
    `${id}/setup`,
    'must',
    `${over}: SETUP of each track is answered with 200 and the transport that was asked for`,
    { place: '19.3', covers: ['setup-status', 'setup-transport'] },
    async (workplace) => {
      const { setups, tracks } = await watch(workplace, route);
      if (setups.length === 0) throw new Skipped('blocked', 'nothing was described that could be set up');
      await skipWithoutTransport(workplace, route);
      for (const setup of setups) expectSuccess(setup);
      for (const [index, { answered, asked }] of tracks.entries()) {
        const setup = setups[index];
        if (answered === null || setup === undefined) continue;
        const evidence = setup.exchange;
        const received = `Transport: ${header(setup, 'transport')}`;
        if (transport === 'udp' && answered.serverPort === null) fail('a Transport with server_port', received, evidence);
        const isInterleaved = answered.interleaved !== null;
        if (isInterleaved !== (transport === 'tcp'))
          fail(`a Transport of ${transport.toUpperCase()}, as asked: ${asked.protocol}`, received, evidence);
        if (answered.delivery === 'multicast') fail('a Transport with unicast, as asked', received, evidence);
      }
    },
  );

  requirement(
    `${id}/setup-headers`,
    'should',
    `${over}: SETUP gives a session of its own and says which transport it chose`,
    { place: '19.3', covers: ['setup-session'] },
    async (workplace) => {
      const { setups, tracks } = await watch(workplace, route);
      const [first] = setups;
      if (first === undefined) throw new Skipped('blocked', 'nothing was set up');
      await skipWithoutTransport(workplace, route);
      const session = header(expectSuccess(first), 'session');
      if (session === undefined) fail('a Session header', 'no Session header', first.exchange);
      if ((session.split(';')[0] ?? '').trim().length < 8)
        fail('a session id of 8 characters or more (RFC 2326, 3.4)', `Session: ${session}`, first.exchange);
      const silent = tracks.findIndex(({ answered }) => answered === null);
      if (silent >= 0) fail('a Transport header', 'no Transport header that can be read', (setups[silent] ?? first).exchange);
      const ids = new Set(setups.filter(isSuccess).map((setup) => header(setup, 'session')?.split(';')[0]?.trim()));
      if (ids.size > 1) fail('one session for all tracks of a stream', `sessions ${[...ids].join(' and ')}`, (setups.at(-1) as RtspReply).exchange);
      for (const [index, { asked, answered }] of tracks.entries()) {
        const evidence = (setups[index] ?? first).exchange;
        const [own, repeated] = [portsOf(asked.clientPort), portsOf(answered?.clientPort ?? null)];
        if (answered?.clientPort?.second === null ? !own?.startsWith(`${repeated}-`) : repeated !== null && repeated !== own)
          fail(own === null ? 'no client_port, which was not asked for' : `client_port=${own}, as asked`, `client_port=${repeated}`, evidence);
      }
      const channels = tracks.flatMap(({ answered }) => answered?.interleaved?.first ?? []);
      if (new Set(channels).size < channels.length)
        fail(
          'interleaved channels of its own for each track',
          `tracks that begin at channels ${channels.join(' and ')}`,
          (setups.at(-1) as RtspReply).exchange,
        );
    },
  );
}

export function givesEachSessionItsId({ requirement }: SectionApi): void {
  requirement(
    'rtsp/session/distinct',
    'must',
    'two sessions at once have different ids',
    { place: '19.3', covers: ['setup-session'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (first) => {
        await first.start();
        await streams.open(STREAMS[0], {}, async (second) => {
          await second.describe();
          const [media] = second.media;
          if (media === undefined) throw new Skipped('blocked', 'nothing to set up');
          const reply = await second.setup(media);
          if (!isSuccess(reply)) throw new Skipped('not-testable', `a second session is answered with status ${reply.status}`);
          if (first.id !== null && first.id === second.id)
            fail('a session id that no other session has (RFC 2326, 12.37)', `Session: ${second.id} for two at once`, reply.exchange);
        });
      });
    },
  );
}

export function refusesSetupWithoutTransport({ requirement }: SectionApi): void {
  requirement(
    'rtsp/setup-without-transport/refused',
    'must',
    'SETUP without Transport is refused',
    { place: '19.3', covers: ['setup-status'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (session) => {
        await session.describe();
        expectRefused(await session.dialogue.ask({ method: 'SETUP', url: session.aggregateUrl }), 'SETUP without Transport');
      });
    },
  );
}

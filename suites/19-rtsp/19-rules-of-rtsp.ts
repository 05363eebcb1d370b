/** 19 as a whole: what RFC 2326 leaves a client free to send, and a client library that another hand wrote. */
import { UNREADABLE } from '../../lib/checks/streams/broken-rules.ts';
import { expectRefused, isSuccess } from '../../lib/checks/streams/rtsp-replies.ts';
import { isTransportRefused, STREAMS } from '../../lib/checks/streams/stream-lab.ts';
import type { SectionApi } from '../../lib/execution/section.ts';
import { fail, Skipped } from '../../lib/results/finding.ts';
import { handshake } from '../../lib/rtsp/witness.ts';
import { routeOf, watch } from './routes.ts';

export function refusesAnotherVersion({ requirement }: SectionApi): void {
  requirement(
    'rtsp/version/refused',
    'should',
    'a request of another RTSP version is refused',
    { place: '19', covers: ['options-status'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (session) => {
        expectRefused(await session.dialogue.ask({ method: 'OPTIONS', url: session.dialogue.url, version: 'RTSP/9.9' }), 'RTSP/9.9');
      });
    },
  );
}

export function readsWhatClientsMaySend({ requirement }: SectionApi): void {
  requirement(
    'rtsp/header-names/any-case',
    'should',
    'header names are understood in any case of letters',
    { place: '19', covers: ['options-status'] },
    async ({ streams }) => {
      await streams.open(STREAMS[0], {}, async (session) => {
        if (!isSuccess(await session.options())) throw new Skipped('blocked', 'OPTIONS is refused in any spelling');
        const reply = await session.dialogue.ask({ method: 'OPTIONS', url: session.dialogue.url, spelling: (name) => name.toLowerCase() });
        if (!isSuccess(reply)) fail('status 200 for "cseq" as for "CSeq" (RFC 2326, 4.2)', `status ${reply.status}`, reply.exchange);
      });
    },
  );

  requirement(
    'rtsp/user-agent/optional',
    'should',
    'a request without User-Agent is served',
    { place: '19.2', covers: ['describe-status'] },
    async ({ streams }) => {
      const named = await streams.open(STREAMS[0], {}, (session) => session.describe());
      if (!isSuccess(named)) throw new Skipped('blocked', 'DESCRIBE is refused with User-Agent, too');
      const reply = await streams.open(STREAMS[0], { userAgent: null }, (session) => session.describe());
      if (!isSuccess(reply)) fail('status 200 without User-Agent (RFC 2326, 12.41)', `status ${reply.status}`, reply.exchange);
    },
  );
}

export function servesOrdinaryLibrary({ requirement }: SectionApi): void {
  requirement(
    'rtsp/witness/handshake',
    'should',
    'an ordinary client library gets through the handshake',
    { place: '19', covers: ['main-stream-url'] },
    async (workplace) => {
      const { streams, camera } = workplace;
      const own = await watch(workplace, routeOf(STREAMS[0], 'udp'));
      if (isTransportRefused(own)) throw new Skipped('not-testable', 'the library knows UDP alone, which this camera does without');
      if (![own.options, own.describe, own.play, own.teardown].every((reply) => reply !== null && isSuccess(reply)))
        throw new Skipped('blocked', 'the suite itself does not get through the handshake');
      const { user, password } = camera.options;
      const problem = await handshake(await streams.url(STREAMS[0]), user, password);
      if (problem === null) return;
      // The library reads too little of RTSP to be a judge: headers that are folded, replies in several segments, an empty reason.
      if (!own.exchanges.some(({ deviations }) => deviations.some(({ id }) => UNREADABLE.has(id))))
        throw new Skipped('not-testable', `the package rtsp-client stops (${problem}), and no rule that the camera breaks explains it`);
      fail('the package rtsp-client gets as far as PLAY', problem);
    },
  );
}

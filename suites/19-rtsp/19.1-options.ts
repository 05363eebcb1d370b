/** 19.1: OPTIONS, and the sequence number that every reply repeats. */
import { brokenRule, UNREADABLE } from '../../lib/checks/streams/broken-rules.ts';
import { expectSequenceRepeated, expectSuccess, header } from '../../lib/checks/streams/rtsp-replies.ts';
import { STREAMS } from '../../lib/checks/streams/stream-lab.ts';
import type { SectionApi } from '../../lib/execution/section.ts';
import { fail } from '../../lib/results/finding.ts';
import { type Route, watch } from './routes.ts';

/** 19: the methods that are supported. */
const METHODS = ['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN'];

export function refusalsRepeatSequence({ requirement }: SectionApi): void {
  requirement(
    'rtsp/refusals/cseq',
    'should',
    'a refusal repeats the CSeq of its request, too',
    { place: '19.1', covers: ['sequence-number-echoed'] },
    async ({ streams }) => {
      // The document shows no refusal, so this is RFC 2326's alone (12.17). Some cameras leave CSeq out of a 401 (Parrot-Developers/librtsp#2),
      // and clients cope: there is one open request.
      for (const [stream, login] of [
        [STREAMS[0], 'none'],
        ['stream_99', 'right'],
      ] as const) {
        await streams.open(stream, { login }, async (session) => {
          await session.describe();
          expectSequenceRepeated(session.dialogue.exchanges.filter(({ reply }) => reply !== null && reply.status >= 300));
        });
      }
    },
  );
}

/** Of a route over TCP: the same is asked over both. */
export function answersOptions({ requirement }: SectionApi, route: Route): void {
  const { id, stream, url } = route;
  requirement(
    `${id}/options`,
    'must',
    `${stream}: OPTIONS is answered with 200 and names the five methods`,
    { place: '19.1', covers: ['options-status', 'public-names-five-methods'] },
    async (workplace) => {
      const { options } = await watch(workplace, route);
      expectSuccess(options);
      const named = (header(options, 'public') ?? '').toUpperCase().split(/[\s,]+/);
      const missing = METHODS.filter((method) => !named.includes(method));
      if (missing.length > 0)
        fail(
          `Public: ${METHODS.join(', ')}, and others`,
          header(options, 'public') === undefined ? 'no Public header' : `Public: ${header(options, 'public')}, without ${missing.join(', ')}`,
          options.exchange,
        );
    },
  );

  // Each reply that 19.1 to 19.5 show repeats CSeq, and the contract requires the handshake: so it does of a reply with success.
  requirement(
    `${id}/cseq`,
    'must',
    `${stream}: each reply of the handshake repeats the CSeq of its request`,
    { place: '19.1', covers: ['sequence-number-echoed'] },
    async (workplace) => {
      const { exchanges } = await watch(workplace, route);
      expectSequenceRepeated(exchanges.filter(({ reply }) => reply !== null && reply.status < 300));
    },
  );

  requirement(
    `${id}/syntax`,
    'should',
    `${stream}: replies are written as RFC 2326 wants them`,
    { place: '19', covers: [url] },
    async (workplace) => {
      const { exchanges } = await watch(workplace, route);
      for (const exchange of exchanges) {
        // What is said of the length of a description has a check of its own.
        const odd = exchange.deviations.find(
          ({ id: kind }) => UNREADABLE.has(kind) && !(exchange.method === 'DESCRIBE' && kind === 'length-mismatch'),
        );
        if (odd !== undefined) fail(`a reply to ${exchange.method} as in RFC 2326, 4 and 7`, brokenRule(odd), exchange);
      }
    },
  );
}

/** 19.2: DESCRIBE, its headers and the description that it brings. */
import { brokenRule, MISDESCRIBED } from '../../lib/checks/streams/broken-rules.ts';
import { expectRefused, expectSuccess, header, isSuccess, statusOf } from '../../lib/checks/streams/rtsp-replies.ts';
import { evidenceOf } from '../../lib/checks/streams/stream-lab.ts';
import type { SectionApi } from '../../lib/execution/section.ts';
import { fail } from '../../lib/results/finding.ts';
import { type Route, watch } from './routes.ts';

/** Of a route over TCP: the same is asked over both. */
export function describesStream({ requirement }: SectionApi, route: Route): void {
  const { id, stream, url } = route;
  requirement(
    `${id}/describe`,
    'must',
    `${stream}: DESCRIBE is answered with a session description that has video`,
    { place: '19.2', covers: ['describe-status', url] },
    async (workplace) => {
      const { describe, sdp } = await watch(workplace, route);
      const reply = expectSuccess(describe);
      if (!sdp?.media.some(({ kind }) => kind === 'video'))
        fail(
          'a session description with m=video',
          sdp === null ? 'no session description' : `a description with ${sdp.media.map(({ kind }) => `m=${kind}`).join(' and ') || 'no m= line'}`,
          reply.exchange,
        );
    },
  );

  requirement(
    `${id}/describe-headers`,
    'should',
    `${stream}: the session description has its type, its length and a usable base`,
    { place: '19.2', covers: ['describe-type', 'describe-length', 'describe-base'] },
    async (workplace) => {
      const { describe } = await watch(workplace, route);
      const reply = expectSuccess(describe);
      const type = header(reply, 'content-type');
      if (type?.split(';')[0]?.trim().toLowerCase() !== 'application/sdp')
        fail('Content-Type: application/sdp', type === undefined ? 'no Content-Type' : `Content-Type: ${type}`, reply.exchange);
      const wrong = reply.exchange.deviations.find(({ id: kind }) => /length|base/.test(kind));
      if (wrong !== undefined) fail('Content-Length and Content-Base that hold', `${wrong.id.replaceAll('-', ' ')}: ${wrong.detail}`, reply.exchange);
    },
  );

  requirement(
    `${id}/description`,
    'should',
    `${stream}: the session description follows its rules`,
    { place: '19.2', covers: ['describe-type'] },
    async (workplace) => {
      const { describe, sdp, facts, exchanges } = await watch(workplace, route);
      expectSuccess(describe);
      const odd = [...(sdp?.deviations ?? []), ...facts.flatMap(({ deviations }) => deviations)].find(({ id: kind }) => MISDESCRIBED.has(kind));
      if (odd !== undefined)
        fail('a description as in RFC 4566, RFC 2326 appendix C and RFC 6184, 8', brokenRule(odd), evidenceOf({ exchanges }, 'DESCRIBE'));
    },
  );
}

export function refusesUnknownStream({ requirement }: SectionApi): void {
  requirement(
    'rtsp/unknown-stream/refused',
    'must',
    'DESCRIBE of a stream that the document does not name is refused, or answered with a description that has video',
    { place: '19.2', covers: ['describe-status'] },
    async ({ streams }) => {
      // 19 does not say what other names do: some cameras know more of them, some serve the main stream under any.
      await streams.open('stream_99', {}, async (session) => {
        const reply = await session.describe();
        if (isSuccess(reply) && !session.media.some(({ kind }) => kind === 'video'))
          fail(
            'a status of 4xx or 5xx for an unknown stream, or a description with m=video',
            `${statusOf(reply)}, and no video described`,
            reply.exchange,
          );
        if (!isSuccess(reply)) expectRefused(reply, 'an unknown stream');
      });
    },
  );
}

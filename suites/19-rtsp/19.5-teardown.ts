/** 19.5: TEARDOWN, and that the packets stop. */
import { latePackets, UNDER_WAY_MS } from '../../lib/checks/streams/after-teardown.ts';
import { expectSuccess } from '../../lib/checks/streams/rtsp-replies.ts';
import { evidenceOf, type Watched } from '../../lib/checks/streams/stream-lab.ts';
import type { SectionApi, Workplace } from '../../lib/execution/section.ts';
import { fail, Skipped } from '../../lib/results/finding.ts';
import type { RtspFaultReason } from '../../lib/rtsp/fault.ts';
import { playing, ROUTES, type Route, watch } from './routes.ts';

export function endsSession({ requirement }: SectionApi, route: Route): void {
  const { id, over } = route;
  requirement(
    `${id}/teardown`,
    'must',
    `${over}: TEARDOWN is answered with 200, and the packets stop`,
    { place: '19.5', covers: ['teardown-status', 'teardown-ends-session'] },
    async (workplace) => {
      const session = await playing(workplace, route);
      if (session.endedAfterMs !== null) throw new Skipped('blocked', 'the camera ended the session by itself');
      await expectAnswered(workplace, route, session);
      const reply = expectSuccess(session.teardown);
      const late = session.afterTeardown === null ? null : latePackets(session.afterTeardown);
      if (late !== null)
        fail(`no RTP packets later than ${UNDER_WAY_MS} ms after the reply to TEARDOWN (some may be under way)`, late, reply.exchange);
    },
  );
}

const NO_ANSWER: Readonly<Partial<Record<RtspFaultReason, string>>> = {
  timeout: 'no answer within the time limit of a request',
  dropped: 'the camera ends the connection in place of an answer',
};

/** A camera that never answers it is told so once, at the first stream that plays. */
async function expectAnswered(workplace: Workplace, route: Route, session: Watched): Promise<void> {
  if (session.unended === null) return;
  for (const other of ROUTES) {
    if (other.id === route.id) break;
    if ((await watch(workplace, other)).unended !== null) throw new Skipped('blocked', `TEARDOWN of ${other.over} is not answered, either`);
  }
  const { reason, message } = session.unended;
  fail('TEARDOWN is answered with status 200', NO_ANSWER[reason] ?? message, evidenceOf(session, 'TEARDOWN'));
}

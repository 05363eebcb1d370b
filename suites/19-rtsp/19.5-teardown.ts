/** 19.5: TEARDOWN, and that the packets stop. */
import { latePackets, UNDER_WAY_MS } from '../../lib/checks/streams/after-teardown.ts';
import { expectSuccess } from '../../lib/checks/streams/rtsp-replies.ts';
import type { SectionApi } from '../../lib/execution/section.ts';
import { fail, Skipped } from '../../lib/results/finding.ts';
import { playing, type Route } from './routes.ts';

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
      const reply = expectSuccess(session.teardown);
      const late = session.afterTeardown === null ? null : latePackets(session.afterTeardown);
      if (late !== null)
        fail(`no RTP packets later than ${UNDER_WAY_MS} ms after the reply to TEARDOWN (some may be under way)`, late, reply.exchange);
    },
  );
}

/** 19.8: the switch of the authentication ("certification"), seen on the wire. */
import { DONE_STRICTLY } from '../../lib/checks/actions/expectations.ts';
import { expectRefused, isSuccess, statusOf } from '../../lib/checks/streams/rtsp-replies.ts';
import { STREAMS, type StreamName } from '../../lib/checks/streams/stream-lab.ts';
import type { Members } from '../../lib/document/row-value.ts';
import { rtspEvidence } from '../../lib/evidence/viewing.ts';
import type { SectionApi, Workplace } from '../../lib/execution/section.ts';
import { fail, Skipped } from '../../lib/results/finding.ts';
import type { Authorized, RtspLogin } from '../../lib/rtsp/auth.ts';
import type { RtspReply } from '../../lib/rtsp/connection.ts';
import { forgedDigest, wrongBasic } from '../../lib/rtsp/forged-login.ts';

/** Whether a login is served, with the authentication that `members` switch. */
const served = async (workplace: Workplace, members: Members, login: RtspLogin): Promise<RtspReply> => {
  workplace.done(await workplace.lab('getRtspConf').write(members));
  return workplace.streams.open(STREAMS[0], { login }, (session) => session.describe());
};
/** What switches the authentication: `enable` as the table says, with `auth` beside it where the camera has that, too. */
const switched = (reply: Members, to: 0 | 1): Members => ({ enable: to, ...('auth' in reply ? { auth: to } : {}) });

/** What a request is answered with that has credentials of our own making, on a connection that was refused without any. Null: there are none. */
const asked = (
  { streams }: Workplace,
  method: string,
  stream: StreamName,
  credentials: (refused: RtspReply, url: string) => Authorized | null,
): Promise<RtspReply | null> =>
  streams.open(stream, { login: 'none' }, async ({ dialogue }) => {
    const { url, connection } = dialogue;
    const authorization = credentials(await dialogue.ask({ method, url, headers: [['Accept', 'application/sdp']] }), url);
    return authorization === null ? null : connection.send({ method, url, headers: [['Accept', 'application/sdp']], authorization });
  });

const LOGINS = { none: 'a request without credentials', 'wrong-user': 'a wrong user name', 'wrong-password': 'a wrong password' } as const;
const withAuthentication = { place: '19.8', action: 'setRtspConf', hazards: ['network'] } as const;

export function demandsAuthentication({ requirement }: SectionApi): void {
  requirement(
    'rtsp/authentication/required',
    'must',
    'with certification open, the right credentials are served and all others refused',
    { ...withAuthentication, covers: ['authentication-when-enabled'], strict: DONE_STRICTLY },
    async (workplace) => {
      const reply = await workplace.lab('getRtspConf').opening();
      if (!('enable' in reply)) throw new Skipped('not-offered', 'getRtspConf does not return enable');
      const members = switched(reply, 1);
      const right = await served(workplace, members, 'right');
      if (!isSuccess(right)) fail('status 200 for the right user and password while enable is 1', statusOf(right), rtspEvidence(right.exchange));
      for (const login of ['none', 'wrong-user', 'wrong-password'] as const) {
        const refused = await served(workplace, members, login);
        if (refused.status !== 401)
          fail(
            `status 401 for ${LOGINS[login]} while enable is 1`,
            `status ${refused.status}${isSuccess(refused) ? ': it is served' : ''}`,
            rtspEvidence(refused.exchange),
          );
      }
      const basic = await asked(workplace, 'DESCRIBE', STREAMS[0], () => wrongBasic(workplace.camera.options));
      if (basic !== null) expectRefused(basic, 'Basic with a wrong password');
    },
  );

  requirement(
    'rtsp/authentication/every-request',
    'must',
    'with certification open, a track is not set up without credentials either',
    { ...withAuthentication, covers: ['authentication-when-enabled'], after: ['rtsp/authentication/required'], strict: DONE_STRICTLY },
    async (workplace) => {
      const reply = await workplace.lab('getRtspConf').opening();
      if (!('enable' in reply)) throw new Skipped('not-offered', 'getRtspConf does not return enable');
      workplace.done(await workplace.lab('getRtspConf').write(switched(reply, 1)));
      const url = await workplace.streams.open(STREAMS[0], {}, async (session) => {
        await session.describe();
        const [media] = session.media;
        if (media !== undefined) await session.setup(media);
        return session.tracks[0]?.url ?? null;
      });
      if (url === null) throw new Skipped('blocked', 'no track can be set up with the right credentials');
      const refused = await workplace.streams.open(STREAMS[0], { login: 'none' }, (session) =>
        session.dialogue.ask({ method: 'SETUP', url, headers: [['Transport', 'RTP/AVP/TCP;unicast;interleaved=0-1']] }),
      );
      expectRefused(refused, 'SETUP without credentials');
    },
  );

  requirement(
    'rtsp/authentication/forged',
    'should',
    'a Digest for another nonce, realm or method is refused',
    { ...withAuthentication, covers: ['authentication-when-enabled'], after: ['rtsp/authentication/required'], strict: DONE_STRICTLY },
    async (workplace) => {
      const reply = await workplace.lab('getRtspConf').opening();
      if (!('enable' in reply)) throw new Skipped('not-offered', 'getRtspConf does not return enable');
      workplace.done(await workplace.lab('getRtspConf').write(switched(reply, 1)));
      const { user, password } = workplace.camera.options;
      for (const what of ['nonce', 'realm', 'method'] as const) {
        const forged = await asked(workplace, 'DESCRIBE', STREAMS[0], (refused, url) =>
          forgedDigest(refused.response.headers, { user, password }, { method: 'DESCRIBE', url }, what),
        );
        if (forged === null) throw new Skipped('not-testable', 'the camera offers no Digest with MD5 and without qop');
        expectRefused(forged, `a Digest for another ${what}`);
      }
    },
  );

  requirement(
    'rtsp/authentication/not-required',
    'must',
    'with certification closed, a request without credentials is served',
    { ...withAuthentication, covers: ['open-when-disabled'], strict: DONE_STRICTLY },
    async (workplace) => {
      const reply = await workplace.lab('getRtspConf').opening();
      if (!('enable' in reply)) throw new Skipped('not-offered', 'getRtspConf does not return enable');
      const open = await served(workplace, switched(reply, 0), 'none');
      if (!isSuccess(open)) fail('status 200 without credentials while enable is 0', statusOf(open), rtspEvidence(open.exchange));
    },
  );
}

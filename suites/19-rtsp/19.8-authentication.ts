/** 19.8: the switch of the authentication ("certification"), seen on the wire. */
import { DONE_STRICTLY } from '../../lib/checks/actions/expectations.ts';
import { expectRefused, isSuccess, statusOf } from '../../lib/checks/streams/rtsp-replies.ts';
import { STREAMS } from '../../lib/checks/streams/stream-lab.ts';
import type { Members } from '../../lib/document/row-value.ts';
import type { SectionApi, Workplace } from '../../lib/execution/section.ts';
import { fail, Skipped } from '../../lib/results/finding.ts';
import type { Authorized, RtspLogin } from '../../lib/rtsp/auth.ts';
import type { RtspReply } from '../../lib/rtsp/connection.ts';
import { madeBasic, madeDigest } from '../../lib/rtsp/made-login.ts';
import { nearLogins } from '../../lib/rtsp/near-login.ts';

/** Switches the authentication: `enable` as the table says, with `auth` beside it where the camera has that, too. */
async function switchTo({ lab, done }: Workplace, to: 0 | 1): Promise<void> {
  const settings = lab('getRtspConf');
  const reply = await settings.opening();
  if (!('enable' in reply)) throw new Skipped('not-offered', 'getRtspConf does not return enable');
  const members: Members = { enable: to, ...('auth' in reply ? { auth: to } : {}) };
  done(await settings.write(members));
}

/** What DESCRIBE with a login is answered with. */
async function describedAs({ streams, camera }: Workplace, login: RtspLogin): Promise<RtspReply> {
  if (login !== 'right' && login !== 'none') await camera.logIns.beforeWrong();
  return streams.open(STREAMS[0], { login }, (session) => session.describe());
}

interface Challenged {
  readonly refused: RtspReply;
  readonly url: string;
}

/** What DESCRIBE is answered with that has credentials of our own making, on a connection that was refused without any. Null: there are none. */
const askedWith = ({ streams, camera }: Workplace, credentials: (challenged: Challenged) => Authorized | null): Promise<RtspReply | null> =>
  streams.open(STREAMS[0], { login: 'none' }, async ({ dialogue }) => {
    const { url, connection } = dialogue;
    const request = { method: 'DESCRIBE', url, headers: [['Accept', 'application/sdp']] } as const;
    const authorization = credentials({ refused: await dialogue.ask(request), url });
    if (authorization === null) return null;
    await camera.logIns.beforeWrong();
    return connection.send({ ...request, authorization });
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
      const { streams, camera } = workplace;
      await switchTo(workplace, 1);
      await streams.settled(async () => {
        const right = await describedAs(workplace, 'right');
        if (!isSuccess(right)) fail('status 200 for the right user and password while enable is 1', statusOf(right), right.exchange);
      });
      for (const login of ['none', 'wrong-user', 'wrong-password'] as const) {
        await streams.settled(async () => {
          const refused = await describedAs(workplace, login);
          if (refused.status !== 401)
            fail(
              `status 401 for ${LOGINS[login]} while enable is 1`,
              `status ${refused.status}${isSuccess(refused) ? ': it is served' : ''}`,
              refused.exchange,
            );
        });
      }
      const { user, password } = camera.options;
      const basic = await askedWith(workplace, ({ refused }) => madeBasic(refused.response.headers, { user, password: `${password}-wrong` }));
      if (basic !== null) expectRefused(basic, 'Basic with a wrong password');
    },
  );

  requirement(
    'rtsp/authentication/near-misses',
    'must',
    'with certification open, credentials that are nearly right are refused',
    { ...withAuthentication, covers: ['authentication-when-enabled'], after: ['rtsp/authentication/required'], strict: DONE_STRICTLY },
    async (workplace) => {
      await switchTo(workplace, 1);
      for (const { what, credentials } of nearLogins(workplace.camera.options)) {
        for (const [scheme, login] of [
          ['Digest', ({ refused, url }: Challenged) => madeDigest(refused.response.headers, credentials, { method: 'DESCRIBE', url })],
          ['Basic', ({ refused }: Challenged) => madeBasic(refused.response.headers, credentials)],
        ] as const) {
          await workplace.streams.settled(async () => {
            const reply = await askedWith(workplace, login);
            if (reply !== null) expectRefused(reply, `${scheme} with ${what}`);
          });
        }
      }
    },
  );

  requirement(
    'rtsp/authentication/every-request',
    'must',
    'with certification open, a track is not set up without credentials either',
    { ...withAuthentication, covers: ['authentication-when-enabled'], after: ['rtsp/authentication/required'], strict: DONE_STRICTLY },
    async (workplace) => {
      await switchTo(workplace, 1);
      const { url } = (await workplace.streams.trackOf(STREAMS[0])) ?? {};
      if (url === undefined) throw new Skipped('blocked', 'no track can be set up with the right credentials');
      await workplace.streams.settled(async () => {
        const refused = await workplace.streams.open(STREAMS[0], { login: 'none' }, (session) =>
          session.dialogue.ask({ method: 'SETUP', url, headers: [['Transport', 'RTP/AVP/TCP;unicast;interleaved=0-1']] }),
        );
        expectRefused(refused, 'SETUP without credentials');
      });
    },
  );

  requirement(
    'rtsp/authentication/forged',
    'should',
    'a Digest for another nonce, realm or method is refused',
    { ...withAuthentication, covers: ['authentication-when-enabled'], after: ['rtsp/authentication/required'], strict: DONE_STRICTLY },
    async (workplace) => {
      await switchTo(workplace, 1);
      const { user, password } = workplace.camera.options;
      for (const what of ['nonce', 'realm', 'method'] as const) {
        const forged = await askedWith(workplace, ({ refused, url }) =>
          madeDigest(refused.response.headers, { user, password }, { method: 'DESCRIBE', url }, what),
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
      await switchTo(workplace, 0);
      await workplace.streams.settled(async () => {
        const open = await describedAs(workplace, 'none');
        if (!isSuccess(open)) fail('status 200 without credentials while enable is 0', statusOf(open), open.exchange);
      });
    },
  );
}

/** Section 19.8: authentication that lets in or keeps out whom it should not, and sound that does not follow its switches. */
import { md5 } from '../../account.ts';
import type { RtspRequest } from '../../stream/request-reader.ts';
import type { StreamSettings } from '../../stream/stream-settings.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import type { Defect } from './notation.ts';
import { frozen } from './picturing.ts';
import { planted, responding } from './streaming.ts';

/** The account that an embedded camera has unless it is told another. */
const [USER, PASSWORD, REALM] = ['admin', '123456', 'camera'] as const;

const REQUIRED = ['authentication/required'];
const EVERY = ['authentication/every-request'];
const NEAR = ['authentication/near-misses'];
const FORGED = ['authentication/forged'];
const OPEN = ['authentication/not-required'];

const admitting = (
  id: string,
  does: string,
  noticedBy: readonly string[],
  admits: (isRight: boolean, authorization: string | undefined, method: string) => boolean,
): Defect =>
  planted(`authentication/${id}`, does, noticedBy, () => ({ admits: (method, isRight, authorization) => admits(isRight, authorization, method) }));

const parameter = (authorization: string, name: string): string => new RegExp(`\\b${name}="?([^",]+)`).exec(authorization)?.[1] ?? '';

/** Whether a Digest is right when the camera takes realm, nonce or method from the client. */
function isRightFor(authorization: string | undefined, method: string, trusts: 'realm' | 'nonce'): boolean {
  if (!authorization?.startsWith('Digest')) return false;
  const realm = trusts === 'realm' ? parameter(authorization, 'realm') : REALM;
  const expected = md5(
    `${md5(`${USER}:${realm}:${PASSWORD}`)}:${parameter(authorization, 'nonce')}:${md5(`${method}:${parameter(authorization, 'uri')}`)}`,
  );
  return parameter(authorization, 'response') === expected && parameter(authorization, 'username') === USER;
}

/** User and password of a Basic header. */
const basicOf = (authorization = ''): readonly [user: string, password: string] => {
  const text = Buffer.from(authorization.replace(/^Basic /i, ''), 'base64').toString('utf8');
  return /^Basic /i.test(authorization) ? [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)] : ['\0', '\0'];
};
const nearlyRight = (id: string, does: string, isTaken: (user: string, password: string) => boolean): Defect =>
  admitting(id, does, NEAR, (isRight, authorization) => isRight || isTaken(...basicOf(authorization)));

const isBasic = (authorization: string | undefined): boolean => authorization?.startsWith('Basic') ?? false;

const ACCESS: readonly Defect[] = [
  admitting('nobody-asked', 'asks nobody for credentials although they are required', REQUIRED, () => true),
  admitting('none-let-in', 'lets in whoever sends no credentials', REQUIRED, (isRight, authorization) => isRight || authorization === undefined),
  admitting(
    'any-credentials',
    'lets in whoever sends credentials of any kind',
    REQUIRED,
    (isRight, authorization) => isRight || authorization !== undefined,
  ),
  admitting(
    'any-password',
    'serves the right user with a wrong password',
    REQUIRED,
    (isRight, authorization) => isRight || (authorization?.includes('username="admin"') ?? false),
  ),
  admitting(
    'any-user',
    'serves any user but the right one with a wrong password',
    REQUIRED,
    (isRight, authorization) => isRight || (authorization?.startsWith('Digest') === true && !authorization.includes('username="admin"')),
  ),
  admitting('any-basic', 'takes any Basic credentials, and looks at Digest', REQUIRED, (isRight, authorization) => isRight || isBasic(authorization)),
  admitting('right-refused', 'refuses the right credentials', REQUIRED, () => false),
  nearlyRight('beginning', 'takes the beginning of the password over Basic', (user, password) => user === USER && PASSWORD.startsWith(password)),
  nearlyRight('first-character', 'takes the first character of the password alone', (user, password) => user === USER && password === PASSWORD[0]),
  nearlyRight('empty', 'takes an empty password over Basic', (user, password) => user === USER && password === ''),
  nearlyRight('user-in-any-case', 'takes the user name in any case', (user, password) => user.toLowerCase() === USER && password === PASSWORD),
  nearlyRight('beginning-of-user', 'takes the beginning of the user name', (user, password) => USER.startsWith(user) && password === PASSWORD),
  nearlyRight('no-user', 'takes the right password without a user', (user, password) => user === '' && password === PASSWORD),
  nearlyRight('nobody', 'takes neither user nor password for the right ones', (user, password) => user === '' && password === ''),
  admitting(
    'user-in-any-case-digest',
    'takes a Digest for the user name in capitals',
    NEAR,
    (isRight, authorization) => isRight || (authorization?.includes(`username="${USER.toUpperCase()}"`) ?? false),
  ),
  admitting('describe-alone', 'asks for credentials at DESCRIBE alone', EVERY, (isRight, _, method) => isRight || method !== 'DESCRIBE'),
  admitting('setup-open', 'sets up tracks without credentials', EVERY, (isRight, _, method) => isRight || method === 'SETUP'),
  admitting(
    'setup-and-play-open',
    'sets up and plays without credentials',
    EVERY,
    (isRight, _, method) => isRight || ['SETUP', 'PLAY'].includes(method),
  ),
  admitting(
    'any-nonce',
    'takes a Digest for a nonce that it never gave',
    FORGED,
    (isRight, authorization, method) => isRight || isRightFor(authorization, method, 'nonce'),
  ),
  admitting(
    'any-realm',
    'takes a Digest for another realm',
    FORGED,
    (isRight, authorization, method) => isRight || (isRightFor(authorization, method, 'realm') && parameter(authorization ?? '', 'realm') !== REALM),
  ),
  admitting(
    'any-method',
    'takes a Digest that was made for another method',
    FORGED,
    (isRight, authorization) => isRight || ['OPTIONS', 'SETUP', 'PLAY'].some((method) => isRightFor(authorization, method, 'nonce')),
  ),
  admitting('asked-when-open', 'asks for credentials although none are required', OPEN, (_, authorization) => authorization !== undefined),
  admitting(
    'inverted',
    'asks for credentials while certification is closed, and not while it is open',
    [...REQUIRED, ...OPEN],
    (isRight, authorization) => (authorization === undefined ? !isRight : isRight),
  ),
  ...(['403 Forbidden', '404 Not Found', '400 Bad Request'] as const).map((status) =>
    planted(`authentication/status-${status.slice(0, 3)}`, `refuses credentials with status ${status}`, REQUIRED, () => ({
      response: (_, text) => text.replace(/^RTSP\/1\.0 401 Unauthorized/, `RTSP/1.0 ${status}`),
    })),
  ),
  planted('authentication/no-challenge', 'refuses credentials without saying how to give them', REQUIRED, () => ({
    response: (_, text) => text.replace(/^WWW-Authenticate: .*\r\n/gm, ''),
  })),
  planted('authentication/unknown-scheme', 'offers a scheme alone that nobody knows', REQUIRED, () => ({
    response: (_, text) => text.replace(/^WWW-Authenticate: Digest .*\r\n/gm, '').replace('Basic realm', 'Hikka realm'),
  })),
  planted('authentication/other-nonce', 'names another nonce than it checks, and no Basic', REQUIRED, () => ({
    response: (_, text) => text.replace(/^WWW-Authenticate: Basic .*\r\n/m, '').replace(/nonce="\w/, 'nonce="x'),
  })),
  planted('authentication/other-realm', 'names another realm than it checks, and no Basic', REQUIRED, () => ({
    response: (_, text) => text.replace(/^WWW-Authenticate: Basic .*\r\n/m, '').replace('Digest realm="camera"', 'Digest realm="IP Camera"'),
  })),
  planted('authentication/silent', 'does not answer whoever gives no credentials', REQUIRED, () => ({
    response: (_, text) => (text.startsWith('RTSP/1.0 401') ? null : text),
  })),
  planted('authentication/hangs-up', 'ends the connection of whoever gives no credentials', OPEN, () => ({
    request: ({ headers, method }: RtspRequest) =>
      method === 'DESCRIBE' && !headers.has('authorization') ? { status: 401, headers: [['WWW-Authenticate', 'Basic realm="camera"']] } : undefined,
  })),
];

/** A tone for streams that have none. */
const TONE = { codec: 'PCMU', sampleRate: 8000 } as const;

const sounding = (
  id: string,
  does: string,
  noticedBy: readonly string[],
  change: (settings: StreamSettings, channel: 0 | 1) => StreamSettings['audio'],
): Defect =>
  planted(`sound/${id}`, does, noticedBy, () => ({ settings: (channel, settings) => ({ ...settings, audio: change(settings, channel) }) }));

const MAIN = ['audio_main/in-stream'];
const SUB = ['audio_sub/in-stream'];

const SOUND: readonly Defect[] = [
  sounding('main-always', 'has sound in the main stream although audio_main is 0', MAIN, ({ audio }, channel) =>
    channel === 0 ? (audio ?? TONE) : audio,
  ),
  sounding('sub-always', 'has sound in the sub stream although audio_sub is 0', SUB, ({ audio }, channel) =>
    channel === 1 ? (audio ?? TONE) : audio,
  ),
  sounding('main-never', 'has no sound in the main stream', MAIN, ({ audio }, channel) => (channel === 0 ? null : audio)),
  sounding('sub-never', 'has no sound in the sub stream', SUB, ({ audio }, channel) => (channel === 1 ? null : audio)),
  sounding('inverted', 'has sound while it is switched off', MAIN, ({ audio }) => (audio === null ? TONE : null)),
  ...(
    [
      ['main', 0, MAIN],
      ['sub', 1, SUB],
    ] as const
  ).map(([name, which, noticedBy]) =>
    planted(`sound/${name}-after-restart-alone`, `follows audio_${name} with a restart alone`, noticedBy, () => {
      const first = frozen<StreamSettings['audio']>();
      return { settings: (channel, settings) => (channel === which ? { ...settings, audio: first(settings.audio) } : settings) };
    }),
  ),
  planted('sound/main-described-alone', 'describes sound and sends none', MAIN, () => ({
    packet: (media, packet) => (media === 'audio' ? null : packet),
  })),
  planted('sound/sub-described-alone', 'describes sound of the sub stream and sends none', SUB, () => ({
    packet: (media, packet) => (media === 'audio' ? null : packet),
  })),
  planted(
    'sound/sent-alone',
    'does not describe the sound of the main stream',
    MAIN,
    (): StreamTamper =>
      responding((text) => {
        const at = text.indexOf('m=audio');
        if (at < 0) return text;
        const body = text.indexOf('\r\n\r\n') + 4;
        return text.slice(0, at).replace(/^Content-Length: \d+/m, `Content-Length: ${at - body}`);
      }, 'DESCRIBE'),
  ),
  planted('sound/switches-swapped', 'switches the sound of the one stream by the setting of the other', MAIN, () => {
    let seen: readonly (StreamSettings['audio'] | undefined)[] = [];
    return {
      settings: (channel, settings) => {
        seen = channel === 0 ? [settings.audio, seen[1]] : [seen[0], settings.audio];
        const other = seen[1 - channel];
        return other === undefined ? { ...settings, audio: settings.audio === null ? TONE : null } : { ...settings, audio: other };
      },
    };
  }),
];

export const rtspAccessDefects: readonly Defect[] = [...ACCESS, ...SOUND];

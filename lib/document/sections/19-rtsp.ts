/** Section 19, RTSP: the five methods by which the streams are fetched, and the settings of the RTSP server. */
import { type Clause, documentSection, number, row, settings, toggle } from '../notation.ts';

const overRtsp = (id: string, place: string, says: string): Clause => ({ id, place, says });

export const rtsp = documentSection(
  19,
  'rtsp',
  'RTSP',
  [
    settings('getRtspConf 19.7', 'setRtspConf 19.8', {
      rows: [
        row('enable', 'YN', toggle, { hazard: 'network' }),
        row('rtsp_port', 'YY', number(554, 8554), { hazard: 'network', held: true }),
        row('audio_main', 'YN', toggle),
        row('audio_sub', 'YN', toggle),
        row('auth', '--', number()),
        row('audio_thr', '--', number()),
      ],
      example: {
        reply: { enable: 1, auth: 0, rtsp_port: 554, audio_main: 1, audio_sub: 0, audio_thr: 0 },
        requests: [{ enable: 1, rtsp_port: 554, audio_main: 1, audio_sub: 0 }],
      },
    }),
  ],
  [
    overRtsp('main-stream-url', '19', '/stream_0 is the main stream'),
    overRtsp('sub-stream-url', '19', '/stream_1 is the sub stream'),
    overRtsp('sequence-number-echoed', '19.1', 'each reply repeats the CSeq of its request (RFC 2326, 12.17)'),
    overRtsp('options-status', '19.1', 'OPTIONS is answered with status 200'),
    overRtsp('public-names-five-methods', '19.1', 'Public names OPTIONS, DESCRIBE, SETUP, PLAY and TEARDOWN'),
    {
      id: 'unsupported-methods',
      place: '19.1',
      says: 'PAUSE and SET_PARAMETER are announced, and documented as not supported',
      untested: 'the document excuses both; whatever answers them is right',
    },
    overRtsp('describe-status', '19.2', 'DESCRIBE is answered with status 200'),
    overRtsp('describe-type', '19.2', 'DESCRIBE with Accept: application/sdp is answered with a session description of that type'),
    overRtsp('describe-length', '19.2', 'DESCRIBE gives the length of the session description'),
    overRtsp('describe-base', '19.2', 'DESCRIBE gives the base URL of the session description'),
    overRtsp('setup-status', '19.3', 'SETUP is answered with status 200'),
    overRtsp('setup-transport', '19.3', 'SETUP repeats RTP/AVP;unicast and client_port in Transport, and adds server_port'),
    overRtsp('setup-session', '19.3', 'SETUP gives a Session'),
    overRtsp('play-status', '19.4', 'PLAY with the Session is answered with status 200'),
    overRtsp('play-session', '19.4', 'PLAY repeats the Session'),
    overRtsp('play-rtp-info', '19.4', 'PLAY gives RTP-Info with the URL of the track'),
    overRtsp('teardown-status', '19.5', 'TEARDOWN with the Session is answered with status 200'),
    overRtsp('teardown-ends-session', '19.5', 'after TEARDOWN the stream stops'),
    overRtsp('authentication-when-enabled', '19.7', 'with certification open a request without credentials is refused, one with them served'),
    overRtsp('open-when-disabled', '19.7', 'with certification closed a request without credentials is served'),
    overRtsp('main-audio-track', '19.7', 'the main stream has an audio track where audio_main is 1, and none where it is 0'),
    overRtsp('sub-audio-track', '19.7', 'the sub stream has an audio track where audio_sub is 1, and none where it is 0'),
  ],
);

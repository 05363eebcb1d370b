/**
 * What the contract and the document leave open, as data. The order is that in which traits are put together: where two change the same
 * thing the later one gets what the earlier one made of it, and decides what the camera came with.
 */
import type { Exclusion, Freedom } from './freedom.ts';

const contract = (id: string, says: string, ...choices: readonly string[]): Freedom => ({ id, place: 'contract', says, choices });
const document = (place: string, id: string, says: string, ...choices: readonly string[]): Freedom => ({ id, place, says, choices });

const SETTLE = 'A change may take up to CAMERA_SETTLING_MS until the get, the stream or the picture shows it';
const AWAY = 'the RTSP service may be away for as long after a change to video, audio or RTSP';
const NOT_OFFERED = 'an action that answers `error json`, code 209 or HTTP 404 to a well-formed request … not offered by this model';
const STRINGS = 'blanks at the ends, quotes, backslashes, `&`, `+`, `%` and characters beyond ASCII are a should';
const SILENCE = 'What the document does not say is never a must';
const LIMITS = 'Numbers without a documented range have limits that only the camera knows, and not the same for each stream';
const ANY_VALUE = 'each value that its table allows may be the one that the camera was found with';
const FORMATS = 'either a JPEG/bmp/yuv image or failed or null … bmp or yuv is optional';
const TAKE_TIME = 'Commands that take their time have limits of their own';
const BY_NATURE = 'Settings that depend on each other by nature may change together';
const FLAKY = 'Busy, slow and flaky is not broken … a dropped connection is retried';
const ADDITIONAL = 'Additional members (such as `sign_tby`) are allowed everywhere';

export const FREEDOMS: readonly Freedom[] = [
  // what the camera came with: first, so that its limits have the last word
  document('5-35', 'found', ANY_VALUE, 'found-otherwise', 'found-at-night', 'found-at-device-time', 'found-empty-texts', 'found-odd-texts'),
  document('19-22', 'found-streams', ANY_VALUE, 'found-constant-h265', 'found-open', 'found-silent', 'found-with-aac'),
  document('21.1', 'key-frame-distance', 'gop: Number', 'key-frames-10-s'),

  // limits
  contract(
    'sub-stream-limits',
    LIMITS,
    'sub-streams-limited-refused',
    'sub-streams-limited-clamped',
    'sub-streams-limited-untold-refused',
    'sub-streams-limited-untold-clamped',
  ),
  contract('main-stream-limits', LIMITS, 'main-stream-limited-refused', 'main-stream-limited-clamped', 'numbers-in-steps'),
  contract('number-limits', LIMITS, 'numbers-limited-refused', 'numbers-limited-clamped'),
  document('9.1', 'presets', 'speed_v: Number, the preset point', 'presets-16', 'no-ptz'),
  contract('streams', `${NOT_OFFERED}; ${LIMITS}`, 'two-streams', 'third-stream-209', 'sub-streams-one-size'),

  // settings that hang together
  contract('mains-frequency', `${BY_NATURE} (mains frequency …)`, 'mains-caps-frame-rate', 'mains-sets-frame-rate', 'flicker-caps-frame-rate'),
  contract('turbo-mode', `${BY_NATURE} (… turbo mode and the frame rates that are possible …)`, 'turbo-caps-frame-rate', 'turbo-sets-frame-rate'),
  contract(
    'sampling-rates',
    `${BY_NATURE} (… codec and sample rate)`,
    'g711-refuses-32k',
    'g711-stays-8k',
    'wide-audio-means-aac',
    'codec-decides-sample-rate',
  ),
  contract('sound', NOT_OFFERED, 'no-audio'),

  // requests
  contract('out-of-range', 'Out-of-range values may be refused (a non-zero code; the value stays) or clamped into the documented range', 'clamps'),
  contract('wrong-type', 'A value of the wrong type is refused or converted, never stored as it came', 'converts', 'values-of-a-kind-converted'),
  contract('unknown-parameter', 'A parameter that the document does not know is refused or ignored', 'refuses-unknown'),
  contract(
    'no-object',
    'JSON that parses but is no object should be refused, and changes nothing',
    'no-object-accepted',
    'no-object-code-104',
    'no-object-is-empty',
  ),
  contract(
    'conditions',
    'A parameter whose documented condition does not hold may be refused, ignored or stored; only a set under its condition is judged',
    'condition-refused',
    'condition-stored',
  ),
  contract(
    'contradictions',
    'Where two of its tables contradict each other about a parameter (settable in one and not in the other, two ranges), what depends on that is a should',
    'contradicted-ignored',
    'contradicted-refused',
  ),
  contract(
    'not-returned',
    'A documented parameter that a camera\'s get does not return is "not offered": its checks are skipped with that reason, and no set names it',
    'few-parameters',
    'unshown-refused',
  ),
  contract('areas', 'Of `area_list`, elements 0 to 3 are judged', 'area-list-of-four'),
  contract('blanks', STRINGS, 'titles-trimmed', 'texts-trimmed'),
  contract('characters', STRINGS, 'texts-ascii-refused', 'texts-plain-refused', 'texts-plain-dropped'),
  contract('text-lengths', SILENCE, 'texts-48-bytes-refused', 'texts-48-bytes-cut'),
  contract('files', SILENCE, 'files-own-path', 'files-1-kb'),
  contract('refusal-codes', 'The code of a refusal is one that the document lists (should)', 'refusals-104', 'refusals-1'),
  document('1.2', 'digest', 'Password encrypted with Md5', 'digest-in-small-letters'),

  // what the model does without
  contract('platforms', NOT_OFFERED, 'no-platforms-209', 'no-platforms-text', 'no-platforms-404'),
  contract('alarms', NOT_OFFERED, 'no-alarms-209', 'no-alarms-text', 'no-alarms-404'),
  contract('wireless', NOT_OFFERED, 'no-wireless-209', 'no-wireless-text', 'no-wireless-404'),
  contract('peripherals', NOT_OFFERED, 'no-peripherals-209', 'no-peripherals-text', 'no-peripherals-404'),
  contract('storage', NOT_OFFERED, 'no-storage-209', 'no-storage-text', 'no-storage-404'),
  document('32.1', 'storage-devices', 'a list of devices, of no certain length', 'storage-none', 'storage-two'),
  contract('formatting', `${TAKE_TIME} (formatting: 120 s)`, 'format-answers-after-15-s', 'format-goes-on-15-s'),
  contract('scan', `${TAKE_TIME} (Wi-Fi scan: 60 s)`, 'scan-answers-after-12-s', 'scan-busy-12-s', 'scan-finds-nothing'),
  contract('telnet', `${NOT_OFFERED}, telnet and snapshots included`, 'telnet-404', 'telnet-error-json', 'telnet-209'),
  contract('telnet-log-in', 'A snapshot or telnet that wants a log-in is used with one', 'telnet-log-in', 'telnet-basic'),
  contract('snapshot', `${NOT_OFFERED}, telnet and snapshots included`, 'snapshot-404', 'snapshot-error-json'),
  contract('snapshot-log-in', 'A snapshot or telnet that wants a log-in is used with one', 'snapshot-log-in', 'snapshot-basic', 'snapshot-digest'),
  document('3', 'formats', FORMATS, 'jpeg-only', 'bmp-and-yuv-null', 'bmp-and-yuv-nothing'),
  document('3', 'one-format', FORMATS, 'bmp-failed', 'yuv-null'),
  document('3', 'jpeg', 'a JPEG picture, of which the document says no more', 'jpeg-padding', 'jpeg-no-jfif'),

  // time
  contract('settling', SETTLE, 'settles-0.5-s', 'settles-3-s', 'settles-4-s'),
  contract('settling-in-one-place', SETTLE, 'get-settles-3-s', 'stream-settles-3-s', 'picture-settles-3-s'),
  contract(
    'clock',
    'the epoch and zone of `deviceTime` (seconds since 1970, in universal or in local time)',
    'local-time',
    'local-time-set-universally',
    'clock-1970-3-s',
    'clock-settles-3-s',
  ),
  contract('restart', `${TAKE_TIME} (restart: 180 s)`, 'restart-takes-20-s', 'reset-restarts'),
  contract(
    'ports',
    'A changed port may move at once, after a restart, or not at all as seen from the tester (port forwarding)',
    'ports-after-restart',
    'ports-forwarded',
  ),

  // replies
  contract('additional-members', ADDITIONAL, 'extra-members-ignored', 'extra-members-refused'),
  contract('additional-members-in-lists', ADDITIONAL, 'extra-in-lists-ignored', 'extra-in-lists-refused'),
  contract('signature', ADDITIONAL, 'signs'),
  contract('envelope', '`device_id` and `log` too, or `message` in their place, as in the document’s examples', 'message-for-log', 'log-in-words'),
  document(
    '1.1',
    'json',
    'JSON in the examples, of no certain writing or order',
    'json-pretty',
    'json-odd-numbers',
    'json-escapes',
    'json-order-changes',
  ),
  contract('white-space', 'White space around the text does not matter', 'texts-bare', 'texts-padded'),

  // HTTP
  contract(
    'connections',
    'A camera that closes each connection, answers HTTP/1.0, or takes half a second for a reply is not failed for it',
    'http-1.0',
    'http-closes',
    'http-kept-alive',
    'http-small-chunks',
  ),
  document(
    '1.1',
    'headers',
    'the headers of the examples, in no certain spelling',
    'http-lower-case',
    'http-no-space',
    'json-as-html',
    'http-other-headers',
  ),
  contract('segments', SILENCE, 'http-in-pieces', 'one-at-a-time', 'one-connection'),
  contract('patience', FLAKY, 'slow', 'http-half-a-second', 'slow-snapshot'),
  contract('retries', FLAKY, 'busy', 'drops-kept-alive'),

  // RTSP; names first, so that what is away has none
  contract('stream-names', `${SILENCE}: … a stream name that it does not list`, 'rtsp-any-name', 'rtsp-other-names'),
  contract('rtsp-away', AWAY, 'rtsp-away-2-s', 'rtsp-away-4-s', 'rtsp-sessions-end-at-change'),
  contract('encoder-restarts', AWAY, 'rtsp-503-2-s', 'rtsp-404-2-s', 'rtsp-waits-2-s'),
  document('19.3', 'transports', 'Transport of RFC 2326, of which the example shows UDP', 'rtsp-tcp-only', 'rtsp-udp-only', 'udp-dropped'),
  document('19.3', 'transport-header', 'Transport of RFC 2326, 12.39', 'rtsp-other-channels', 'rtsp-single-numbers'),
  document('19', 'rtsp-schemes', 'RTSP as in RFC 2326: log-in by Basic or Digest', 'rtsp-many-challenges', 'rtsp-basic-only', 'rtsp-no-basic'),
  document('19', 'rtsp-challenges', 'RTSP as in RFC 2326: challenges as RFC 2617 has them', 'rtsp-fresh-nonces'),
  document('19.3', 'sessions', 'Session of RFC 2326, 12.37', 'rtsp-session-blanks', 'rtsp-no-timeout', 'rtsp-two-timeouts', 'rtsp-timeout-15'),
  document('19.3', 'session-slots', 'as many sessions as the camera has', 'rtsp-two-sessions', 'rtsp-keeps-slots', 'rtsp-get-parameter-alive'),
  document(
    '19',
    'rtsp-writing',
    'lines and headers as in RFC 2326',
    'rtsp-other-case',
    'rtsp-cseq-blank',
    'rtsp-empty-reason',
    'rtsp-no-star',
    'rtsp-type-charset',
  ),
  // whole control URLs are made of the base, before anything becomes of that
  document('19.2', 'controls', 'control attributes of RFC 2326, C.1.1', 'sdp-one-without-control', 'sdp-absolute-control'),
  document('19.2', 'content-base', 'Content-Base of RFC 2326, C.1.1', 'rtsp-no-base', 'rtsp-base-without-slash', 'rtsp-appended-control'),
  document('19.4', 'rtp-info', 'RTP-Info of RFC 2326, 12.33', 'rtsp-no-rtp-info', 'rtsp-relative-rtp-info'),
  document('19.4', 'around-play', 'packets and requests in RFC 2326’s order', 'rtsp-packets-before-reply', 'rtsp-asks-client', 'rtsp-in-pieces'),
  document('19.2', 'description', 'a session description of RFC 4566', 'sdp-odd-origin', 'sdp-sloppy-attributes', 'sdp-lf-only'),
  document(
    '19.2',
    'parameter-sets',
    'RFC 6184, 8.2.1: in the description, in the stream, or in both',
    'sdp-no-parameter-sets',
    'h264-sets-announced-only',
  ),
  document(
    '19.4',
    'packets',
    'RTP of RFC 3550 and RFC 6184',
    'rtp-starts-at-zero',
    'h264-empty-fragment',
    'joins-between-key-frames',
    'rtcp-far-clock',
  ),
];

const TOLD = ['sub-streams-limited-refused', 'sub-streams-limited-clamped'];
const UNTOLD = ['sub-streams-limited-untold-refused', 'sub-streams-limited-untold-clamped'];
const MAIN = ['main-stream-limited-refused', 'main-stream-limited-clamped'];
const CAPS = ['mains-caps-frame-rate', 'flicker-caps-frame-rate', 'turbo-caps-frame-rate'];
const SETS_RATES = ['mains-sets-frame-rate', 'turbo-sets-frame-rate'];
const MAINS = ['mains-caps-frame-rate', 'mains-sets-frame-rate', 'flicker-caps-frame-rate'];
const TURBO = ['turbo-caps-frame-rate', 'turbo-sets-frame-rate'];
const NO_WIRELESS = ['no-wireless-209', 'no-wireless-text', 'no-wireless-404'];
const NO_PERIPHERALS = ['no-peripherals-209', 'no-peripherals-text', 'no-peripherals-404'];
const AUDIO = ['g711-refuses-32k', 'g711-stays-8k', 'wide-audio-means-aac', 'codec-decides-sample-rate'];

export const EXCLUSIONS: readonly Exclusion[] = [
  { these: TOLD, those: [...CAPS, ...SETS_RATES], because: 'max_framerate would tell of the limit of the sub stream no longer, and never again' },
  { these: [...UNTOLD, ...MAIN], those: SETS_RATES, because: 'a frame rate would be brought above what the stream allows' },
  { these: ['found-otherwise'], those: [...CAPS, ...SETS_RATES], because: 'the mode and the frame rate that it came with would not go together' },
  { these: ['found-otherwise'], those: AUDIO, because: 'the codec and the sampling rate that it came with would not go together' },
  { these: ['found-with-aac', 'found-silent', 'found-open'], those: ['no-audio'], because: 'there is no audio that it could have come with' },
  { these: ['found-constant-h265'], those: ['key-frames-10-s'], because: 'both say which gop it came with' },
  { these: MAINS, those: TURBO, because: 'both say which frame rate is the highest' },
  { these: AUDIO, those: ['no-audio'], because: 'there is no audio' },
  { these: NO_WIRELESS, those: ['scan-answers-after-12-s', 'scan-busy-12-s', 'scan-finds-nothing'], because: 'there is no scan' },
  { these: NO_PERIPHERALS, those: ['files-own-path', 'files-1-kb'], because: 'there are no files' },
  {
    these: ['no-storage-209', 'no-storage-text', 'no-storage-404'],
    those: ['storage-none', 'storage-two', 'format-answers-after-15-s', 'format-goes-on-15-s'],
    because: 'there is no storage',
  },
  { these: ['storage-none'], those: ['format-answers-after-15-s', 'format-goes-on-15-s'], because: 'there is nothing to format' },
  {
    these: ['jpeg-only', 'bmp-and-yuv-null', 'bmp-and-yuv-nothing'],
    those: ['bmp-failed', 'yuv-null'],
    because: 'both say what becomes of the same format',
  },
  { these: ['telnet-404', 'telnet-error-json', 'telnet-209'], those: ['telnet-log-in', 'telnet-basic'], because: 'there is nothing to log in at' },
  {
    these: ['snapshot-404', 'snapshot-error-json'],
    those: [
      'snapshot-log-in',
      'snapshot-basic',
      'snapshot-digest',
      'jpeg-only',
      'bmp-and-yuv-null',
      'bmp-failed',
      'yuv-null',
      'bmp-and-yuv-nothing',
      'slow-snapshot',
    ],
    because: 'there are no snapshots',
  },
  { these: ['rtsp-appended-control'], those: ['sdp-one-without-control'], because: 'there would be nothing to append' },
  { these: ['sdp-absolute-control'], those: ['rtsp-appended-control'], because: 'a control URL that is whole is not appended to anything' },
];

/** With these a run takes minutes more: each change, each reply, each command is waited for. */
export const UNHURRIED: ReadonlySet<string> = new Set([
  'settles-0.5-s',
  'settles-3-s',
  'settles-4-s',
  'get-settles-3-s',
  'stream-settles-3-s',
  'picture-settles-3-s',
  'rtsp-away-2-s',
  'rtsp-away-4-s',
  'rtsp-503-2-s',
  'rtsp-404-2-s',
  'rtsp-waits-2-s',
  'slow',
  'http-half-a-second',
  'slow-snapshot',
  'format-answers-after-15-s',
  'format-goes-on-15-s',
  'scan-answers-after-12-s',
  'scan-busy-12-s',
  'restart-takes-20-s',
  'key-frames-10-s',
  'rtsp-timeout-15',
  'one-at-a-time',
]);

const because = (reason: string, ...ids: readonly string[]): Readonly<Record<string, string>> => Object.fromEntries(ids.map((id) => [id, reason]));

/** Blind traits that are left open and are no choice of a freedom, with the reason. */
export const NOT_DRAWN: Readonly<Record<string, string>> = {
  ...because(
    'one reader alone meets it, and each further choice makes more cameras of whole runs',
    'http-five-per-connection',
    'http-empty-reason',
    'http-chunk-extensions',
    'json-blank-lines',
    'mac-with-colons',
    'rtp-header-extension',
    'rtp-padding',
    'rtcp-none',
    'video-delimiters',
    'parameter-sets-singly',
    'bmp-and-yuv-as-bytes',
    'scan-odd-names',
    'rtsp-options-401',
    'urls-4-kb',
  ),
  ...because(
    'it makes each set, log-in or picture of a whole run wait',
    'sets-answered-after-1.5-s',
    'busy-behind-sets',
    'snapshot-failed-2-s',
    'wrong-log-ins-wait-2-s',
  ),
};

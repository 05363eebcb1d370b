/**
 * Which broken rules of replies, descriptions and payloads make some clients stumble. The policy of QUIRKS: what is tolerated everywhere
 * (folded headers, line feeds alone in a description, a malformed o=) is not among them.
 */
import type { Deviation } from '../../wire/exchange.ts';

/** Of replies. */
export const UNREADABLE: ReadonlySet<string> = new Set([
  'bad-status-line',
  'missing-reason',
  'wrong-version',
  'bare-lf',
  'space-before-colon',
  'header-without-name',
  'two-lengths',
  'bad-content-length',
  'length-mismatch',
  'stray-bytes',
  'bad-timeout',
  'bad-session-id',
  'empty-session-id',
]);

/** Of descriptions. */
export const MISDESCRIBED: ReadonlySet<string> = new Set([
  'sdp-no-version',
  'sdp-no-origin',
  'sdp-no-name',
  'sdp-no-time',
  'sdp-version',
  'sdp-connection-malformed',
  'sdp-media-malformed',
  'sdp-rtpmap-missing',
  'sdp-control-missing',
  'sdp-control-duplicate',
  'sprop-not-base64',
  'sprop-start-code',
  'sprop-not-parameter-set',
  'sprop-of-another-size',
  'video-clock-rate',
  'profile-level-id-malformed',
  'profile-level-id-differs',
  'fu-in-packetization-mode-0',
]);

/** Of packets. */
export const MISPACKED: ReadonlySet<string> = new Set([
  'payload-empty',
  'annex-b-in-payload',
  'h265-empty-fu',
  'fu-too-short',
  'fu-start-and-end',
  'fu-without-start',
  'fu-without-end',
  'fu-of-two-types',
  'stap-beyond-payload',
  'ap-beyond-payload',
  'nal-forbidden-bit',
  'h264-payload-structure',
  'h265-payload-structure',
  'sps-trailing-bytes',
  'rtp-padding-length',
  'rtp-extension-beyond-packet',
  'rtp-csrc-beyond-packet',
  'au-headers-beyond-payload',
  'au-beyond-payload',
]);

/** What says how packets of a codec are made. */
export const PAYLOAD_RULES: Readonly<Record<string, string>> = { H264: 'RFC 6184', H265: 'RFC 7798', 'MPEG4-GENERIC': 'RFC 3640' };

export const brokenRule = ({ id, detail }: Deviation): string => `${id.replaceAll('-', ' ')}: ${detail}`;

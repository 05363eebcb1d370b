/** Section 19, RTSP: session descriptions that lack something or say what the stream does not hold. */
import { redescribing } from '../../stream/redescribing.ts';
import type { Defect } from './notation.ts';
import { ofMain, only, planted } from './streaming.ts';

const described = (id: string, does: string, property: string, change: (sdp: string) => string): Defect =>
  ofMain(`description/${id}`, does, property, () => redescribing(change));

const withoutLine = (type: string) => (sdp: string) => sdp.replace(new RegExp(`^${type}=.*\\r\\n`, 'm'), '');
const media = (sdp: string): number => sdp.indexOf('m=');
const sound = (sdp: string): number => sdp.indexOf('m=audio');
const withSprop = (sdp: string, change: (sets: string) => string): string =>
  sdp.replace(/sprop-parameter-sets=(\S+)/, (_, sets: string) => `sprop-parameter-sets=${change(sets)}`);

/** Baseline, 176 x 144. */
const SMALL_SPS = 'Z0LAC9kLE6E=';

export const rtspDescriptionDefects: readonly Defect[] = [
  described('no-video', 'describes no video', 'describe', (sdp) =>
    sound(sdp) < 0 ? sdp.slice(0, media(sdp)) : sdp.slice(0, media(sdp)) + sdp.slice(sound(sdp)),
  ),
  described('cut', 'ends its description in the middle of the first lines', 'describe', (sdp) => sdp.slice(0, 40)),
  described('video-as-application', 'describes its video as an application', 'describe', (sdp) => sdp.replace('m=video', 'm=application')),
  described('no-version', 'leaves v= out', 'description', withoutLine('v')),
  described('version-1', 'writes v=1', 'description', (sdp) => sdp.replace('v=0', 'v=1')),
  described('no-origin', 'leaves o= out', 'description', withoutLine('o')),
  described('no-name', 'leaves s= out', 'description', withoutLine('s')),
  described('no-time', 'leaves t= out', 'description', withoutLine('t')),
  described('media-alone', 'begins its description with m=', 'description', (sdp) => sdp.slice(media(sdp))),
  described('odd-connection', 'writes "c=IN" without an address', 'description', (sdp) => sdp.replace(/^c=.*$/m, 'c=IN\r')),
  described('no-formats', 'lists no payload type in m=', 'description', (sdp) => sdp.replace(/^(m=video \d+ RTP\/AVP).*$/m, '$1\r')),
  described('port-in-words', 'has no number for the port in m=', 'description', (sdp) => sdp.replace('m=video 0', 'm=video any')),
  described('payload-type-beyond-127', 'lists the payload type 200', 'description', (sdp) => sdp.replace(/^(m=video \d+ RTP\/AVP) .*$/m, '$1 200\r')),
  described('no-rtpmap', 'does not say what its payload type means', 'description', (sdp) => sdp.replace(/^a=rtpmap:96 .*\r\n/m, '')),
  described('rtpmap-of-another', 'says what another payload type means', 'description', (sdp) => sdp.replace('a=rtpmap:96', 'a=rtpmap:97')),
  described('clock-8000', 'describes a clock of 8000 Hz for video', 'description', (sdp) => sdp.replace('H264/90000', 'H264/8000')),
  described('clock-1000', 'describes a clock of 1000 Hz for video', 'description', (sdp) => sdp.replace('H264/90000', 'H264/1000')),
  described('other-codec', 'describes H.264 as H.263', 'rtp-arrives', (sdp) => sdp.replace('H264/90000', 'H263/90000')),
  described('h265-for-h264', 'describes H.264 as H.265', 'decodable', (sdp) =>
    sdp.replace('H264/90000', 'H265/90000').replace(/^a=fmtp:96 .*\r\n/m, ''),
  ),
  described('payload-type-of-another', 'lists the payload type 97 for packets of type 96', 'rtp-header', (sdp) =>
    sdp.replace(/^(m=video .*) 96\r$/m, '$1 97\r').replace(/^a=(rtpmap|fmtp):96/gm, 'a=$1:97'),
  ),
  described('unknown-control', 'names a track that it does not have', 'setup', (sdp) => sdp.replace('trackID=0', 'trackID=7')),
  described('controls-swapped', 'swaps the tracks of picture and sound', 'rtp-header', (sdp) =>
    sdp.replace('control:trackID=0', 'control:trackID=X').replace('control:trackID=1', 'control:trackID=0').replace('trackID=X', 'trackID=1'),
  ),
  described('same-control', 'names one track for picture and sound', 'rtp-header', (sdp) => sdp.replace('control:trackID=1', 'control:trackID=0')),
  described('no-controls', 'names no tracks although it has two', 'description', (sdp) => sdp.replace(/^a=control:trackID=\d\r\n/gm, '')),
  described('controls-twice', 'names each track twice', 'description', (sdp) => sdp.replace(/^(a=control:trackID=\d\r\n)/gm, '$1$1')),
  described('sprop-not-base64', 'writes parameter sets in hexadecimal digits and dots', 'description', (sdp) =>
    withSprop(sdp, () => '67.42.00.1f,68.ce'),
  ),
  described('sprop-start-codes', 'puts start codes before announced parameter sets', 'description', (sdp) =>
    withSprop(sdp, (sets) =>
      sets
        .split(',')
        .map((set) => Buffer.concat([Buffer.of(0, 0, 0, 1), Buffer.from(set, 'base64')]).toString('base64'))
        .join(','),
    ),
  ),
  described('sprop-no-sets', 'announces slices for parameter sets', 'description', (sdp) => withSprop(sdp, () => 'ZYiEAAAA,QZoAAAA=')),
  described('sprop-cut', 'announces one byte of each parameter set', 'description', (sdp) => withSprop(sdp, () => 'Zw==,aA==')),
  described('sprop-of-another-size', 'announces the parameter sets of a smaller picture', 'description', (sdp) =>
    withSprop(sdp, (sets) => `${SMALL_SPS},${sets.split(',')[1]}`),
  ),
  described('profile-of-another', 'announces another profile than the stream has', 'description', (sdp) =>
    sdp.replace(/profile-level-id=\w{6}/, 'profile-level-id=42E01F'),
  ),
  described('profile-in-words', 'announces its profile in words', 'description', (sdp) =>
    sdp.replace(/profile-level-id=\w{6}/, 'profile-level-id=baseline'),
  ),
  described('mode-0', 'announces packetization-mode 0 and sends fragments', 'description', (sdp) =>
    sdp.replace('packetization-mode=1', 'packetization-mode=0'),
  ),
  planted('stream_1/description-without-version', 'leaves v= out (stream_1 alone)', ['stream_1.tcp/description'], () =>
    only('stream_1', null, redescribing(withoutLine('v'))),
  ),
  planted('stream_1/description-without-rtpmap', 'does not say what its payload type means (stream_1 alone)', ['stream_1.tcp/description'], () =>
    only(
      'stream_1',
      null,
      redescribing((sdp) => sdp.replace(/^a=rtpmap:96 .*\r\n/m, '')),
    ),
  ),
];

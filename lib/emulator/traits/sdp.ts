/** Session descriptions as cameras write them. */
import { redescribing } from '../stream/redescribing.ts';
import { everyStream } from './stream-checks.ts';
import type { Trait } from './trait.ts';

const RTSP = [19] as const;

const describing = (change: (sdp: string) => string) => (): ReturnType<Trait['make']> => ({ streamTamper: redescribing(change) });

export const SDP_TRAITS: readonly Trait[] = [
  {
    id: 'sdp-media-only',
    does: 'begins its description at the first m=',
    sections: RTSP,
    warns: everyStream('description'),
    make: describing((sdp) => sdp.slice(sdp.indexOf('m='))),
  },
  {
    id: 'sdp-odd-origin',
    does: 'writes "o=- -1 0x1 IN IPV4"',
    sections: RTSP,
    make: describing((sdp) => sdp.replace(/^o=.*$/m, 'o=- -1 0x1 IN IPV4')),
  },
  {
    id: 'sdp-odd-connection',
    does: 'writes "c=IN" without an address',
    sections: RTSP,
    warns: everyStream('description'),
    make: describing((sdp) => sdp.replace(/^c=.*$/m, 'c=IN')),
  },
  {
    id: 'sdp-sloppy-attributes',
    does: 'ends rtpmap with a blank, writes "framerate:0S" and an empty fmtp',
    sections: RTSP,
    make: describing((sdp) => sdp.replace(/^(a=rtpmap:.*)\r$/gm, '$1 \r').replace(/^a=framerate:.*\r$/gm, 'a=framerate:0S\r\na=fmtp:96\r')),
  },
  {
    id: 'sdp-odd-profile',
    does: 'writes the profile-level-id in base64',
    sections: RTSP,
    warns: everyStream('description'),
    make: describing((sdp) => sdp.replace(/profile-level-id=[0-9A-F]{6}/, 'profile-level-id=TeAo')),
  },
  {
    id: 'sdp-no-parameter-sets',
    does: 'announces no parameter sets: they are in the stream',
    sections: RTSP,
    make: describing((sdp) => sdp.replace(/;sprop-parameter-sets=\S+/, '')),
  },
  {
    id: 'sdp-start-codes',
    does: 'announces parameter sets with start codes before them',
    sections: RTSP,
    warns: everyStream('description'),
    make: describing((sdp) =>
      sdp.replace(/sprop-parameter-sets=(\S+)/, (_, sets: string) => {
        const marked = sets.split(',').map((set) => Buffer.concat([Buffer.from([0, 0, 0, 1]), Buffer.from(set, 'base64')]).toString('base64'));
        return `sprop-parameter-sets=${marked.join(',')}`;
      }),
    ),
  },
  {
    id: 'sdp-mode-0',
    does: 'announces packetization-mode 0 and sends fragments',
    sections: RTSP,
    warns: everyStream('description'),
    make: describing((sdp) => sdp.replace('packetization-mode=1', 'packetization-mode=0')),
  },
  {
    id: 'sdp-one-without-control',
    does: 'names no control URL for its only track',
    sections: RTSP,
    make: () => ({
      ...describing((sdp) => (sdp.match(/^m=/gm)?.length === 1 ? sdp.replace(/^a=control:trackID=0\r\n/m, '') : sdp))(),
    }),
  },
  {
    id: 'sdp-many-without-control',
    does: 'names no control URLs although it has two tracks',
    sections: RTSP,
    warns: ['rtsp/stream_0.tcp/description'],
    make: describing((sdp) => (sdp.match(/^m=/gm)?.length === 1 ? sdp : sdp.replace(/^a=control:trackID=\d\r\n/gm, ''))),
  },
  {
    id: 'sdp-control-twice',
    does: 'writes each control URL twice',
    sections: RTSP,
    warns: everyStream('description'),
    make: describing((sdp) => sdp.replace(/^(a=control:trackID=\d\r\n)/gm, '$1$1')),
  },
  {
    id: 'sdp-absolute-control',
    does: 'names absolute control URLs',
    sections: RTSP,
    make: () => ({
      streamTamper: {
        response: (method, text) => {
          const base = /^Content-Base: (.*)\r$/m.exec(text)?.[1];
          if (method !== 'DESCRIBE' || base === undefined) return text;
          const { streamTamper } = describing((sdp) => sdp.replaceAll('a=control:trackID=', `a=control:${base}trackID=`))();
          return streamTamper?.response?.(method, text) ?? text;
        },
      },
    }),
  },
  {
    id: 'sdp-lf-only',
    does: 'ends the lines of its description with a line feed alone, and the last one not at all',
    sections: RTSP,
    make: describing((sdp) => sdp.replaceAll('\r\n', '\n').replace(/\n$/, '')),
  },
];

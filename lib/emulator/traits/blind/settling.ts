/** Cameras that take their time: what was set shows later, the encoder restarts, RTSP is away for a while. */
import type { Habits, Settling } from '../../habits.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import type { Time } from '../../time.ts';
import type { BlindTrait } from './blind-trait.ts';
import { onChange } from './notation.ts';

/** Of 19, 21 and 22: what a change of settings there restarts. */
const STREAM_SETS: ReadonlySet<string> = new Set(['setRtspConf', 'setVencConf', 'setAencConf']);
const ENCODER_SETS: ReadonlySet<string> = new Set(['setVencConf', 'setAencConf']);
const EVERYWHERE = [3, 10, 19, 21, 22, 23, 24, 25, 36] as const;
const STREAMS = [19, 21, 22] as const;
const AWAY_MS = 2000;

const settles = (seconds: number, places: readonly (keyof Settling)[]): Pick<BlindTrait, 'make'> => ({
  make: () => ({ settling: Object.fromEntries(places.map((place) => [place, seconds * 1000])) }),
});

const MAY_SETTLE = '"A change may take up to CAMERA_SETTLING_MS [5 s] until the get, the stream or the picture shows it"';
const MAY_BE_AWAY = '"the RTSP service may be away for as long [5 s] after a change to video, audio or RTSP"';

/** What a stream does while it restarts, given how many ms that will still take. */
function restarting(sets: ReadonlySet<string>, streamTamper: (left: () => number) => StreamTamper) {
  return (_: () => number, time: Time): Habits => {
    let backAt = Number.NEGATIVE_INFINITY;
    const changed = onChange(sets, () => {
      backAt = time.now() + AWAY_MS;
    });
    return { ...changed, streamTamper: streamTamper(() => Math.max(0, backAt - time.now())) };
  };
}

export const SETTLING_TRAITS: readonly BlindTrait[] = [
  ...[0.5, 3, 4].map(
    (seconds): BlindTrait => ({
      id: `settles-${seconds}-s`,
      does: `shows what was set ${seconds} s later, in gets, streams and pictures`,
      sections: [5, ...EVERYWHERE],
      expects: 'nothing',
      because: MAY_SETTLE,
      ...settles(seconds, ['get', 'stream', 'picture']),
    }),
  ),
  {
    id: 'get-settles-3-s',
    does: 'shows what was set 3 s later in gets; streams and pictures show it at once',
    sections: [5, 8, 24],
    expects: 'nothing',
    because: MAY_SETTLE,
    ...settles(3, ['get']),
  },
  {
    id: 'stream-settles-3-s',
    does: 'shows what was set 3 s later in descriptions and streams; gets and snapshots show it at once',
    sections: STREAMS,
    expects: 'nothing',
    because: MAY_SETTLE,
    ...settles(3, ['stream']),
  },
  {
    id: 'picture-settles-3-s',
    does: 'shows what was set 3 s later in snapshots; gets and streams show it at once',
    sections: [3, 23, 24, 25, 36],
    expects: 'nothing',
    because: MAY_SETTLE,
    ...settles(3, ['picture']),
  },
  {
    id: 'rtsp-away-2-s',
    does: 'ends all RTSP connections and listens for none for 2 s after a change to video, audio or RTSP',
    sections: STREAMS,
    expects: 'nothing',
    because: MAY_BE_AWAY,
    make: () => onChange(STREAM_SETS, ({ machine }) => machine.sendRtspAway(AWAY_MS)),
  },
  {
    id: 'rtsp-away-4-s',
    does: 'ends all RTSP connections and listens for none for 4 s after a change to video or audio',
    sections: STREAMS,
    expects: 'nothing',
    because: MAY_BE_AWAY,
    make: () => onChange(ENCODER_SETS, ({ machine }) => machine.sendRtspAway(2 * AWAY_MS)),
  },
  {
    id: 'rtsp-503-2-s',
    does: 'answers 503 to DESCRIBE, SETUP and PLAY for 2 s after a change to video or audio, while its encoder restarts',
    sections: STREAMS,
    expects: 'nothing',
    because: MAY_BE_AWAY,
    make: restarting(ENCODER_SETS, (left) => ({
      request: ({ method }) => (left() > 0 && /^(DESCRIBE|SETUP|PLAY)$/.test(method) ? { status: 503 } : undefined),
    })),
  },
  {
    id: 'rtsp-404-2-s',
    does: 'knows no stream for 2 s after a change to video or audio: status 404, until its encoder runs again',
    sections: STREAMS,
    expects: 'nothing',
    because: MAY_BE_AWAY,
    make: restarting(ENCODER_SETS, (left) => ({ path: (path) => (left() > 0 ? '' : path) })),
  },
  {
    id: 'rtsp-waits-2-s',
    does: 'answers DESCRIBE only when its encoder runs again, 2 s after a change to video or audio',
    sections: STREAMS,
    expects: 'nothing',
    because: MAY_BE_AWAY,
    make: restarting(ENCODER_SETS, (left) => ({ held: (method) => (method === 'DESCRIBE' ? left() : 0) })),
  },
  {
    id: 'rtsp-sessions-end-at-change',
    does: 'ends all RTSP connections at a change to video or audio, and takes new ones at once',
    sections: STREAMS,
    expects: 'nothing',
    because: MAY_BE_AWAY,
    make: () => onChange(ENCODER_SETS, ({ machine }) => machine.sendRtspAway(0)),
  },
];

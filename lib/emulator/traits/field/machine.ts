/** How cameras in the field restart, and how their streams are found. */
import { ROWS_OF_SET } from '../members.ts';
import { type FieldFact, SOURCES } from './fact.ts';

const SETS: ReadonlySet<string> = new Set(ROWS_OF_SET.keys());
/** Further names of the streams. */
const PATHS: Readonly<Record<string, string>> = { '/11': '/stream_0', '/12': '/stream_1' };

export const MACHINE_FACTS: readonly FieldFact[] = [
  {
    id: 'field-restart',
    does: 'still answers for 20 s after restart, and is then away for 40 s',
    sections: [7],
    source: SOURCES.radcam,
    make: () => ({ restarting: { answersMs: 20_000, awayMs: 40_000 } }),
  },
  {
    id: 'field-open-page',
    does: "wants no log-in for its page's calls, where it has them",
    sections: [1],
    source: SOURCES.radcam,
    make: () => ({ openPage: true }),
  },
  {
    id: 'field-page-sets',
    does: 'takes sets by its page alone: cgi_action answers them with "error user/pwd", and gets as ever',
    sections: [1],
    source: SOURCES.radcam,
    // Its page's calls have neither user nor pwd.
    make: () => ({
      tamper: { admits: (user, digest, isRight, action) => isRight && !((user !== undefined || digest !== undefined) && SETS.has(action)) },
    }),
  },
  {
    id: 'field-one-session',
    does: 'has one RTSP session at a time, and refuses a second',
    sections: [19],
    source: SOURCES.radcam,
    make: () => ({ streamTamper: { sessions: { most: 1 } } }),
  },
  {
    id: 'field-open-rtsp',
    does: 'wants no log-in for its streams as it comes',
    sections: [19],
    source: SOURCES.radcam,
    make: () => ({ starts: { getRtspConf: [{ enable: 0 }] } }),
  },
  {
    id: 'field-paths',
    does: 'has its streams at /11 and /12, too',
    sections: [19],
    source: SOURCES.hi351x,
    make: () => ({ streamTamper: { path: (path) => PATHS[path] ?? path } }),
  },
];

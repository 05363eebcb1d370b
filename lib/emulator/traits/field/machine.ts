/** How cameras in the field restart, and how their streams are found. */
import { type FieldFact, SOURCES } from './fact.ts';

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

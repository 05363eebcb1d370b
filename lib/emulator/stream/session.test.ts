import { describe, expect, it } from 'vitest';
import type { Program } from './program.ts';
import { createSessions } from './session.ts';
import { createSources } from './source.ts';

const program: Program = {
  media: 'audio',
  payloadType: 0,
  attributes: [],
  clockRate: 8000,
  unitsPerSecond: 0.001,
  kilobits: null,
  unit: () => ({ payloads: [], marker: false, isStart: true }),
};

function stage() {
  const time = { now: 0 };
  const sources = createSources();
  const sessions = createSessions(sources, () => time.now);
  const owner = {};
  const session = sessions.create({ path: '/stream_0', owner, programs: [program] });
  if (!session) throw new Error('no session');
  const sender = { ssrc: '', position: () => ({ seq: 0, rtptime: 0 }), next: () => undefined };
  session.tracks.set(0, { program, sender, reports: { address: '127.0.0.1', port: 5001 } });
  return { time, sessions, session, owner, source: sources.of(program) };
}

describe('sessions', () => {
  it('have different names of 19 digits', () => {
    const { sessions, session } = stage();
    const other = sessions.create({ path: '/stream_0', owner: {}, programs: [] });
    expect(session.id).toMatch(/^\d{19}$/);
    expect(other?.id).not.toBe(session.id);
    expect(sessions.find(`${session.id};timeout=60`)).toBe(session);
    expect(sessions.find(undefined)).toBeUndefined();
  });

  it('end after 60 s of silence, and what they play with them', () => {
    const { time, sessions, session, source } = stage();
    sessions.play(session);
    expect(source.receivers).toBe(1);
    time.now = 60_000;
    sessions.expire();
    expect(sessions.count).toBe(1);
    time.now = 60_001;
    sessions.expire();
    expect([sessions.count, source.receivers]).toEqual([0, 0]);
  });

  it.each([
    ['a request', ({ sessions, session }: ReturnType<typeof stage>) => sessions.find(session.id)],
    ['a report', ({ sessions }: ReturnType<typeof stage>) => sessions.heard('127.0.0.1', 5001)],
    ['a frame', ({ sessions, owner }: ReturnType<typeof stage>) => sessions.heardOn(owner)],
  ])('are kept by %s', (_, speak) => {
    const all = stage();
    all.time.now = 40_000;
    speak(all);
    all.time.now = 100_000;
    all.sessions.expire();
    expect(all.sessions.count).toBe(1);
    all.time.now = 100_001;
    all.sessions.expire();
    expect(all.sessions.count).toBe(0);
  });

  it('are not kept by the report of another client', () => {
    const { time, sessions } = stage();
    time.now = 40_000;
    sessions.heard('127.0.0.1', 5003);
    sessions.heardOn({});
    time.now = 60_001;
    sessions.expire();
    expect(sessions.count).toBe(0);
  });

  it('end with their connection, and are not without limit', () => {
    const { sessions, owner } = stage();
    const made = Array.from({ length: 200 }, () => sessions.create({ path: '/stream_1', owner, programs: [] }));
    expect(made.filter((each) => each === null)).toHaveLength(1);
    expect(sessions.isUsed(owner)).toBe(true);
    sessions.endAllOf(owner);
    expect([sessions.count, sessions.isUsed(owner)]).toEqual([0, false]);
  });
});

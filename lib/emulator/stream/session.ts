/** RTSP sessions: what a client has set up, whether it plays, and when it was heard of last. */
import { randomBytes } from 'node:crypto';
import type { Program } from './program.ts';
import type { RtpSender } from './rtp-sender.ts';
import type { Sources } from './source.ts';

/** Seconds without a request or a report after which a session ends, as its header says. */
export const SESSION_SECONDS = 60;
const MOST_SESSIONS = 200;

export interface Track {
  readonly program: Program;
  readonly sender: RtpSender;
  /** where the client sends its reports from, null over TCP */
  readonly reports: { readonly address: string; readonly port: number } | null;
}

export interface Session {
  readonly id: string;
  /** path of the stream */
  readonly path: string;
  /** the connection that it was set up on, and that it does not outlive */
  readonly owner: object;
  /** what the stream was made of when the session began */
  readonly programs: readonly Program[];
  readonly tracks: Map<number, Track>;
  isPlaying: boolean;
}

export interface Sessions {
  /** null where there are too many */
  create(parts: Pick<Session, 'path' | 'owner' | 'programs'>): Session | null;
  /** a session that was heard of just now */
  find(id: string | undefined): Session | undefined;
  play(session: Session): void;
  end(session: Session): void;
  endAllOf(owner: object): void;
  /** whether a connection has sessions */
  isUsed(owner: object): boolean;
  /** a report by RTCP came in from there */
  heard(address: string, port: number): void;
  /** frames of a client came in on its connection */
  heardOn(owner: object): void;
  /** ends those that were silent for too long */
  expire(): void;
  readonly count: number;
}

/** @param now in ms */
export function createSessions(sources: Sources, now: () => number = () => performance.now()): Sessions {
  const sessions = new Map<string, Session>();
  const heardAt = new Map<Session, number>();
  const touch = (session: Session): void => {
    heardAt.set(session, now());
  };
  const end = (session: Session): void => {
    sessions.delete(session.id);
    heardAt.delete(session);
    for (const { program, sender } of session.tracks.values()) sources.of(program).remove(sender);
  };
  const endWhere = (isOver: (session: Session) => boolean): void => {
    for (const session of [...sessions.values()].filter(isOver)) end(session);
  };
  return {
    create: (parts) => {
      if (sessions.size >= MOST_SESSIONS) return null;
      const session: Session = { ...parts, id: newId(), tracks: new Map(), isPlaying: false };
      sessions.set(session.id, session);
      touch(session);
      return session;
    },
    find: (id) => {
      const session = sessions.get(id?.split(';')[0]?.trim() ?? '');
      if (session) touch(session);
      return session;
    },
    play: (session) => {
      if (session.isPlaying) return;
      session.isPlaying = true;
      for (const { program, sender } of session.tracks.values()) sources.of(program).add(sender);
    },
    end,
    endAllOf: (owner) => endWhere((session) => session.owner === owner),
    isUsed: (owner) => [...sessions.values()].some((session) => session.owner === owner),
    heard: (address, port) => {
      for (const session of sessions.values()) {
        if ([...session.tracks.values()].some(({ reports }) => reports?.port === port && reports.address === address)) touch(session);
      }
    },
    heardOn: (owner) => {
      for (const session of sessions.values()) if (session.owner === owner) touch(session);
    },
    expire: () => endWhere((session) => now() - (heardAt.get(session) ?? 0) > SESSION_SECONDS * 1000),
    get count() {
      return sessions.size;
    },
  };
}

/** 19 digits, as in the document's example (RFC 2326 3.4: random, eight octets at least). */
function newId(): string {
  return randomBytes(8).readBigUInt64BE().toString().padStart(19, '0').slice(-19);
}

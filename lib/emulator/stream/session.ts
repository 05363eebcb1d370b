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

export interface StreamSession {
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

/** What a camera may do otherwise with its sessions. */
export interface SessionHabits {
  /** how many there may be at once */
  readonly most?: number;
  /** seconds of silence that end one */
  readonly seconds?: number;
  /** false: a connection that ends leaves them until they are silent for too long */
  readonly endWithConnection?: boolean;
  /** true: they have no id on the wire, and belong to their connection */
  readonly isNameless?: boolean;
  /** the only method that is a sign of life */
  readonly keptBy?: string;
  id?(): string;
}

export interface Sessions {
  /** null where there are too many */
  create(parts: Pick<StreamSession, 'path' | 'owner' | 'programs'>): StreamSession | null;
  /** the session that a request by that method is about, heard of just now */
  find(id: string | undefined, method?: string): StreamSession | undefined;
  /** the id of a connection's session */
  idOf(owner: object): string | undefined;
  /** seconds of silence that end one */
  readonly seconds: number;
  play(session: StreamSession): void;
  end(session: StreamSession): void;
  endAllOf(owner: object): void;
  /** those that outlive their connection, too */
  endAll(): void;
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
export function createSessions(sources: Sources, now: () => number = () => performance.now(), habits: SessionHabits = {}): Sessions {
  const { most = MOST_SESSIONS, seconds = SESSION_SECONDS, endWithConnection = true, keptBy } = habits;
  const sessions = new Map<string, StreamSession>();
  const heardAt = new Map<StreamSession, number>();
  const touch = (session: StreamSession): void => {
    heardAt.set(session, now());
  };
  const end = (session: StreamSession): void => {
    sessions.delete(session.id);
    heardAt.delete(session);
    for (const { program, sender } of session.tracks.values()) sources.of(program).remove(sender);
  };
  const endWhere = (isOver: (session: StreamSession) => boolean): void => {
    for (const session of [...sessions.values()].filter(isOver)) end(session);
  };
  return {
    create: (parts) => {
      if (sessions.size >= most) return null;
      const id = habits.id?.() ?? newId();
      const namesake = sessions.get(id);
      if (namesake) end(namesake);
      const session: StreamSession = { ...parts, id, tracks: new Map(), isPlaying: false };
      sessions.set(session.id, session);
      touch(session);
      return session;
    },
    find: (id, method) => {
      const session = sessions.get(id?.split(';')[0]?.trim() ?? '');
      if (session && (keptBy === undefined || method === keptBy || !session.isPlaying)) touch(session);
      return session;
    },
    play: (session) => {
      if (session.isPlaying) return;
      session.isPlaying = true;
      for (const { program, sender } of session.tracks.values()) sources.of(program).add(sender);
    },
    end,
    idOf: (owner) => [...sessions.values()].find((session) => session.owner === owner)?.id,
    seconds,
    endAllOf: (owner) => endWithConnection && endWhere((session) => session.owner === owner),
    endAll: () => endWhere(() => true),
    isUsed: (owner) => [...sessions.values()].some((session) => session.owner === owner),
    heard: (address, port) => {
      if (keptBy !== undefined) return;
      for (const session of sessions.values()) {
        if ([...session.tracks.values()].some(({ reports }) => reports?.port === port && reports.address === address)) touch(session);
      }
    },
    heardOn: (owner) => {
      if (keptBy !== undefined) return;
      for (const session of sessions.values()) if (session.owner === owner) touch(session);
    },
    expire: () => endWhere((session) => now() - (heardAt.get(session) ?? 0) > seconds * 1000),
    get count() {
      return sessions.size;
    },
  };
}

/** 19 digits, as in the document's example (RFC 2326 3.4: random, eight octets at least). */
function newId(): string {
  return randomBytes(8).readBigUInt64BE().toString().padStart(19, '0').slice(-19);
}

/** How a section says what its rows cannot: handlers by action, and what of the camera they work on. */
import type { Members } from '../document/row-value.ts';
import type { Verdict } from './accept.ts';
import type { Account } from './account.ts';
import type { Clock } from './clock.ts';
import type { Memory } from './memory.ts';
import type { Model } from './model.ts';
import type { Store } from './store.ts';

/** A reply before its envelope. `afterwards` runs when it has gone out. */
export interface Reply {
  readonly code: number;
  readonly members?: Members;
  readonly afterwards?: () => void;
}

export interface Camera {
  readonly model: Model;
  readonly store: Store;
  readonly account: Account;
  readonly clock: Clock;
  readonly memory: Memory;
  readonly machine: Machine;
  /** the generic get: the reply of the table */
  get(action: string, json: Members): Reply;
  /** the generic set: accepted whole and stored, or refused */
  set(action: string, json: Members): Reply;
  /** judges a set request without storing */
  judge(action: string, json: Members): Verdict;
  /** stores what a set request was judged to change, in its table's instance */
  keep(action: string, changes: Members, instance?: number): void;
  /** judges the request of a command against the rows of the part at `place` (the first without it) */
  judgeCommand(action: string, json: Members, place?: string): Verdict;
  snapshot(): Promise<Uint8Array>;
}

/** The camera as a device among others: what it listens on, and switching it off and on. */
export interface Machine {
  /** listens on that port as well as on the present one; rejects where it cannot be had */
  openPort(port: number): Promise<void>;
  /** ends listening on all ports but the one opened last */
  closeOldPorts(): void;
  readonly port: number;
  /** the same for RTSP */
  openRtspPort(port: number): Promise<void>;
  closeOldRtspPorts(): void;
  readonly rtspPort: number;
  /** ends all RTSP connections, and listens for none for so many ms */
  sendRtspAway(ms: number): void;
  /** ends all connections, of HTTP and RTSP, and listens for none for so many ms; nothing restarts */
  sendAway(ms: number): void;
  restart(): void;
}

/** `json` is the request's object, null when it has none. */
export type Handler = (camera: Camera, json: Members | null) => Reply | Promise<Reply>;
export type Handlers = Readonly<Record<string, Handler>>;

export const DONE: Reply = { code: 0 };

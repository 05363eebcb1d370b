/** Where tests plant faults in a camera that has none. Every hook gets what a good camera would do and returns what to do instead. */
import type { Members } from '../document/row-value.ts';
import type { Camera, Reply } from './handler.ts';
import type { Scene } from './scene.ts';

/** How an endpoint that the document shows open wants to be logged in at: by user and pwd in its query, or as HTTP has it (RFC 7617, RFC 7616). */
export type LogIn = 'query' | 'basic' | 'digest';

export type Perform = (instead?: Members | null) => Reply | Promise<Reply>;

export interface Tamper {
  /** whether a user and the `pwd` of a request for an action are let in */
  admits?(user: string | undefined, digest: string | undefined, isRight: boolean, action: string): boolean;
  /** the log-in that a path wants which the document shows without one; undefined: none */
  guards?(path: string): LogIn | undefined;
  /** the text of `json`, undefined where there is none, before anything reads it */
  request?(action: string, json: string | undefined): string | undefined;
  /** what a well-formed request of an admitted user is answered with in place of being carried out: a code, or the text; null: it is carried out */
  refuses?(action: string, json: Members | null): number | 'text' | null;
  /** what is done for a well-formed request; `perform` does what is right, for another request where one is given */
  performs?(action: string, json: Members | null, camera: Camera, perform: Perform): Reply | Promise<Reply>;
  /** a whole JSON reply, envelope included; a string goes out as it is */
  reply?(action: string, json: Members | null, reply: Members): Members | string;
  /** what a set that was accepted stores, and what is stored before it */
  stored?(action: string, changes: Members, before: Members): Members;
  /** the text of a general error, without its line end; `error user/pwd` has action '', whatever was asked for */
  text?(action: string, text: string, asked: string): string;
  /** what goes over the wire in place of a reply with that body (the telnet switch has its path for an action), its head included; the connection then ends. Undefined: the reply as it is */
  wire?(action: string, body: string): string | undefined;
  /** what a snapshot shows, of whatever the camera sees; the streams go on showing that */
  shot?(format: 'jpg' | 'bmp' | 'yuv', scene: Scene): Scene;
  /** a snapshot */
  picture?(format: 'jpg' | 'bmp' | 'yuv', bytes: Uint8Array): Uint8Array;
}

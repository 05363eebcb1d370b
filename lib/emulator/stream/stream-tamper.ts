/** Where tests plant faults in streams and pictures that have none. Every hook gets what a good camera would do and returns what to do instead. */
import type { Scene } from '../scene.ts';
import type { Program } from './program.ts';
import type { RtspRequest } from './request-reader.ts';
import type { RtspResponse } from './response.ts';
import type { RtpPacket } from './rtp-sender.ts';
import type { SessionHabits } from './session.ts';
import type { Channel, StreamSettings } from './stream-settings.ts';

export interface StreamTamper {
  /** what is seen, in snapshots as well as in streams */
  scene?(scene: Scene): Scene;
  /** what a stream is made of, in its description and in what is sent */
  settings?(channel: Channel, settings: StreamSettings): StreamSettings;
  /** the stream that a path stands for: `/stream_0`, `/stream_1`, or one that there is not */
  path?(path: string): string;
  /** a response with all its headers and its body; null: none is sent */
  response?(method: string, text: string): string | null;
  /** a packet of RTP; null: it is not sent */
  packet?(media: 'video' | 'audio', packet: RtpPacket): RtpPacket | null;
  /** whether the credentials of a request are taken; `authorization` is its header, undefined where there is none */
  admits?(method: string, isRight: boolean, authorization: string | undefined): boolean;
  /** what is answered in place of the camera; undefined: its own answer */
  request?(request: RtspRequest): RtspResponse | undefined;
  /** whether the connection ends in place of a response */
  hangsUp?(method: string): boolean;
  /** milliseconds for which a response is held, while what plays goes out */
  held?(method: string): number;
  /** bytes that follow the response to a method, such as a request of the server */
  afterwards?(method: string): string;
  /** the interleaved channels that are taken for those that were asked for */
  channels?(asked: readonly [rtp: number, rtcp: number]): readonly [rtp: number, rtcp: number];
  /** where datagrams go in place of the client's ports */
  ports?(asked: readonly [rtp: number, rtcp: number]): readonly [rtp: number, rtcp: number];
  /** what a track sends; asked again for each request */
  program?(program: Program): Program;
  /** a packet of RTCP; null: it is not sent */
  report?(packet: Buffer): Buffer | null;
  /** where sequence number and timestamp of every sender begin; random without it */
  readonly start?: { readonly seq: number; readonly rtptime: number };
  readonly sessions?: SessionHabits;
  /** how many requests a nonce serves; all of a connection without it */
  readonly nonceUses?: number;
  /** how many ms behind PLAY the connection ends by itself */
  readonly endsAfterMs?: number;
  /** true: all bytes of a connection come in many small segments */
  readonly inPieces?: boolean;
  /** true: what plays goes on after TEARDOWN, until the connection ends */
  readonly playsOn?: boolean;
}

/** Where tests plant faults in streams and pictures that have none. Every hook gets what a good camera would do and returns what to do instead. */
import type { Scene } from '../scene.ts';
import type { RtpPacket } from './rtp-sender.ts';
import type { Channel, StreamSettings } from './stream-settings.ts';

export interface StreamTamper {
  /** what is seen, in snapshots as well as in streams */
  scene?(scene: Scene): Scene;
  /** what a stream is made of, in its description and in what is sent */
  settings?(channel: Channel, settings: StreamSettings): StreamSettings;
  /** a response with all its headers and its body; null: none is sent */
  response?(method: string, text: string): string | null;
  /** a packet of RTP; null: it is not sent */
  packet?(media: 'video' | 'audio', packet: RtpPacket): RtpPacket | null;
  /** whether the credentials of a request are taken; `authorization` is its header, undefined where there is none */
  admits?(method: string, isRight: boolean, authorization: string | undefined): boolean;
  /** true: what plays goes on after TEARDOWN, until the connection ends */
  readonly playsOn?: boolean;
}

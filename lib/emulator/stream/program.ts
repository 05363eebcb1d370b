/** What a track sends, whatever its coding: units, each due at its time. A program is shared by all who receive it. */

/** One picture, or one stretch of sound. */
export interface Unit {
  /** RTP payloads, in the order of sending */
  readonly payloads: readonly Uint8Array[];
  /** whether the last packet has the marker */
  readonly marker: boolean;
  /** whether decoding can begin here */
  readonly isStart: boolean;
}

export interface Program {
  readonly media: 'video' | 'audio';
  readonly payloadType: number;
  /** lines of the session description that depend on the coding: rtpmap, fmtp, framerate */
  readonly attributes: readonly string[];
  /** ticks of the RTP timestamp per second */
  readonly clockRate: number;
  readonly unitsPerSecond: number;
  /** kbit/s for `b=AS`, where it is known */
  readonly kilobits: number | null;
  /** the unit of that index; every receiver begins with index 0 */
  unit(index: number): Unit;
}

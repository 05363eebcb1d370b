/** When to stop receiving: after so many packets, after so long, when a packet says so, or when the connection ends. */
import type { RtspFault } from './fault.ts';
import type { PacketKind } from './media-transport.ts';

/** Where in the life of its session a packet came. Over TCP exact; over UDP packets that were under way count to the next phase. */
export type Phase = 'before-play' | 'playing' | 'after-teardown';

export interface ReceivedPacket {
  /** position of the track in the session description */
  readonly track: number;
  readonly kind: PacketKind;
  readonly bytes: Buffer;
  /** ms of `performance.now()` */
  readonly arrivedAt: number;
  readonly phase: Phase;
}

/** Whatever holds first. Without any it collects until the session ends. */
export interface StopWhen {
  /** RTP packets, RTCP not counted */
  readonly packets?: number;
  readonly durationMs?: number;
  /** Asked for each packet, RTCP too. */
  readonly until?: (packet: ReceivedPacket) => boolean;
  readonly signal?: AbortSignal;
}

export interface Collected {
  readonly reason: 'packets' | 'duration' | 'until' | 'aborted' | 'ended';
  /** RTP packets since it began */
  readonly packets: number;
  readonly durationMs: number;
  /** with `ended`: why; null when this side closed */
  readonly fault: RtspFault | null;
}

export interface Collector {
  readonly done: Promise<Collected>;
  take(packet: ReceivedPacket): void;
  /** The session ended, or a callback of the user threw: that error rejects. */
  end(fault: RtspFault | null, thrown?: { readonly error: unknown }): void;
}

export const createCollector = ({ packets: most, durationMs, until, signal }: StopWhen, onDone: (collector: Collector) => void): Collector => {
  const began = performance.now();
  let packets = 0;
  let timer: NodeJS.Timeout | null = null;
  let settle: { readonly resolve: (collected: Collected) => void; readonly reject: (error: unknown) => void } | null = null;
  const done = new Promise<Collected>((resolve, reject) => {
    settle = { resolve, reject };
  });

  const finish = (reason: Collected['reason'], fault: RtspFault | null, thrown?: { readonly error: unknown }): void => {
    if (timer !== null) clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    onDone(collector);
    if (thrown !== undefined) settle?.reject(thrown.error);
    else settle?.resolve({ reason, packets, durationMs: performance.now() - began, fault });
  };
  const abort = (): void => finish('aborted', null);

  const collector: Collector = {
    done,
    take(packet) {
      if (packet.kind === 'rtp') packets += 1;
      if (until?.(packet)) finish('until', null);
      else if (most !== undefined && packets >= most) finish('packets', null);
    },
    end: (fault, thrown) => finish('ended', fault, thrown),
  };
  if (durationMs !== undefined) timer = setTimeout(() => finish('duration', null), durationMs);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  return collector;
};

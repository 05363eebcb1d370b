/** The camera's ports and its switch: moves them at once, with the next restart, or never, as its habits say. */
import type { PortMove, Restarting } from './habits.ts';
import type { Machine } from './handler.ts';
import type { PlatformClient } from './platform-client.ts';
import { DOWNTIME_MS, type HttpFront } from './server.ts';
import type { RtspServer } from './stream/rtsp-server.ts';
import type { Time } from './time.ts';

export interface MachineParts {
  /** both are there before the first request; asked for late, because each of them needs the camera that needs this */
  readonly front: () => HttpFront;
  readonly rtsp: () => RtspServer;
  readonly platform?: () => PlatformClient;
  readonly move?: PortMove | undefined;
  readonly restarting?: Restarting | undefined;
  readonly time: Time;
}

export function createMachine({ front, rtsp, platform, move = 'at-once', restarting, time }: MachineParts): Machine {
  /** ports that were set and are not listened on yet */
  const waiting: { web?: number; rtsp?: number } = {};
  return {
    openPort: async (port) => {
      if (move === 'at-once') await front().open(port);
      else waiting.web = port;
    },
    closeOldPorts: () => {
      if (move === 'at-once') front().closeOld();
    },
    get port() {
      return waiting.web ?? front().port;
    },
    openRtspPort: async (port) => {
      if (move === 'at-once') await rtsp().open(port);
      else waiting.rtsp = port;
    },
    closeOldRtspPorts: () => {
      if (move === 'at-once') rtsp().closeOld();
    },
    get rtspPort() {
      return waiting.rtsp ?? rtsp().port;
    },
    sendRtspAway: (ms) => rtsp().goAway(ms),
    sendAway: (ms) => {
      rtsp().goAway(ms);
      front().goAway(ms);
      platform?.().goAway(ms);
    },
    restart: () => {
      if (restarting) time.after(restarting.answersMs, restart);
      else restart();
    },
  };

  function restart(): void {
    const next = move === 'after-restart' ? waiting : {};
    if (restarting) rtsp().goAway(restarting.awayMs);
    else rtsp().disconnectAll();
    front().restart(next.web, restarting?.awayMs);
    platform?.().goAway(restarting?.awayMs ?? DOWNTIME_MS);
    const { port } = rtsp();
    if (next.rtsp === undefined || next.rtsp === port) return;
    // Where the new one cannot be had, it stays where it is.
    rtsp()
      .open(next.rtsp)
      .then(
        () => rtsp().closeOld(),
        () => undefined,
      );
  }
}

/** The camera's ports and its switch: moves them at once, with the next restart, or never, as its habits say. */
import type { PortMove } from './habits.ts';
import type { Machine } from './handler.ts';
import type { HttpFront } from './server.ts';
import type { RtspServer } from './stream/rtsp-server.ts';

/** Both are there before the first request; asked for late, because each of them needs the camera that needs this. */
export function createMachine(front: () => HttpFront, rtsp: () => RtspServer, move: PortMove = 'at-once'): Machine {
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
    restart: () => {
      rtsp().disconnectAll();
      const next = move === 'after-restart' ? waiting : {};
      front().restart(next.web);
      const { port } = rtsp();
      if (next.rtsp === undefined || next.rtsp === port) return;
      // Where the new one cannot be had, it stays where it is.
      rtsp()
        .open(next.rtsp)
        .then(
          () => rtsp().closeOld(),
          () => undefined,
        );
    },
  };
}

/** Section 7: the reply first, then the camera is gone for a moment. */
import type { Handlers } from '../handler.ts';

export const deviceRestart: Handlers = {
  restart: (camera) => ({
    code: 0,
    afterwards: () => {
      camera.memory.moving = null;
      camera.memory.doorUntil = 0;
      camera.machine.restart();
    },
  }),
};

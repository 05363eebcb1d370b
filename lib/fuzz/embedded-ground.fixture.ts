/** An embedded camera to try things on, and what its state shows of a defect that no get shows. */
import { SECTIONS } from '../document/index.ts';
import { HAZARDS } from '../document/notation.ts';
import type { Emulator, EmulatorOptions } from '../emulator/emulator.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import type { Ground } from './make-attempt.ts';
import { targetsOf } from './targets.ts';

export const ALL_TARGETS = targetsOf(SECTIONS, new Set(HAZARDS));

export interface EmbeddedGround {
  readonly ground: Ground;
  readonly emulator: Emulator;
}

/** Nothing that a test says may depend on what it said before: `tied` is off, so that each refusal counts. */
export function withGround<T>(emulator: EmulatorOptions, use: (embedded: EmbeddedGround) => Promise<T>): Promise<T> {
  return withEmulatedSession({ emulator, sections: [] }, (session, running) =>
    use({
      ground: {
        camera: session.camera,
        profile: 'default',
        targets: ALL_TARGETS,
        tied: false,
        quietMs: 100,
        answerMs: 10_000,
        rtsp: new URL(running.rtspUrl),
      },
      emulator: running,
    }),
  );
}

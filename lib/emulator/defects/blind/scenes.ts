/** What is seen, changed: everywhere, in the streams alone, or in snapshots alone. */

import type { Habits } from '../../habits.ts';
import type { Scene } from '../../scene.ts';
import { streaming, tampering } from './blind-defect.ts';

export const scene = (change: (scene: Scene) => Scene) => (): Habits => streaming({ scene: change });

/** In the streams alone, or in snapshots alone. */
export const inStreams = (change: (scene: Scene) => Scene) => (): Habits =>
  streaming({ settings: (_, settings) => ({ ...settings, video: { ...settings.video, scene: change(settings.video.scene) } }) });

export const inSnapshots = (change: (scene: Scene) => Scene) => (): Habits => tampering({ shot: (_, seen) => change(seen) });

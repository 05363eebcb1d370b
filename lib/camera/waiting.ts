/** Waits for the camera to go, to come, or to change: asks again and again until it does or the time is over. */
import { setTimeout as pause } from 'node:timers/promises';
import { NoReply } from '../http/client.ts';
import type { Camera } from './camera.ts';
import type { Outcome } from './outcome.ts';

const BETWEEN_MS = 50;

/** Asks until `ask` gives something else than null; null when `limitMs` is over. */
export async function poll<T>(limitMs: number, ask: () => Promise<T | null>): Promise<T | null> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (performance.now() >= end) return null;
    await pause(BETWEEN_MS);
  }
}

/** Two, because one of them may be what is not answered. */
const QUESTIONS = ['getSysConfig', 'getOsdConf'] as const;

/** Whether the camera answers anything. */
export async function answersAny(camera: Camera, limitMs = 2000): Promise<boolean> {
  for (const action of QUESTIONS) if ((await asked(camera, action, limitMs)) !== null) return true;
  return false;
}

/** One short question: an outcome, or null when nobody answers. */
export const isThere = (camera: Camera, limitMs = 2000): Promise<Outcome | null> => asked(camera, QUESTIONS[0], limitMs);

async function asked(camera: Camera, action: string, limitMs: number): Promise<Outcome | null> {
  try {
    return await camera.call(action, null, { timeoutMs: limitMs, repeatable: false, retryBusy: false });
  } catch (error) {
    if (error instanceof NoReply) return null;
    throw error;
  }
}

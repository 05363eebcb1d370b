/** Whether the camera is there, by short questions that any camera of the document answers. */
import { NoReply } from '../http/client.ts';
import type { Camera } from './camera.ts';
import type { Outcome } from './outcome.ts';
import { QUESTIONS } from './questions.ts';

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

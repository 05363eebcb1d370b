/** Asks again and again until something comes, or the time is over. */
import { setTimeout as pause } from 'node:timers/promises';

const BETWEEN_MS = 50;

/** Asks until `ask` gives something else than null; null when `limitMs` is over. `betweenMs`: how long it rests before it asks again. */
export async function poll<T>(limitMs: number, ask: () => Promise<T | null>, betweenMs = BETWEEN_MS): Promise<T | null> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (performance.now() >= end) return null;
    await pause(betweenMs);
  }
}

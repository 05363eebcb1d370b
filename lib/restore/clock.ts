/** The camera's clock, put back with the time that has passed since it was read. */
import type { Camera } from '../camera/camera.ts';
import type { Members } from '../document/row-value.ts';
import type { Difference } from './difference.ts';
import { secondsSince } from './host-time.ts';
import type { OriginalItem } from './journal-entry.ts';

/** Both clocks are read in whole seconds, and a request takes its time. */
const TOLERANCE_S = 3;

export const isClock = ({ get, reply }: OriginalItem): boolean => get === 'getDeviceTime' && typeof reply.deviceTime === 'number';

/** What the clock shows now if nobody set it: it was read as a whole second that had begun half a second before, on average. */
const clockNow = ({ reply, at }: OriginalItem): number => Number(reply.deviceTime) + 0.5 + secondsSince(at);

/** Null when the clock goes as it went, or when there is none. */
export function clockDifference(item: OriginalItem, now: Members): Difference | null {
  if (!isClock(item) || typeof now.deviceTime !== 'number') return null;
  const wanted = clockNow(item);
  if (Math.abs(now.deviceTime - wanted) <= TOLERANCE_S) return null;
  return { place: '10.2', action: 'setTime', parameter: 'deviceTime', wanted: `about ${Math.round(wanted)}`, found: String(now.deviceTime) };
}

/** In NTP mode the clock is the server's: it may rightly go otherwise than it went. */
export const isJudgedClock = (item: OriginalItem): boolean => isClock(item) && item.reply.ntp_enable !== 1;

/** The clock can be set in device timing mode alone; the mode itself is put back afterwards, with the other parameters. */
export async function putBackClock(camera: Camera, item: OriginalItem): Promise<void> {
  await camera.call('setTime', { CurTime: Math.round(clockNow(item)), ntp_enable: 0 });
}

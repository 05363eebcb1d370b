/** The camera's clock, put back with the time that has passed since it was read. */
import type { Camera } from '../camera/camera.ts';
import type { Members } from '../document/row-value.ts';
import { isSameExactly } from '../wire/exact-json.ts';
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

/**
 * Sets the clock until it shows what it would show if nobody had set it. It can be set in device timing mode alone; the mode itself is put
 * back afterwards, with the other parameters. What it shows may be counted by its zone, so that this is put back first; a camera that counts
 * what it shows by its zone and what it takes universally is told as much less.
 *
 * @param look what its get shows, once `isRight` or when a change has had its time
 */
export async function putBackClock(
  camera: Camera,
  item: OriginalItem,
  look: (isRight: (now: Members) => boolean) => Promise<Members>,
): Promise<void> {
  const isRight = (now: Members): boolean => clockDifference(item, now) === null;
  const { timeZone } = item.reply;
  const set = async (members: Members): Promise<boolean> => (await camera.call('setTime', { ...members, ntp_enable: 0 })).kind === 'done';
  const before = await look(() => true);
  if (timeZone !== undefined && !isSameExactly(before.timeZone, timeZone) && (await set({ timeZone })) && isRight(await look(isRight))) return;
  if (!(await set({ CurTime: Math.round(clockNow(item)) }))) return;
  const { deviceTime } = await look(isRight);
  const off = typeof deviceTime === 'number' ? deviceTime - clockNow(item) : 0;
  if (!isZone(off)) return;
  await set({ CurTime: Math.round(clockNow(item) - off) });
  if (!isRight(await look(isRight))) await set({ CurTime: Math.round(clockNow(item)) });
}

/** Zones are quarters of an hour, and lie up to 14 h from universal time. */
const QUARTER_S = 900;
const FARTHEST_S = 14 * 3600;

function isZone(off: number): boolean {
  const quarters = Math.round(off / QUARTER_S);
  return quarters !== 0 && Math.abs(off) <= FARTHEST_S + TOLERANCE_S && Math.abs(off - quarters * QUARTER_S) <= TOLERANCE_S;
}

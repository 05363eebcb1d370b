/**
 * Looks at several things at once, as recorders do that fetch the main and the sub stream of a camera together. Some cameras have room
 * for one viewer, or for one at full speed: what goes wrong then is no verdict until each has been looked at alone.
 */
export async function atOnce<T>(all: readonly T[], look: (each: T) => Promise<void>): Promise<void> {
  const looks = await Promise.allSettled(all.map(look));
  if (looks.every(({ status }) => status === 'fulfilled')) return;
  for (const each of all) await look(each);
}

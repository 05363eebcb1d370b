/** The password, put back by trying which of those that it may be opens the camera. */
import type { Camera } from '../camera/camera.ts';
import type { Members } from '../document/row-value.ts';
import { md5Hex } from '../wire/md5.ts';
import type { Difference } from './difference.ts';
import type { KeepsakeOf } from './journal-entry.ts';

const ACTION = 'setPasswd';

/** What a request would make of the password; null when it cannot change it. */
export function passwordBefore(action: string, json: Members | null, inForce: string): KeepsakeOf<'password'> | null {
  const to = json?.newPassword;
  return action === ACTION && typeof to === 'string' && to !== inForce ? { kind: 'password', from: inForce, to } : null;
}

/** The first of the passwords that the camera lets in; the client keeps it. Null, with the client as it was, when it is none. */
export async function openWith(camera: Camera, passwords: readonly string[], otherwise: string): Promise<string | null> {
  for (const password of new Set(passwords)) {
    camera.client.setPassword(password);
    if ((await camera.call('getSysConfig', null)).kind !== 'error-user') return password;
  }
  camera.client.setPassword(otherwise);
  return null;
}

/** Sets the password that held before all others. It cannot be read back: that it opens the camera proves it. */
export async function putBackPassword(camera: Camera, kept: readonly KeepsakeOf<'password'>[]): Promise<readonly Difference[]> {
  const [first] = kept;
  if (first === undefined) return [];
  const original = first.from;
  // The last one is the likeliest.
  const found = await openWith(camera, [original, ...kept.map(({ to }) => to).toReversed()], original);
  if (found === original) return [];
  if (found === null) return [difference('none that the journal knows')];
  await camera.call(ACTION, { newPassword: original, oldPassword: md5Hex(found) }, { addSecrets: [original, found] });
  if ((await openWith(camera, [original], found)) === null) return [difference('the one in the journal')];
  return [];
}

const difference = (found: string): Difference => ({ place: '4', action: ACTION, parameter: 'password', wanted: '***', found });

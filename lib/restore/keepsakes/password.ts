/** The password (4), put back by trying which of those that it may be opens the camera. */
import { z } from 'zod';
import type { Camera } from '../../camera/camera.ts';
import { md5Hex } from '../../wire/md5.ts';
import type { Difference } from '../difference.ts';
import type { KeepsakeKind } from './keepsake.ts';

/** Kept before the password is changed; both plain. */
export const passwordSchema = z.object({ kind: z.literal('password'), from: z.string(), to: z.string() });
type Item = z.infer<typeof passwordSchema>;

const ACTION = 'setPasswd';
const TRIES = 3;

export const password: KeepsakeKind<'password', Item> = {
  kind: 'password',
  turn: 'first',
  key: ({ to }) => `password ${to}`,
  describe: () => '4 setPasswd: the password as it was',
  before: ({ action, json }, camera, kept) => {
    const inForce = kept[0]?.from ?? camera.options.password;
    const to = json?.newPassword;
    if (action !== ACTION || typeof to !== 'string' || to === inForce || kept.some((each) => each.to === to)) return null;
    return { kind: 'password', from: inForce, to };
  },
  putBack: putBackPassword,
};

/** The first of the passwords that the camera lets in; the client keeps it. Null, with the client as it was, when it is none. */
export async function openWith(camera: Camera, passwords: readonly string[], otherwise: string): Promise<string | null> {
  let maybe: string | null = null;
  for (const each of new Set(passwords)) {
    camera.client.setPassword(each);
    let { kind } = await camera.call('getSysConfig', null);
    // A page of the web server says nothing of the password.
    if (kind === 'other') ({ kind } = await camera.call('getSysConfig', null));
    if (kind === 'done') return each;
    // A camera may refuse with words of its own: whoever is served is surely let in, whoever is not refused perhaps.
    if (kind !== 'error-user') maybe ??= each;
  }
  camera.client.setPassword(maybe ?? otherwise);
  return maybe;
}

/** Sets the password that held before all others. It cannot be read back: that it opens the camera proves it. */
export async function putBackPassword(camera: Camera, kept: readonly Item[]): Promise<readonly Difference[]> {
  const [first] = kept;
  if (first === undefined) return [];
  const original = first.from;
  // The last one is the likeliest.
  const candidates = [original, ...kept.map(({ to }) => to).toReversed()];
  let found: string | null = null;
  for (let tries = 0; tries < TRIES; tries += 1) {
    found = await openWith(camera, candidates, original);
    if (found === original) return [];
    // One refusal of all of them may be the camera's mood.
    if (found !== null) await camera.call(ACTION, { newPassword: original, oldPassword: md5Hex(found) }, { addSecrets: [original, found] });
    else await camera.pause(100 * 2 ** tries);
  }
  if ((await openWith(camera, [original], found ?? original)) !== null) return [];
  return [difference(found === null ? 'none that the journal knows' : 'the one in the journal')];
}

const difference = (found: string): Difference => ({ place: '4', action: ACTION, parameter: 'password', wanted: '***', found });

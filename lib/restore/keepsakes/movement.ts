/** What pans, tilts, zooms or shines (9): stopped, and looking where it looked when a preset point was kept. */
import { z } from 'zod';
import type { Camera } from '../../camera/camera.ts';
import { describe, isNotOffered, type Outcome } from '../../camera/outcome.ts';
import { PTZ_CALL_PRESET, PTZ_SET_PRESET, PTZ_STOP } from '../../document/sections/09-ptz-control.ts';
import type { Difference } from '../difference.ts';
import type { KeepsakeKind } from './keepsake.ts';

export const movementSchema = z.object({
  kind: z.literal('movement'),
  /** null until one was set: called before, it would point the camera somewhere else */
  preset: z.number().nullable(),
  /** the camera carried out a command */
  took: z.boolean().default(false),
});
type Item = z.infer<typeof movementSchema>;

const PTZ = 'setPtzControl';
const TRIES = 3;

export const movement: KeepsakeKind<'movement', Item> = {
  kind: 'movement',
  turn: 'between',
  key: () => 'movement',
  describe: ({ preset }) => `9 setPtzControl: stopped${preset === null ? '' : `, looking at preset point ${preset}`}`,
  unproven: ({ took, preset }) =>
    took
      ? `The camera says that it stopped what setPtzControl moved or switched${preset === null ? '' : `, and that it looks at preset point ${preset} again`}: no reply of the document shows that.`
      : null,
  before: ({ action }, _, kept) => (action === PTZ && kept.length === 0 ? { kind: 'movement', preset: null, took: false } : null),
  after: ({ action, json }, { kind }, [kept]) => {
    if (action !== PTZ || kind !== 'done' || kept === undefined) return null;
    const preset = json?.ptz_cmd === PTZ_SET_PRESET ? Number(json.speed_v) : kept.preset;
    return kept.took && preset === kept.preset ? null : { kind: 'movement', preset, took: true };
  },
  putBack: async (camera, [kept]) => {
    const left = await order(camera, { channel: 0, speed_h: 1, speed_v: 1, ptz_cmd: PTZ_STOP }, 'movement', 'stopped');
    const preset = kept?.preset ?? null;
    if (preset !== null) {
      left.push(...(await order(camera, { speed_v: preset, channel: 0, ptz_cmd: PTZ_CALL_PRESET }, 'position', `at preset point ${preset}`)));
    }
    // Where no command was ever carried out nothing moves.
    return kept?.took ? left : [];
  },
};

/** No reply tells where the camera looks, or whether it moves: that the command is carried out has to do. */
async function order(camera: Camera, json: Readonly<Record<string, number>>, parameter: string, wanted: string): Promise<Difference[]> {
  let outcome: Outcome | null = null;
  for (let tries = 0; tries < TRIES; tries += 1) {
    outcome = await camera.call(PTZ, json);
    if (outcome.kind === 'done') return [];
    if (isNotOffered(outcome)) break;
    await camera.pause(100 * 2 ** tries);
  }
  return [
    { place: '9', action: PTZ, parameter, wanted, found: `unknown: ptz_cmd ${json.ptz_cmd} is answered with ${outcome ? describe(outcome) : ''}` },
  ];
}

/** The GB28181 registration (17), from which a check logs the camera out. */
import { z } from 'zod';
import { describe } from '../../camera/outcome.ts';
import type { KeepsakeKind } from './keepsake.ts';

export const registrationSchema = z.object({
  kind: z.literal('registration'),
  /** the camera carried out a log-out or a registration */
  took: z.boolean().default(false),
});
type Item = z.infer<typeof registrationSchema>;

const REGISTER = 'setGb28181Register';
const ACTIONS: ReadonlySet<string> = new Set(['setGb28181Logout', REGISTER]);
const MANUAL = 1;
const TRIES = 3;

export const registration: KeepsakeKind<'registration', Item> = {
  kind: 'registration',
  turn: 'last',
  key: () => 'registration',
  describe: () => '17.4 setGb28181Register: registered',
  unproven: ({ took }) =>
    took
      ? 'The camera was asked to register with its GB28181 server again, or does so by itself: no reply of the document shows whether it has.'
      : null,
  before: ({ action }, _, kept) => (ACTIONS.has(action) && kept.length === 0 ? { kind: 'registration', took: false } : null),
  after: ({ action }, { kind }, [kept]) =>
    ACTIONS.has(action) && kind === 'done' && kept !== undefined && !kept.took ? { kind: 'registration', took: true } : null,
  /** With `register_type` 0 the camera registers by itself. Whether it was registered before, and is again, no reply tells. */
  putBack: async (camera, [kept]) => {
    let answer = '';
    for (let tries = 0; tries < TRIES; tries += 1) {
      const shown = await camera.call('getGb28181', null);
      if (shown.kind === 'done' && shown.reply.register_type !== MANUAL) return [];
      const outcome = shown.kind === 'done' ? await camera.call(REGISTER, null) : shown;
      if (outcome !== shown && outcome.kind === 'done') return [];
      answer = describe(outcome);
      await camera.pause(100 * 2 ** tries);
    }
    if (!kept?.took) return [];
    return [{ place: '17.4', action: REGISTER, parameter: 'registration', wanted: 'registered', found: `unknown: it is answered with ${answer}` }];
  },
};

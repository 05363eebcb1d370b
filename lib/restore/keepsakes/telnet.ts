/** The telnet service (2), which a check opens: closed again, as a look at its port shows. */
import { connect } from 'node:net';
import { z } from 'zod';
import type { Camera } from '../../camera/camera.ts';
import type { Outcome } from '../../camera/outcome.ts';
import { TELNET_PATH } from '../../document/sections/02-telnet.ts';
import type { Difference } from '../difference.ts';
import type { KeepsakeKind } from './keepsake.ts';

export const telnetSchema = z.object({
  kind: z.literal('telnet'),
  /** the port was open before this run opened it */
  wasOpen: z.boolean().default(false),
  /** the camera said that it opened it */
  took: z.boolean().default(false),
});
type Item = z.infer<typeof telnetSchema>;

const PORT = 23;
const LOOK_MS = 1000;
const TRIES = 3;

export const telnet: KeepsakeKind<'telnet', Item> = {
  kind: 'telnet',
  turn: 'between',
  key: () => 'telnet',
  describe: ({ wasOpen }) => (wasOpen ? '2 telnet: open, as it was' : '2 telnet: closed'),
  before: async ({ action }, camera, kept) =>
    action === TELNET_PATH && kept.length === 0 ? { kind: 'telnet', wasOpen: await isOpen(camera), took: false } : null,
  after: ({ action, json }, outcome, [kept]) =>
    action === TELNET_PATH && kept !== undefined && !kept.took && names(outcome, String(json?.action)) ? { ...kept, took: true } : null,
  putBack: async (camera, [kept]) => {
    const operation = kept?.wasOpen ? 'open' : 'close';
    let seen = '';
    for (let tries = 0; tries < TRIES; tries += 1) {
      const wasOpen = await isOpen(camera);
      const outcome = await camera.openPath(TELNET_PATH, { action: operation });
      const now = await isOpen(camera);
      // Where its port cannot be seen from here, what the camera says has to do.
      const isSeen = wasOpen !== now;
      if ((isSeen || names(outcome, operation)) && (operation === 'open' || !now)) return [];
      seen = now ? `open at port ${PORT}` : `unknown: ${operation} is answered with HTTP status ${outcome.answer.status}`;
      await camera.pause(100 * 2 ** tries);
    }
    return kept?.took || seen.startsWith('open') ? [difference(operation === 'open' ? 'open' : 'closed', seen)] : [];
  },
};

const names = ({ answer: { body, status } }: Outcome, operation: string): boolean =>
  status === 200 && body.kind === 'text' && new RegExp(`oper:\\s*${operation}\\b`).test(body.text);

const difference = (wanted: string, found: string): Difference => ({ place: '2', action: 'telnet', parameter: 'service', wanted, found });

/** Whether somebody answers at the port of telnet. */
function isOpen(camera: Camera): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: camera.client.base.hostname.replace(/^\[|\]$/g, ''), port: PORT });
    const end = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.setTimeout(LOOK_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

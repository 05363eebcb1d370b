/** Asks the camera who it is before the first check, which may be the only one of the run. */
import { NoReply } from '../http/client.ts';
import type { Session } from './session.ts';

/** Once in a session. Whatever comes of it is no verdict: the checks of `getSysConfig` judge that. */
export async function introduce(session: Session): Promise<void> {
  if (session.introduced) return;
  session.introduced = true;
  try {
    const outcome = await session.camera.call('getSysConfig', null);
    if (outcome.kind === 'done' && typeof outcome.reply.version === 'string') session.version = outcome.reply.version;
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
  }
}

/** Looks, before anything else, whether there is a camera at the other end and whether it lets the tester in. */
import { describe, outcomeOf } from '../camera/outcome.ts';
import { DIALECTS } from '../cgi/dialects.ts';
import { CameraClient, errorSentence, NoReply } from '../http/client.ts';
import type { Configuration } from './configuration.ts';

export type Found =
  | { readonly kind: 'found' /** null where it does not tell */; readonly deviceId: string | null }
  /** one sentence: why a run makes no sense */
  | { readonly kind: 'problem'; readonly sentence: string };

const problem = (sentence: string): Found => ({ kind: 'problem', sentence });

export async function findCamera(settings: Configuration, url: URL): Promise<Found> {
  const client = new CameraClient({
    dialect: DIALECTS[settings.api],
    baseUrl: url,
    user: settings.user,
    password: settings.password,
    timeoutMs: settings.timeoutMs,
    concurrency: 1,
    secretNames: new Set(),
  });
  try {
    const outcome = outcomeOf(await client.cgi('getSysConfig', null));
    if (outcome.kind === 'done' || outcome.kind === 'code') {
      const { deviceID } = outcome.reply;
      return { kind: 'found', deviceId: typeof deviceID === 'string' && deviceID !== '' ? deviceID : null };
    }
    if (outcome.kind === 'error-json') return { kind: 'found', deviceId: null };
    if (outcome.kind === 'error-user') {
      return problem(`The camera at ${url.href} refuses the user "${settings.user}" with this password; set CAMERA_USER and CAMERA_PASSWORD.`);
    }
    const isElsewhere = settings.api === 'cgi' && outcome.answer.status === 404;
    return problem(
      `What answers at ${url.href} is not a camera of this family: it answers getSysConfig with ${describe(outcome)}; check CAMERA_URL${isElsewhere ? ', or set CAMERA_API=web for a camera that offers the calls of its own page alone' : ''}.`,
    );
  } catch (error) {
    if (error instanceof NoReply) return problem(errorSentence(error, url));
    throw error;
  } finally {
    await client.close();
  }
}

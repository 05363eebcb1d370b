/** Looks, before anything else, whether there is a camera at the other end and whether it lets the tester in. */
import { describe, outcomeOf } from '../camera/outcome.ts';
import { CameraClient, errorSentence, NoReply } from '../http/client.ts';
import type { Settings } from './settings.ts';

/** One sentence when a run makes no sense, null when it does. Nothing to find out for the embedded camera. */
export async function findCamera(settings: Settings): Promise<string | null> {
  const { url } = settings;
  if (url === null) return null;
  const client = new CameraClient({
    baseUrl: url,
    user: settings.user,
    password: settings.password,
    timeoutMs: settings.timeoutMs,
    concurrency: 1,
    secretNames: new Set(),
  });
  try {
    const outcome = outcomeOf(await client.cgi('getSysConfig', null));
    if (outcome.kind === 'done' || outcome.kind === 'code' || outcome.kind === 'error-json') return null;
    if (outcome.kind === 'error-user') {
      return `The camera at ${url.href} refuses the user "${settings.user}" with this password; set CAMERA_USER and CAMERA_PASSWORD.`;
    }
    return `What answers at ${url.href} is not a camera of this family: it answers getSysConfig with ${describe(outcome)}; check CAMERA_URL.`;
  } catch (error) {
    if (error instanceof NoReply) return errorSentence(error, url);
    throw error;
  } finally {
    await client.close();
  }
}

/** The session of a vitest worker, shared by all suite files that it runs. Made when the first check runs. */
import { inject } from 'vitest';
import { CheckRecorder } from './check-recorder.ts';
import { openSession, type Session } from './session.ts';
import { loadSettings } from './settings.ts';

let session: Session | null = null;

export function theSession(): Session {
  session ??= openSession(loadSettings(), {
    embedded: inject('embedded'),
    waivers: inject('waivers'),
    ...(theRecorder === null ? {} : { recorder: theRecorder }),
  });
  return session;
}

/** Notes what checks do where a report is made of it. */
export const theRecorder: CheckRecorder | null = process.env.CAMERA_ALLURE === '1' ? new CheckRecorder() : null;

/** The session of a vitest worker, shared by all suite files that it runs. Made when the first check runs. */
import { inject } from 'vitest';
import { openSession, type Session } from '../execution/session.ts';
import { loadSettings } from '../execution/settings.ts';

let session: Session | null = null;

export function theSession(): Session {
  session ??= openSession(loadSettings(), {
    embedded: inject('embedded'),
    waivers: inject('waivers'),
  });
  return session;
}

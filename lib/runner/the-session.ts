/** The session of a vitest worker, shared by all suite files that it runs. Made when the first check runs. */
import { inject } from 'vitest';
import { loadConfiguration } from '../execution/configuration.ts';
import { openSession, type Session } from '../execution/session.ts';

let session: Session | null = null;

export function theSession(): Session {
  session ??= openSession(loadConfiguration(), {
    embedded: inject('embedded'),
    waivers: inject('waivers'),
  });
  return session;
}

/** Holds a camera, and the folder of its reports, for as long as this process lives: no other run on this computer works on them. */
import { mkdirSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatHolder, takeLease } from '../restore/lease.ts';

/** Null when it is held from now on; otherwise one sentence that says who holds it. */
async function hold(name: string, what: string, does: string, otherwise = ''): Promise<string | null> {
  const lease = await takeLease(name, what);
  if (lease.kind === 'held') return `${formatHolder(lease.holder)} ${does} ${what}; wait for its end, or end it${otherwise}.`;
  process.on('exit', () => lease.release());
  return null;
}

const holdCamera = (name: string, url: URL): Promise<string | null> => hold(name, url.href, 'works on the camera at');

export const holdAddress = (url: URL): Promise<string | null> =>
  holdCamera(`${url.hostname}-${url.port || { 'http:': '80', 'https:': '443' }[url.protocol]}`, url);

/** The same camera under another name or address. On a loopback address several emulators may say that they are the same camera. */
export const holdDevice = async (deviceId: string | null, url: URL): Promise<string | null> =>
  deviceId === null || isLoopback(url) ? null : holdCamera(`device-${deviceId}`, url);

/** The journal and the reports in a folder are those of one run. A folder that cannot be made is told of by whoever writes there. */
export function holdFolder(folder: string): Promise<string | null> {
  return hold(`folder-${pathOf(folder)}`, folder, 'writes to', ', or set REPORTS_DIR to another folder');
}

function pathOf(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}

const isLoopback = ({ hostname }: URL): boolean => hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

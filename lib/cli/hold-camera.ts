/** Holds a camera for as long as this process lives, so that no other run on this computer works on it. */
import { formatHolder, takeLease } from '../restore/lease.ts';

/** Null when the camera is held from now on; otherwise one sentence that says who holds it. */
export function holdCamera(name: string, url: URL): string | null {
  const lease = takeLease(name, url.href);
  if (lease.kind === 'held') return formatHolder(lease.holder);
  process.on('exit', () => lease.release());
  return null;
}

export const holdAddress = (url: URL): string | null =>
  holdCamera(`${url.hostname}-${url.port || { 'http:': '80', 'https:': '443' }[url.protocol]}`, url);

/** The same camera under another name or address. On a loopback address several emulators may say that they are the same camera. */
export const holdDevice = (deviceId: string | null, url: URL): string | null =>
  deviceId === null || isLoopback(url) ? null : holdCamera(`device-${deviceId}`, url);

const isLoopback = ({ hostname }: URL): boolean => hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

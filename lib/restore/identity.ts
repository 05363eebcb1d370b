/** Who a camera says it is, as the journal compares it. */
import type { Camera } from '../camera/camera.ts';

export interface Identity {
  /** null where the camera does not tell */
  readonly deviceId: string | null;
  readonly mac: string | null;
}

/** Without the secrets that a camera may echo there. */
export function identityOf({ identity, client }: Pick<Camera, 'identity' | 'client'>): Identity {
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? client.withoutSecrets(value) : null);
  return { deviceId: text(identity?.deviceID), mac: text(identity?.device_mac) };
}

/** What the journal knows of its camera, this one must say as well. */
export const isSameCamera = (wanted: Identity, found: Identity): boolean =>
  (wanted.deviceId === null || wanted.deviceId === found.deviceId) && (wanted.mac === null || wanted.mac === found.mac);

export const formatIdentity = ({ deviceId, mac }: Identity): string => `${deviceId ?? 'without a device id'}, ${mac ?? 'without a MAC'}`;

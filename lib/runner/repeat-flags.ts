/** The flags that a run was given, as far as one check alone needs them again: its camera, how it is judged, what it may take. */
import type { CheckIdentity } from '../checks/check.ts';
import { SECTIONS } from '../document/index.ts';
import { CONFIGURATION, type Configuration } from '../execution/configuration.ts';
import { possibleHazards } from '../gate/gate.ts';

const NOTHING: Pick<CheckIdentity, 'hazards' | 'action'> = { hazards: [], action: null };

/**
 * `['--url', 'http://192.168.1.89/', '--allow', 'ptz']`; nothing of them is secret. Allowed is what the check takes, and what of the hazards that
 * were allowed its action may take, as the camera is set.
 */
export function repeatFlags({ url, user, rtspUrl, api, profile, allow }: Configuration, { hazards, action } = NOTHING): readonly string[] {
  const taken = new Set([...hazards, ...possibleHazards(action, SECTIONS).filter((hazard) => allow.has(hazard))]);
  const needed = [
    [CONFIGURATION.url, url?.href ?? ''],
    [CONFIGURATION.rtspUrl, rtspUrl?.href ?? ''],
    [CONFIGURATION.user, user],
    [CONFIGURATION.api, api],
    [CONFIGURATION.profile, profile],
    // Against the embedded camera all are allowed.
    [CONFIGURATION.allow, url === null ? '' : [...taken].join(',')],
  ] as const;
  return needed.flatMap(([setting, value]) => (value === setting.default ? [] : [setting.flag, value]));
}

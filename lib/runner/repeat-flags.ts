/** The flags that a run was given, as far as one check alone needs them again: its camera, how it is judged, what it may take. */
import type { Hazard } from '../document/notation.ts';
import { CONFIGURATION, type Configuration } from '../execution/configuration.ts';

/** `['--url', 'http://192.168.1.89/', '--allow', 'ptz']`; nothing of them is secret. `hazards`: those of the check. */
export function repeatFlags({ url, user, rtspUrl, profile }: Configuration, hazards: readonly Hazard[]): readonly string[] {
  const needed = [
    [CONFIGURATION.url, url?.href ?? ''],
    [CONFIGURATION.rtspUrl, rtspUrl?.href ?? ''],
    [CONFIGURATION.user, user],
    [CONFIGURATION.profile, profile],
    // Against the embedded camera all are allowed.
    [CONFIGURATION.allow, url === null ? '' : hazards.join(',')],
  ] as const;
  return needed.flatMap(([setting, value]) => (value === setting.default ? [] : [setting.flag, value]));
}

/** The flags that a run was given, as far as one check alone needs them again: its camera, how it is judged, what it may take. */
import type { Hazard } from '../document/notation.ts';
import { SETTINGS, type Settings } from '../execution/settings.ts';

/** `['--url', 'http://192.168.1.89/', '--allow', 'ptz']`; nothing of them is secret. `hazards`: those of the check. */
export function repeatFlags({ url, user, rtspUrl, profile }: Settings, hazards: readonly Hazard[]): readonly string[] {
  const needed = [
    [SETTINGS.url, url?.href ?? ''],
    [SETTINGS.rtspUrl, rtspUrl?.href ?? ''],
    [SETTINGS.user, user],
    [SETTINGS.profile, profile],
    // Against the embedded camera all are allowed.
    [SETTINGS.allow, url === null ? '' : hazards.join(',')],
  ] as const;
  return needed.flatMap(([setting, value]) => (value === setting.default ? [] : [setting.flag, value]));
}

/** A camera as somebody has set it up: what a reset puts back to its start, and the clock, are not as they were at the start. */
const OWN_SETTINGS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['setTime', { ntp_enable: 0, timeZone: 15 }],
  ['setSysConfig', { dev_name: 'Hof 3' }],
  ['setOsdConf', { font_size: 2, show_week: 1 }],
  ['setPlatformServer', { ftpPort: 2121 }],
  ['setRebootConf', { mode: 2, hour: 4, day_week: 3 }],
];

type Ask = (action: string, json: Readonly<Record<string, unknown>>) => Promise<unknown>;

export async function setUpAsOwned(ask: Ask): Promise<void> {
  for (const [action, json] of OWN_SETTINGS) await ask(action, json);
}

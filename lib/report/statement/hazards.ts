/** What each hazard allows a run to do to a camera, in a few words; the README says more. */
import type { Hazard } from '../../document/notation.ts';

export const HAZARD_WORDS = {
  telnet: 'open and close the telnet service',
  password: 'change the password and change it back',
  reset: 'reset network and user configuration',
  reboot: 'restart the camera',
  ptz: 'move it',
  network: 'change ports, DNS, Wi-Fi, 4G and RTSP authentication',
  format: 'format the storage device',
  door: 'open a door',
  serial: 'use the serial port',
  files: 'replace a text file',
  registration: 'log out of the GB28181 platform and register again',
  services: 'take it off the servers that it uses (platform, broker, mail, FTP, NTP, video) for a while',
  'alarm-output': 'switch what hangs at its alarm output, such as a door or a siren',
} as const satisfies Record<Hazard, string>;

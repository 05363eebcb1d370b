/**
 * The services that a camera uses, and the parameters by which each is told to be in use and is set up. Sections 12, 16, 18 and 20 share one
 * action pair: which of its parameters belong to which service the sections' tables say.
 */
import { SECTIONS } from './index.ts';
import type { Settings } from './notation.ts';

export interface Service {
  /** as a person calls it, with its section */
  readonly name: string;
  readonly get: string;
  readonly set: string;
  readonly owns: (parameter: string) => boolean;
  /** where its server is */
  readonly addresses: readonly string[];
  /** what it logs in there with */
  readonly credentials: readonly string[];
  readonly switches: readonly string[];
}

type Members = Pick<Service, 'addresses' | 'credentials' | 'switches'>;
const NONE: Members = { addresses: [], credentials: [], switches: [] };

const whole = (name: string, get: string, set: string, members: Partial<Members>): Service => ({
  ...NONE,
  ...members,
  name,
  get,
  set,
  owns: () => true,
});
const platform = (name: string, owns: RegExp, members: Partial<Members>): Service => ({
  ...whole(name, 'getPlatformServer', 'setPlatformServer', members),
  owns: (parameter) => owns.test(parameter),
});

/** What the shared pair shows that is none of the services of 16, 18 and 20 is the platform's (12). */
export const SERVICES: readonly Service[] = [
  {
    ...whole('NTP (10)', 'getDeviceTime', 'setTime', { addresses: ['ntpServer'], switches: ['ntp_enable'] }),
    owns: (parameter) => ['ntp_enable', 'ntpServer', 'timeInterval'].includes(parameter),
  },
  platform('the platform (12)', /^(?!ftp|mqtt_|gat_|heartbeat_interval$)/, { addresses: ['serverAddr', 'wsServerAddr', 'serverIp_cf'] }),
  whole('mail (15)', 'getMailConf', 'setMailConf', { addresses: ['smtp_addr'], credentials: ['to_passw', 'smtp_passw'] }),
  platform('FTP (16)', /^ftp/, { addresses: ['ftpServer'], credentials: ['ftpPasswd'] }),
  whole('GB28181 (17)', 'getGb28181', 'setGb28181', { addresses: ['server_addr'], credentials: ['password'] }),
  platform('MQTT (18)', /^mqtt_/, { addresses: ['mqtt_server'], credentials: ['mqtt_passwd'] }),
  platform('GAT1400 (20)', /^(gat_|heartbeat_interval$)/, { addresses: ['gat_uri'], credentials: ['gat_pwd'], switches: ['gat_enable'] }),
  whole('RTMP (35)', 'getRtmpConf', 'setRtmpConf', { addresses: ['RtmpServerAddr'], switches: ['RtmpEnable'] }),
];

const shownIn = ({ example }: Settings): readonly Readonly<Record<string, unknown>>[] => [example.reply, ...(example.requests ?? [])];

/** What the document's examples show as addresses of servers: a camera that has one of these was set up by the document, not by its owner. */
export const EXAMPLE_ADDRESSES: ReadonlySet<unknown> = new Set(
  SERVICES.flatMap(({ get, addresses }) =>
    SECTIONS.flatMap(({ parts }) => parts)
      .filter((part): part is Settings => part.kind === 'settings' && part.get === get)
      .flatMap(shownIn)
      .flatMap((shown) => addresses.map((name) => shown[name])),
  ).filter((value) => value !== undefined && value !== ''),
);

/** Whether what a camera shows says that it uses a service: an address that is its own, or a switch that is on. */
export function isInUse({ addresses, switches }: Service, shown: Readonly<Record<string, unknown>>): boolean {
  const isOwn = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '' && !EXAMPLE_ADDRESSES.has(value);
  return addresses.some((name) => isOwn(shown[name])) || switches.some((name) => Number(shown[name]) === 1);
}

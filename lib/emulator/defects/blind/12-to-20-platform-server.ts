/** Sections 12, 16, 18 and 20, which share an action pair: platform access, FTP, MQTT and GAT1400. */
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { copying } from './going-astray.ts';
import { stores, storesOther } from './sets-and-gets.ts';

const SET_PLATFORM = 'setPlatformServer';

const platform = writerFor('platform-access');

const ftp = writerFor('ftp');

const mqtt = writerFor('mqtt');

const gat = writerFor('gat1400');

export const PLATFORM_SERVER: readonly BlindDefect[] = [
  platform('serverAddr/settable', 'port-lost', 'stores the server without its port', () =>
    tampering(storesOther(SET_PLATFORM, 'serverAddr', (value) => String(value).replace(/:\d+$/, ''))),
  ),
  platform(
    'serverAddr/settable',
    'server-is-ws-server',
    'stores the HTTP server as the WebSocket server as well',
    copying(SET_PLATFORM, 'serverAddr', 'wsServerAddr'),
  ),
  platform(
    'setPlatformServer/isolation',
    'server-goes-to-mqtt',
    'stores the HTTP server as the MQTT server as well',
    copying(SET_PLATFORM, 'serverAddr', 'mqtt_server'),
  ),
  platform('setPlatformServer/isolation', 'ws-empties-gat', 'empties the address of GAT1400 with a WebSocket server', () =>
    tampering(stores(SET_PLATFORM, (changes) => ('wsServerAddr' in changes && !('gat_uri' in changes) ? { ...changes, gat_uri: '' } : changes))),
  ),
  platform('platformSubCode/settable', 'sub-code-of-a-byte', 'keeps the last four bits of platformSubCode', () =>
    tampering(storesOther(SET_PLATFORM, 'platformSubCode', (value) => Number(value) % 16)),
  ),
  ftp('ftpPath/settable', 'path-slash', 'puts a slash behind each path', () =>
    tampering(storesOther(SET_PLATFORM, 'ftpPath', (value) => (String(value).endsWith('/') ? value : `${String(value)}/`))),
  ),
  ftp('ftpPath/settable', 'path-backslash', 'turns slashes of a path round', () =>
    tampering(storesOther(SET_PLATFORM, 'ftpPath', (value) => String(value).replaceAll('/', '\\'))),
  ),
  ftp('ftpUser/settable', 'user-is-password', 'stores the user as the password as well', copying(SET_PLATFORM, 'ftpUser', 'ftpPasswd')),
  ftp('ftpServer/settable', 'ftp-is-mqtt', 'stores the FTP server as the MQTT server as well', copying(SET_PLATFORM, 'ftpServer', 'mqtt_server')),
  ftp('ftpPort/settable', 'port-of-a-byte', 'keeps the last byte of the port', () =>
    tampering(storesOther(SET_PLATFORM, 'ftpPort', (value) => Number(value) % 256)),
  ),
  ftp('ftpServer/settable', 'server-empty-refused', 'refuses an empty server', () =>
    tampering({ refuses: (action, json) => (action === SET_PLATFORM && json?.ftpServer === '' ? 205 : null) }),
  ),
  mqtt('mqtt_topic/settable', 'topic-is-user', 'stores the topic as the user as well', () =>
    tampering(stores(SET_PLATFORM, (changes) => ('mqtt_topic' in changes ? { ...changes, mqtt_user: changes.mqtt_topic } : changes))),
  ),
  mqtt(
    'mqtt_topic/settable',
    'topic-before-slash',
    'keeps what stands before the first slash of a topic',
    () => tampering(storesOther(SET_PLATFORM, 'mqtt_topic', (value) => String(value).split('/')[0])),
    SHOULD,
  ),
  mqtt('mqtt_server/settable', 'mqtt-is-ftp', 'stores the MQTT server as the FTP server as well', copying(SET_PLATFORM, 'mqtt_server', 'ftpServer')),
  mqtt('mqtt_passwd/settable', 'passwd-eight', 'keeps five characters of the password', () =>
    tampering(storesOther(SET_PLATFORM, 'mqtt_passwd', (value) => String(value).slice(0, 5))),
  ),
  gat('gat_uri/settable', 'uri-without-scheme', 'stores the address without its scheme', () =>
    tampering(storesOther(SET_PLATFORM, 'gat_uri', (value) => String(value).replace(/^\w+:\/\//, ''))),
  ),
  gat('gat_uri/settable', 'uri-empty-refused', "refuses an empty address, which the document's example has", () =>
    tampering({ refuses: (action, json) => (action === SET_PLATFORM && json?.gat_uri === '' ? 205 : null) }),
  ),
  gat('heartbeat_interval/settable', 'interval-zero-refused', "refuses an interval of 0, which the document's example has", () =>
    tampering({ refuses: (action, json) => (action === SET_PLATFORM && json?.heartbeat_interval === 0 ? 205 : null) }),
  ),
  gat('gat_enable/settable', 'enable-needs-address', 'does not store gat_enable 1 unless the request has an address', () =>
    tampering(storesOther(SET_PLATFORM, 'gat_enable', (value, before, changes) => (value === 1 && !('gat_uri' in changes) ? before : value))),
  ),
  gat('gat_pwd/settable', 'pwd-is-ftp-passwd', 'stores its password as that of FTP as well', copying(SET_PLATFORM, 'gat_pwd', 'ftpPasswd')),
];

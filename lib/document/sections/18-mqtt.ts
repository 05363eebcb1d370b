/** Section 18, MQTT: part of what getPlatformServer and setPlatformServer hold. */
import { documentSection, row, settings, text, textOf } from '../notation.ts';
import { PLATFORM_SERVER_REPLY } from './platform-server-example.ts';

export const mqtt = documentSection(18, 'mqtt', 'MQTT', [
  settings('getPlatformServer 18.1', 'setPlatformServer 18.2', {
    rows: [
      row('mqtt_server', 'YY', textOf('host', '192.0.2.91:80', '192.0.2.92:80')),
      row('mqtt_user', 'YY', text('test', 'user')),
      row('mqtt_passwd', 'YY', text('123456', '654321'), { secret: true }),
      row('mqtt_topic', 'YY', text('test', 'topic')),
    ],
    example: {
      reply: PLATFORM_SERVER_REPLY,
      requests: [{ mqtt_server: '192.168.1.91:80', mqtt_user: 'test', mqtt_passwd: '123456', mqtt_topic: 'test' }],
    },
  }),
]);

/** Section 42, Send IO Data: bytes for the RS485 line. */
import { command, documentSection, row, text } from '../notation.ts';

export const sendIoData = documentSection(
  42,
  'send-io-data',
  'Send IO Data',
  [
    command('ioSendData 42.1', {
      rows: [row('data', '-N', text('test'))],
      hazards: ['serial'],
      example: { requests: [{ data: 'test' }], reply: {} },
    }),
  ],
  [
    {
      id: 'data-on-the-line',
      place: '42',
      says: 'the data goes out on the RS485 line',
      untested: 'needs a listener wired to the RS485 line',
    },
  ],
);

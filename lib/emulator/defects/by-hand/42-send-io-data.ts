/** Section 42: data for the RS485 line. */
import { replying } from '../tampering.ts';
import { type Defect, inSection } from './notation.ts';
import { answeredWrong } from './performed.ts';

const isText = (json: Readonly<Record<string, unknown>> | null): boolean => typeof json?.data === 'string';

export const sendIoDataDefects: readonly Defect[] = inSection('send-io-data', [
  ...answeredWrong('ioSendData', 'data that is sent', 'data/sent', isText),
  {
    id: 'data/wrong-type/own-text',
    does: 'answers data that is no text with a text of its own',
    noticedBy: ['data/wrong-type'],
    plant: () => ({ tamper: replying('ioSendData', (reply, json) => (isText(json) ? reply : 'what')) }),
  },
]);

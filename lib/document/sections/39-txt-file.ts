/** Section 39, TXT File: a text file on the camera, read and written. */
import { command, documentSection, number, row, text, textOf } from '../notation.ts';

/** The one that the document's examples name. */
export const TEXT_FILE = '/appfs/fconfigs/thr_conf.txt';
const path = textOf('path', TEXT_FILE);
const content = text('{"test":0}', '{"test":1}');

export const txtFile = documentSection(
  39,
  'txt-file',
  'TXT File',
  [
    command('getPlatformConfFile 39.1', {
      rows: [row('file_path', 'Y-', path)],
      replies: [row('file_content', '--', content)],
      hazards: [],
      example: { requests: [{ file_path: '/appfs/fconfigs/thr_conf.txt' }], reply: { file_content: '{"test":0}' } },
    }),
    command('setPlatformConfFile 39.2', {
      rows: [row('file_path', '-N', path), row('file_content', '-N', content)],
      replies: [row('file_length', '--', number(10))],
      hazards: ['files'],
      example: { requests: [{ file_path: '/appfs/fconfigs/thr_conf.txt', file_content: '{"test":0}' }], reply: { file_length: 10 } },
    }),
  ],
  [
    { id: 'round-trip', place: '39.2', says: 'a file that was stored is returned with the same content' },
    { id: 'length', place: '39.2', says: 'file_length is the number of bytes that were stored' },
  ],
);

/** Section 2: the telnet switch, an endpoint of its own. */
import { TELNET_PATH } from '../../../document/sections/02-telnet.ts';
import { head } from '../tampering.ts';
import { type Defect, inSection } from './notation.ts';

const ANSWERS: readonly (readonly [word: string, does: string, answer: (operation: string) => string])[] = [
  ['no-html', 'without HTML', (operation) => head('200 OK', `oper: ${operation}\nOK`)],
  [
    'other-operation',
    'with the name of the other operation',
    (operation) => head('200 OK', `<html><body><h2> oper: ${operation === 'open' ? 'close' : 'open'}</h2></body></html>\nOK`),
  ],
  ['no-operation', 'without the name of the operation', () => head('200 OK', '<html><body><h2> done</h2></body></html>\nOK')],
  ['failed', 'with "failed"', () => head('200 OK', 'failed')],
  [
    'status-500',
    'with HTTP status 500',
    (operation) => head('500 Internal Server Error', `<html><body><h2> oper: ${operation}</h2></body></html>\nOK`),
  ],
  ['silence', 'with nothing', () => ''],
];

export const telnetDefects: readonly Defect[] = inSection(
  'telnet',
  (['open', 'close'] as const).flatMap((operation) =>
    ANSWERS.map(
      ([word, does, answer]): Defect => ({
        id: `${operation}/named/${word}`,
        does: `answers ${operation} ${does}`,
        noticedBy: [`${operation}/named`],
        plant: () => ({ tamper: { wire: (path, body) => (path === TELNET_PATH && body.includes(operation) ? answer(operation) : undefined) } }),
      }),
    ),
  ),
);

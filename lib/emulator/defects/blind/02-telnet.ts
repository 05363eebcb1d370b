/** Section 2: the switch of telnet, an endpoint of its own. */
import { TELNET_PATH } from '../../../document/sections/02-telnet.ts';
import { withBody } from '../../http-message.ts';
import { head, wiring } from '../tampering.ts';
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { counter } from './sets-and-gets.ts';

const write = writerFor('telnet');
const ok = (body: string): string => head('200 OK', body);
const page = (operation: string): string => `<html><body><h2> oper: ${operation}</h2></body></html>\nOK`;
const named = (body: string): string | undefined => /oper: (open|close)/.exec(body)?.[1];

/** What is answered where the operation is that one. */
const onOperation = (operation: string, body: (right: string) => string) => () =>
  tampering(wiring(TELNET_PATH, (right) => (named(right) === operation ? ok(body(right)) : undefined)));

const toOther = (body: string, isMeant: (operation: string | null) => boolean) => () => ({
  http: {
    reply: (reply: Parameters<typeof withBody>[0], request: { readonly url?: string | undefined }) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://camera');
      return pathname === TELNET_PATH && isMeant(searchParams.get('action')) ? withBody(reply, Buffer.from(body)) : reply;
    },
  },
});

export const TELNET: readonly BlindDefect[] = [
  write(
    'open-names-operation',
    'open-names-close',
    'answers action=open with the operation close',
    onOperation('open', () => page('close')),
  ),
  write(
    'open-names-operation',
    'open-names-nothing',
    'answers action=open with HTML that names no operation',
    onOperation('open', () => page('')),
  ),
  write('open-names-operation', 'open-names-last', 'answers action=open with the operation before it', () => {
    let before = 'close';
    return tampering(
      wiring(TELNET_PATH, (right) => {
        const answer = before;
        before = named(right) ?? before;
        return ok(page(answer));
      }),
    );
  }),
  write(
    'open-names-operation',
    'open-in-capitals',
    'answers action=open with the operation OPEN',
    onOperation('open', () => page('OPEN')),
    SHOULD,
  ),
  write(
    'open-names-operation',
    'open-in-json',
    'answers action=open with JSON',
    onOperation('open', () => '{"code":0,"oper":"open"}'),
  ),
  write(
    'open-names-operation',
    'open-names-both',
    'answers action=open with both operations',
    onOperation('open', () => page('open, close')),
  ),
  write(
    'close-names-operation',
    'close-names-open',
    'answers action=close with the operation open',
    onOperation('close', () => page('open')),
  ),
  write(
    'close-names-operation',
    'close-fails',
    'answers action=close with "failed"',
    onOperation('close', () => 'failed'),
  ),
  write(
    'close-names-operation',
    'close-empty',
    'answers action=close with nothing',
    onOperation('close', () => ''),
  ),
  write('close-names-operation', 'close-once', 'answers each second action=close with the operation open', () => {
    const next = counter();
    return tampering(wiring(TELNET_PATH, (right) => (named(right) === 'close' && next() % 2 === 0 ? ok(page('open')) : undefined)));
  }),
  write('telnet/reply', 'without-html', 'answers with the word of the operation alone', () =>
    tampering(wiring(TELNET_PATH, (right) => ok(named(right) ?? right))),
  ),
  write('telnet/reply', 'status-500', 'answers with HTTP status 500', () =>
    tampering(wiring(TELNET_PATH, (right) => head('500 Internal Server Error', right))),
  ),
  write('telnet/reply', 'cut', 'breaks off inside its HTML', () =>
    tampering(wiring(TELNET_PATH, (right) => `HTTP/1.1 200 OK\r\nContent-Length: ${right.length}\r\nConnection: close\r\n\r\n${right.slice(0, 20)}`)),
  ),
  write(
    'action/necessary',
    'opens-without-operation',
    'opens telnet where no action is named',
    toOther(page('open'), (operation) => operation === null),
    SHOULD,
  ),
  write(
    'action/necessary',
    'opens-on-anything',
    'opens telnet for any operation that it does not know',
    toOther(page('open'), (operation) => operation !== 'open' && operation !== 'close'),
    SHOULD,
  ),
  write(
    'action/necessary',
    'opens-on-empty',
    'opens telnet where the action is empty',
    toOther(page('open'), (operation) => operation === ''),
    SHOULD,
  ),
];

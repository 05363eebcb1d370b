/** Section 2, TELNET: an endpoint of its own (`/action/telnet?action=…`), neither `cgi_action` nor JSON. */
import { command, documentSection, row, text } from '../notation.ts';

export const TELNET_PATH = '/action/telnet';

export const telnet = documentSection(
  2,
  'telnet',
  'Telnet',
  [
    command('telnet 2', {
      path: TELNET_PATH,
      rows: [row('action', '-Y', text('open', 'close'))],
      hazards: ['telnet'],
      probe: { action: 'close' },
      example: { requests: [{ action: 'open' }] },
    }),
  ],
  [
    { id: 'open-names-operation', place: '2', says: 'action=open is answered with HTML that names the operation open' },
    { id: 'close-names-operation', place: '2', says: 'action=close is answered with HTML that names the operation close' },
    {
      id: 'service-follows-operation',
      place: '2',
      says: 'telnet is reachable after open and not after close',
      untested: 'the document gives no telnet port, and the tester may see the camera through port forwarding',
    },
  ],
);

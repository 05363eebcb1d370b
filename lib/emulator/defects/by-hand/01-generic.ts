/** Section 1: what is wrong whatever is asked for. */
import { head } from '../tampering.ts';
import { type Defect, inSection } from './notation.ts';

const UNKNOWN = 'conformanceUnknown';

export const genericDefects: readonly Defect[] = inSection('generic', [
  {
    id: 'action/unknown/own-text',
    does: 'answers an unknown action with a text of its own',
    noticedBy: ['action/unknown'],
    plant: () => ({ tamper: { text: (action, text, asked) => (action !== '' && asked === UNKNOWN ? 'no such action' : text) } }),
  },
  {
    id: 'action/unknown/status-404',
    does: 'answers an unknown action with HTTP status 404',
    noticedBy: ['action/unknown'],
    plant: () => ({ tamper: { wire: (action, body) => (action === UNKNOWN ? head('404 Not Found', body) : undefined) } }),
  },
  {
    id: 'action/unknown/silent',
    does: 'does not answer an unknown action',
    noticedBy: ['action/unknown'],
    plant: () => ({ tamper: { wire: (action) => (action === UNKNOWN ? '' : undefined) } }),
  },
  {
    id: 'action/unknown/code',
    does: 'answers an unknown action with a code',
    noticedBy: ['action/unknown'],
    plant: () => ({ tamper: { text: (action, text, asked) => (action !== '' && asked === UNKNOWN ? '{"code":209}' : text) } }),
  },
  {
    id: 'action/missing/own-text',
    does: 'answers a request without an action with a text of its own',
    noticedBy: ['action/missing'],
    plant: () => ({ tamper: { wire: (action, body) => (action === '' && !body.startsWith('error user') ? head('200 OK', 'hello') : undefined) } }),
  },
  {
    id: 'action/missing/silent',
    does: 'does not answer a request without an action',
    noticedBy: ['action/missing'],
    plant: () => ({ tamper: { wire: (action) => (action === '' ? '' : undefined) } }),
  },
  {
    id: 'envelope/constant/changes',
    does: 'names another device when a request has JSON',
    noticedBy: ['envelope/constant'],
    plant: () => ({
      tamper: {
        reply: (action, json, reply) => (action === 'getSysConfig' && json !== null ? { ...reply, deviceID: 'CBT000114010100010239' } : reply),
      },
    }),
  },
  {
    id: 'envelope/constant/counts',
    does: 'names itself anew in each reply',
    noticedBy: ['envelope/constant'],
    plant: () => {
      let replies = 0;
      return {
        tamper: {
          reply: (_, __, reply) => {
            replies += 1;
            return { ...reply, device_mac: `00-00-5e-00-53-${String(replies % 90).padStart(2, '0')}` };
          },
        },
      };
    },
  },
  {
    id: 'user-error/precedence/action-first',
    does: 'looks at the action before it looks at who asks',
    noticedBy: ['user-error/precedence'],
    plant: () => ({ tamper: { text: (action, text, asked) => (action === '' && asked === UNKNOWN ? 'error json' : text) } }),
  },
  {
    id: 'http/syntax/header-without-a-name',
    does: 'sends a header line without a name with its texts',
    noticedBy: ['http/syntax'],
    plant: () => ({ tamper: { wire: (action, body) => (action === UNKNOWN ? head('200 OK', body, ': nothing\r\n') : undefined) } }),
  },
  {
    id: 'http/syntax/blank-in-a-header-name',
    does: 'sends a header line with a blank in its name with its texts',
    noticedBy: ['http/syntax'],
    plant: () => ({
      tamper: { wire: (action, body) => (action === UNKNOWN ? head('200 OK', body, 'X-Made By: a camera\r\n') : undefined) },
    }),
  },
]);

import { expect, it } from 'vitest';
import { allowedAgain } from './allowed-again.ts';
import { keyOfOriginal, type OriginalItem } from './journal-entry.ts';

const original = (get: string, reply: Record<string, unknown>): OriginalItem => ({
  kind: 'original',
  get,
  select: {},
  reply,
  at: { wallMs: 0, monotonicMs: 0 },
});

/** What a journal allows that is about these parameters of one get. */
const allowed = (get: string, reply: Record<string, unknown>, ...names: readonly string[]): readonly string[] => [
  ...allowedAgain({
    items: [original(get, reply)],
    traces: new Map([[keyOfOriginal(get, {}), { names: new Set(names), adopted: [], doubt: null }]]),
  }),
];

it('puts back what was changed by the hazards that it took', () => {
  expect(allowed('getMailConf', { smtp_addr: '10.0.0.1', smtp_port: 25 }, 'smtp_port')).toEqual(['services']);
  expect(allowed('getMailConf', { smtp_addr: '', smtp_port: 25 }, 'smtp_port')).toEqual([]);
  expect(allowed('getAlarmInConf', { alarm_out_type: 0 }, 'alarm_out_type')).toEqual(['alarm-output']);
  expect(allowed('getWiredNetwork', { DNS: '10.0.0.1' }, 'DNS')).toEqual(['network']);
});

it('takes none for what no request was about', () => {
  expect(allowed('getMailConf', { smtp_addr: '10.0.0.1' })).toEqual([]);
  expect(allowed('getOsdConf', { font_size: 1 }, 'font_size', '*')).toEqual([]);
});

it('does again what was done beside parameters', () => {
  const items = [
    { kind: 'telnet', wasOpen: false, took: true },
    { kind: 'movement', preset: 100, took: true },
    { kind: 'password', from: 'a', to: 'b' },
    { kind: 'registration', took: true },
    { kind: 'file', path: '/x', content: '' },
    { kind: 'address', from: 'http://a/', to: 'http://b/' },
  ] as const;
  expect([...allowedAgain({ items, traces: new Map() })]).toEqual(['telnet', 'ptz', 'password', 'registration', 'files', 'network']);
});

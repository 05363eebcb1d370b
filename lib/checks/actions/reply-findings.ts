/** Judges a reply as such: HTTP, framing, JSON, the envelope and the identity in it. */
import { describe, type Outcome } from '../../camera/outcome.ts';
import type { Members } from '../../document/row-value.ts';
import { causedBy, type Finding, finding } from '../../results/finding.ts';
import type { Profile } from '../values/row-judgement.ts';
import { type Place, strictly } from './strictly.ts';

/** Members that say which camera answers. */
const IDENTITY = ['device_mac', 'deviceID', 'device_id'] as const;
/** Members that the examples never leave out, beside `code`. */
const REQUIRED = ['device_mac', 'deviceID', 'device_ip'] as const;

const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** What stands for a camera in no network, such as an address of 0.0.0.0, has the form all the same. */
const FORMS = [
  ['device_mac', /^[0-9a-f]{2}(?:[-:]?[0-9a-f]{2}){5}$/i, 'a MAC address'],
  ['device_ip', new RegExp(`^(?:${BYTE}(?:\\.${BYTE}){3}|[0-9a-f:]*:[0-9a-f:.]*)$`, 'i'), 'an IP address'],
] as const;

/** 1.1: the envelope of a JSON reply, and that the same camera answers as before. */
export function envelopeFindings(outcome: Outcome, identity: Members | null, profile: Profile, about: Place): Finding[] {
  if (outcome.kind !== 'done' && outcome.kind !== 'code') return [finding('a JSON object with the envelope', describe(outcome))];
  const { reply } = outcome;
  const findings: Finding[] = [];
  const odd = (name: string, documented: string): void => {
    const kind = reply[name] === undefined || reply[name] === '' ? show(reply[name]) : typeof reply[name];
    findings.push(causedBy(`${name} is ${kind}`, finding(documented, `${name} is ${show(reply[name])}`)));
  };
  if (typeof reply.code !== 'number') odd('code', 'code is a number');
  for (const name of REQUIRED) {
    if (typeof reply[name] !== 'string' || reply[name] === '') odd(name, `${name} is a text`);
  }
  for (const [name, form, words] of FORMS) {
    const value = reply[name];
    if (typeof value === 'string' && value !== '' && !form.test(value)) {
      findings.push(causedBy(`${name} is not ${words}`, finding(`${name} is ${words}`, `${name} is ${show(value)}`)));
    }
  }
  const hasLog = typeof reply.device_id === 'string' && typeof reply.log === 'string';
  if (!hasLog && (profile === 'strict' || typeof reply.message !== 'string')) {
    const demanded =
      profile === 'strict'
        ? strictly('device_id and log are texts', 'envelope', about)
        : { documented: 'device_id and log are texts, or message is one' };
    const received = `device_id is ${show(reply.device_id)}, log is ${show(reply.log)}, message is ${show(reply.message)}`;
    const found: Finding = { ...demanded, received };
    // Strictly, each place has an erratum of its own.
    findings.push(profile === 'strict' ? found : causedBy('without device_id, log and message', found));
  }
  if (identity !== null) findings.push(...identityFindings(reply, identity));
  return findings;
}

function identityFindings(reply: Members, identity: Members): Finding[] {
  return IDENTITY.filter((name) => name in reply && name in identity && reply[name] !== identity[name]).map((name) =>
    causedBy(`another ${name}`, finding(`${name} is ${show(identity[name])}, as in the first reply`, `${name} is ${show(reply[name])}`)),
  );
}

/** The reply came with HTTP status 200. */
export const statusFindings = (outcome: Outcome): Finding[] =>
  outcome.answer.status === 200
    ? []
    : [causedBy(`${outcome.kind} with HTTP status ${outcome.answer.status}`, finding('HTTP status 200', `HTTP status ${outcome.answer.status}`))];

/**
 * Rules of HTTP and JSON that the reply breaks and ordinary clients cope with. `repeated` are the names that the
 * document's own example repeats.
 */
export function syntaxFindings(outcome: Outcome, repeated: readonly string[]): Finding[] {
  const { exchange, body } = outcome.answer;
  const keys = body.kind === 'json' ? body.duplicateKeys.filter((key) => !repeated.includes(key)) : [];
  return [
    ...exchange.deviations
      .filter(({ id }) => id !== 'duplicate-key')
      .map(({ id, detail }) => causedBy(`syntax: ${id}`, finding('a reply that follows HTTP and UTF-8', `${id.replaceAll('-', ' ')}: ${detail}`))),
    ...keys.map((key) => finding('each name once in the JSON object', `"${key}" stands there more than once`)),
  ];
}

const show = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value));

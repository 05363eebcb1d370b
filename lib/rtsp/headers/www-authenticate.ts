/** WWW-Authenticate (RFC 2326, 12.44; RFC 7235, 4.1; RFC 7616, 3.3): one or more challenges in one line. */
import type { Deviation } from '../../wire/exchange.ts';
import { deviation, type Parsed } from './parsed.ts';

export interface Challenge {
  /** as spelt: `Basic`, `Digest` */
  readonly scheme: string;
  /** in order; names in lower case, values without quotes */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

export const parameterOf = (parameters: Challenge['parameters'], name: string): string | undefined =>
  parameters.find((parameter) => parameter[0] === name)?.[1];

/** Without quotes on the wire (RFC 7616, 3.3). All others have them. */
const BARE = new Set(['stale', 'algorithm', 'charset', 'userhash', 'nc']);
const MUST_BE_QUOTED = new Set(['realm', 'nonce', 'opaque', 'qop', 'domain']);

const PARAMETER = /[\s,]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s,"][^,]*)?)/sy;
const SCHEME = /[\s,]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?=[\s,]|$)/y;

/** Reads as far as it makes sense. */
export const parseWwwAuthenticate = (text: string): Parsed<readonly Challenge[]> => {
  const deviations: Deviation[] = [];
  const value: { scheme: string; parameters: [string, string][] }[] = [];
  let at = 0;
  while (at < text.length) {
    PARAMETER.lastIndex = at;
    SCHEME.lastIndex = at;
    const parameter = PARAMETER.exec(text);
    if (parameter !== null) {
      at = PARAMETER.lastIndex;
      const [, spelt = '', quoted, bare] = parameter;
      const name = spelt.toLowerCase();
      const last = value.at(-1);
      if (last === undefined) deviations.push(deviation('challenge-without-scheme', text));
      else last.parameters.push([name, quoted?.replace(/\\(.)/gs, '$1') ?? bare?.trim() ?? '']);
      // AlexxIT/go2rtc#2344 and others: `stale="FALSE"`, `algorithm="MD5"`.
      if (quoted !== undefined && BARE.has(name)) deviations.push(deviation('quoted-parameter', `${name}="${quoted}"`));
      if (quoted === undefined && MUST_BE_QUOTED.has(name)) deviations.push(deviation('unquoted-parameter', `${name}=${bare ?? ''}`));
      continue;
    }
    const scheme = SCHEME.exec(text);
    if (scheme === null) {
      if (text.slice(at).trim() !== '') deviations.push(deviation('bad-challenge', text.slice(at)));
      break;
    }
    at = SCHEME.lastIndex;
    value.push({ scheme: scheme[1] as string, parameters: [] });
  }
  for (const { scheme, parameters } of value) {
    const known = /^(?:basic|digest)$/i.test(scheme);
    if (known && parameterOf(parameters, 'realm') === undefined) deviations.push(deviation('missing-realm', text));
    if (/^digest$/i.test(scheme) && parameterOf(parameters, 'nonce') === undefined) deviations.push(deviation('missing-nonce', text));
  }
  if (value.length === 0 && deviations.length === 0) deviations.push(deviation('bad-challenge', text === '' ? '(empty)' : text));
  return { value, deviations };
};

export const formatParameters = (parameters: Challenge['parameters'], bare: ReadonlySet<string>): string =>
  parameters.map(([name, value]) => (bare.has(name) ? `${name}=${value}` : `${name}="${value.replace(/["\\]/g, '\\$&')}"`)).join(', ');

export const formatWwwAuthenticate = (challenges: readonly Challenge[]): string =>
  challenges.map(({ scheme, parameters }) => `${scheme} ${formatParameters(parameters, BARE)}`.trim()).join(', ');

/**
 * Removes secrets as an exchange is recorded: by the name of the field first, then, as a second net, wherever a known secret
 * stands verbatim (an echo of the request, an error page with the URL in it, a broken JSON text).
 */

import { asciiLower, decodedViews } from './decoded-view.ts';
import { ExactNumber, formatExact } from './exact-json.ts';
import { behindValue, eachMember } from './json-members.ts';
import { isMadeOf } from './mangled.ts';
import { encodeValue } from './percent-encoding.ts';

export const MASK = '***';
/** A shorter secret would blank out half of every reply; it is only removed where it is a whole JSON string. */
const SHORTEST_IN_TEXT = 4;
/** Names come from the camera: the memory of judged names must not grow without end. */
const MAX_KNOWN_NAMES = 10_000;
/** The same for what it shows in secret fields. */
const MAX_OWN = 1000;
/** No secret of the document is longer than 64 characters; what is longer is masked in its field alone. */
const LONGEST_OWN = 1000;

export interface Redactor {
  /** From now on these are removed too; empty ones are ignored. Secrets are never forgotten. */
  addSecrets(secrets: readonly string[]): void;
  isSecretName(name: string): boolean;
  /** Masks a request, and remembers which test values it sent in which fields. `value` undefined: no JSON. */
  maskRequest(text: string, value: unknown): string;
  /** All spellings of what a request sends in secret fields: its reply may echo them anywhere. `value` undefined: no JSON. */
  secretsOfRequest(text: string, value: unknown): readonly string[];
  /** Masks the text of a JSON value by field, then verbatim. The text is returned as it was when it holds no secret. */
  maskJson(text: string, value: unknown, ofRequest: readonly string[]): string;
  /** What a JSON value has in secret fields is secret from now on, where it is not what the suite sent there. */
  noteSecretsOf(value: unknown): void;
  /** For text that is no JSON: what stands after a secret name, and known secrets, are masked. */
  maskText(text: string, ofRequest: readonly string[]): string;
  /** Known secrets only: URLs, headers, details of deviations. `ofRequest` as `secretsOfRequest` gave it. */
  maskVerbatim(text: string, ofRequest: readonly string[]): string;
  /** For texts of the suite that quote values as JSON: known secrets, and what the camera had in secret fields. */
  maskQuoted(text: string): string;
}

/** A secret that is as long is found in any case of its letters, too: no ordinary word is taken for it. */
const SHORTEST_IN_ANY_CASE = 6;
const MAY_BE_DECODED = /[%\\&]/;

const NONE: readonly string[] = [];

const spellings = (secret: string): readonly string[] => [
  secret,
  encodeValue(secret),
  encodeValue(secret).replaceAll('%20', '+'),
  encodeValue(secret).replace(/%../g, (hex) => hex.toLowerCase()),
  JSON.stringify(secret).slice(1, -1),
  // JSON writers that escape all beyond ASCII
  JSON.stringify(secret)
    .slice(1, -1)
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  // JSON in a query
  encodeValue(JSON.stringify(secret).slice(1, -1)),
  // a header line is read as latin1
  Buffer.from(secret, 'utf8').toString('latin1'),
];

/** What to look for in texts, longest first: a secret that contains another is removed whole. */
const needlesOf = (secrets: Iterable<string>): string[] => {
  const all = new Set<string>();
  for (const secret of secrets) {
    if (secret === '') continue;
    for (const spelling of spellings(secret)) all.add(secret.length < SHORTEST_IN_TEXT ? `"${spelling}"` : spelling);
  }
  return [...all].sort((a, b) => b.length - a.length);
};

const replaceAllOf = (text: string, needles: readonly string[]): string => {
  let result = text;
  for (const needle of needles) {
    if (result.includes(needle)) result = result.replaceAll(needle, needle.startsWith('"') && needle.endsWith('"') ? `"${MASK}"` : MASK);
  }
  return result;
};

/** Takes out what becomes a secret when it is decoded, or written in other letters. `folded`: in small letters, the longest first. */
function withoutDecoded(text: string, folded: readonly string[]): string {
  if (folded.length === 0) return text;
  if (!MAY_BE_DECODED.test(text)) {
    const lower = asciiLower(text);
    if (!folded.some((secret) => lower.includes(secret))) return text;
  }
  const found: (readonly [start: number, end: number])[] = [];
  for (const view of decodedViews(text)) {
    for (const secret of folded) {
      for (let at = view.text.indexOf(secret); at >= 0; at = view.text.indexOf(secret, at + secret.length))
        found.push([view.starts[at] as number, view.starts[at + secret.length] as number]);
    }
  }
  if (found.length === 0) return text;
  let masked = '';
  let last = 0;
  for (const [start, end] of found.sort(([a], [b]) => a - b)) {
    if (start >= last) masked += `${text.slice(last, start)}${MASK}`;
    last = Math.max(last, end);
  }
  return masked + text.slice(last);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * @param testValues what the suite itself sends in secret fields. It is shown in requests, and in replies where it was sent in the same
 * field before; never where it is a secret as well, or the camera showed it first.
 */
export const createRedactor = (secretNames: ReadonlySet<string>, testValues: ReadonlySet<string> = new Set()): Redactor => {
  const sentIn = new Map<string, Set<string>>();
  /** what secret fields of replies held that the suite did not send */
  const own = new Set<string>();
  const names = new Set([...secretNames].map((name) => name.toLowerCase()));
  const known = new Map<string, boolean>();
  const secrets = new Set<string>();
  let needles: readonly string[] = [];
  let folded: readonly string[] = [];
  const quoted = [...names].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  const fieldInText = names.size === 0 ? null : new RegExp(`("(?:${quoted})"\\s*:\\s*)("(?:[^"\\\\]|\\\\[^])*"?|[^,}\\]\\s]+)`, 'gi');

  const isSecretName = (name: string): boolean => {
    let secret = known.get(name);
    if (secret === undefined) {
      secret = names.has(name.toLowerCase());
      if (known.size < MAX_KNOWN_NAMES) known.set(name, secret);
    }
    return secret;
  };

  const hasSecretField = (value: unknown): boolean => {
    if (!isObject(value)) return false;
    if (Array.isArray(value)) return value.some(hasSecretField);
    for (const name in value) if (isSecretName(name) || hasSecretField(value[name])) return true;
    return false;
  };

  /** Whether a member of a secret name may be shown. */
  type IsOpen = (name: string, value: string) => boolean;

  const isNoSecret = (value: string): boolean =>
    !secrets.has(value) && !own.has(value) && own.size < MAX_OWN && replaceAllOf(value, needles) === value;
  const isTestValue: IsOpen = (_, value) => testValues.has(value) && isNoSecret(value);
  const isSentBack: IsOpen = (name, value) => isMadeOf(value, sentIn.get(name.toLowerCase()) ?? NONE) && isNoSecret(value);

  const textOf = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);

  const maskFields = (value: unknown, isOpen: IsOpen): unknown => {
    if (!isObject(value) || value instanceof ExactNumber) return value;
    if (Array.isArray(value)) return value.map((each) => maskFields(each, isOpen));
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        if (!isSecretName(name)) return [name, maskFields(member, isOpen)];
        const text = textOf(member);
        return [name, text !== null && isOpen(name, text) ? member : MASK];
      }),
    );
  };

  /** Calls `take` with each text or number in a secret field, at any depth, and the name of that field. */
  const eachSecret = (value: unknown, field: string | null, take: (name: string, value: string) => void): void => {
    if (isObject(value)) {
      for (const [name, member] of Object.entries(value))
        eachSecret(member, field ?? (!Array.isArray(value) && isSecretName(name) ? name : null), take);
      return;
    }
    const text = textOf(value);
    if (field !== null && text !== null) take(field, text);
  };

  const noteSent = (name: string, value: string): void => {
    if (!isTestValue(name, value)) return;
    const key = name.toLowerCase();
    sentIn.set(key, (sentIn.get(key) ?? new Set()).add(value));
  };

  const noteOwn = (name: string, value: string): void => {
    if (value !== '' && value.length <= LONGEST_OWN && own.size < MAX_OWN && !isSentBack(name, value)) own.add(value);
  };

  const maskVerbatim = (text: string, ofRequest: readonly string[]): string => {
    const masked = withoutDecoded(replaceAllOf(text, needles), folded);
    return ofRequest.length === 0 ? masked : replaceAllOf(masked, ofRequest);
  };

  /** Only what has to go is written anew: numbers keep their digits, members their order, blanks their places. */
  const maskMembers = (text: string, isOpen: IsOpen): string => {
    let masked = '';
    let last = 0;
    eachMember(text, ({ name, start }) => {
      if (!isSecretName(name)) return false;
      const end = behindValue(text, start);
      const member = '{['.includes(text[start] as string) ? null : textOf(JSON.parse(text.slice(start, end)));
      if (member !== null && isOpen(name, member)) return true;
      masked += `${text.slice(last, start)}"${MASK}"`;
      last = end;
      return true;
    });
    return masked + text.slice(last);
  };

  const maskText = (text: string, ofRequest: readonly string[]): string =>
    maskVerbatim(fieldInText === null ? text : text.replace(fieldInText, `$1"${MASK}"`), ofRequest);

  return {
    addSecrets(added) {
      const before = secrets.size;
      for (const secret of added) secrets.add(secret);
      if (secrets.size === before) return;
      needles = needlesOf(secrets);
      folded = [...new Set([...secrets].filter(({ length }) => length >= SHORTEST_IN_ANY_CASE).map(asciiLower))].sort((a, b) => b.length - a.length);
    },
    isSecretName,
    secretsOfRequest(text, value) {
      const found: string[] = [];
      if (value !== undefined) {
        if (!hasSecretField(value)) return NONE;
        eachSecret(value, null, (name, secret) => isTestValue(name, secret) || found.push(secret));
      } else if (fieldInText !== null) {
        for (const match of text.matchAll(fieldInText)) found.push((match[2] as string).replace(/^"|"$/g, ''));
      }
      return found.length === 0 ? NONE : needlesOf(found);
    },
    maskRequest(text, value) {
      if (value === undefined) return maskText(text, NONE);
      if (!hasSecretField(value)) return maskVerbatim(text, NONE);
      eachSecret(value, null, noteSent);
      return maskVerbatim(formatExact(maskFields(value, isTestValue)), NONE);
    },
    maskJson(text, value, ofRequest) {
      if (!hasSecretField(value)) return maskVerbatim(text, ofRequest);
      eachSecret(value, null, noteOwn);
      return maskVerbatim(maskMembers(text, isSentBack), ofRequest);
    },
    noteSecretsOf(value) {
      eachSecret(value, null, noteOwn);
    },
    maskText,
    maskVerbatim,
    maskQuoted(text) {
      const quoted = [...own, ...[...testValues].filter((value) => !isNoSecret(value))].map((value) => JSON.stringify(value));
      return maskVerbatim(replaceAllOf(text, quoted), NONE);
    },
  };
};

/**
 * Removes secrets as an exchange is recorded: by the name of the field first, then, as a second net, wherever a known secret
 * stands verbatim (an echo of the request, an error page with the URL in it, a broken JSON text).
 */
import { encodeValue } from './cgi-url.ts';

export const MASK = '***';
/** A shorter secret would blank out half of every reply; it is only removed where it is a whole JSON string. */
const SHORTEST_IN_TEXT = 4;
/** Names come from the camera: the memory of judged names must not grow without end. */
const MAX_KNOWN_NAMES = 10_000;

export interface Redactor {
  /** From now on these are removed too; empty ones are ignored. Secrets are never forgotten. */
  addSecrets(secrets: readonly string[]): void;
  isSecretName(name: string): boolean;
  /** All spellings of what a request sends in secret fields: its reply may echo them anywhere. `value` undefined: no JSON. */
  secretsOfRequest(text: string, value: unknown): readonly string[];
  /** Masks the text of a JSON value by field, then verbatim. The text is returned as it was when it holds no secret. */
  maskJson(text: string, value: unknown, ofRequest: readonly string[]): string;
  /** For text that is no JSON: what stands after a secret name, and known secrets, are masked. */
  maskText(text: string, ofRequest: readonly string[]): string;
  /** Known secrets only: URLs, headers, details of deviations. `ofRequest` as `secretsOfRequest` gave it. */
  maskVerbatim(text: string, ofRequest: readonly string[]): string;
}

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

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export const createRedactor = (secretNames: ReadonlySet<string>): Redactor => {
  const names = new Set([...secretNames].map((name) => name.toLowerCase()));
  const known = new Map<string, boolean>();
  const secrets = new Set<string>();
  let needles: readonly string[] = [];
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

  const maskFields = (value: unknown): unknown => {
    if (!isObject(value)) return value;
    if (Array.isArray(value)) return value.map(maskFields);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, isSecretName(name) ? MASK : maskFields(member)]));
  };

  const collect = (value: unknown, secret: boolean, into: string[]): void => {
    if (isObject(value))
      for (const [name, member] of Object.entries(value)) collect(member, secret || (!Array.isArray(value) && isSecretName(name)), into);
    else if (secret && (typeof value === 'string' || typeof value === 'number')) into.push(String(value));
  };

  const maskVerbatim = (text: string, ofRequest: readonly string[]): string => {
    const masked = replaceAllOf(text, needles);
    return ofRequest.length === 0 ? masked : replaceAllOf(masked, ofRequest);
  };

  return {
    addSecrets(added) {
      const before = secrets.size;
      for (const secret of added) secrets.add(secret);
      if (secrets.size > before) needles = needlesOf(secrets);
    },
    isSecretName,
    secretsOfRequest(text, value) {
      const found: string[] = [];
      if (value !== undefined) {
        if (!hasSecretField(value)) return NONE;
        collect(value, false, found);
      } else if (fieldInText !== null) {
        for (const match of text.matchAll(fieldInText)) found.push((match[2] as string).replace(/^"|"$/g, ''));
      }
      return found.length === 0 ? NONE : needlesOf(found);
    },
    maskJson: (text, value, ofRequest) => maskVerbatim(hasSecretField(value) ? JSON.stringify(maskFields(value)) : text, ofRequest),
    maskText: (text, ofRequest) => maskVerbatim(fieldInText === null ? text : text.replace(fieldInText, `$1"${MASK}"`), ofRequest),
    maskVerbatim,
  };
};

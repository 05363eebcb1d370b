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
  /** Masks the text of a JSON value by field, then verbatim. The text is returned as it was when it holds no secret. */
  maskJson(text: string, value: unknown): string;
  /** For text that is no JSON: what stands after a secret name, and known secrets, are masked. */
  maskText(text: string): string;
  /** Known secrets only: URLs, headers, details of deviations. */
  maskVerbatim(text: string): string;
}

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
  // a header line is read as latin1
  Buffer.from(secret, 'utf8').toString('latin1'),
];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export const createRedactor = (secretNames: ReadonlySet<string>): Redactor => {
  const names = new Set([...secretNames].map((name) => name.toLowerCase()));
  const known = new Map<string, boolean>();
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

  const masked = (value: unknown): unknown => {
    if (!isObject(value)) return value;
    if (Array.isArray(value)) return value.map(masked);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, isSecretName(name) ? MASK : masked(member)]));
  };

  const maskVerbatim = (text: string): string => {
    let result = text;
    for (const needle of needles) {
      if (result.includes(needle)) result = result.replaceAll(needle, needle.startsWith('"') && needle.endsWith('"') ? `"${MASK}"` : MASK);
    }
    return result;
  };

  return {
    addSecrets(secrets) {
      const all = new Set(needles);
      for (const secret of secrets) {
        if (secret === '') continue;
        for (const spelling of spellings(secret)) all.add(secret.length < SHORTEST_IN_TEXT ? `"${spelling}"` : spelling);
      }
      // Longest first: a secret that contains another is removed whole.
      if (all.size > needles.length) needles = [...all].sort((a, b) => b.length - a.length);
    },
    isSecretName,
    maskJson: (text, value) => maskVerbatim(hasSecretField(value) ? JSON.stringify(masked(value)) : text),
    maskText: (text) => maskVerbatim(fieldInText === null ? text : text.replace(fieldInText, `$1"${MASK}"`)),
    maskVerbatim,
  };
};

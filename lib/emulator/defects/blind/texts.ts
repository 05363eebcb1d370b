/** What becomes of texts, of those that anybody may name: names, titles, networks. */
import { type BlindDefect, SHOULD, tampering, type Writer } from './blind-defect.ts';
import { storesOther } from './sets-and-gets.ts';

const asHtml = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Of one text of a section: letters, digits and plain punctuation are a must, the rest is recommended. */
export const ofText = (write: Writer, set: string, name: string): readonly BlindDefect[] => {
  const kept = (word: string, does: string, change: (value: string) => string, more = {}): BlindDefect =>
    write(`${name}/settable`, `${name}-${word}`, `${does} ${name}`, () => tampering(storesOther(set, name, (value) => change(String(value)))), more);
  return [
    kept('upper', 'stores capital letters in', (value) => value.toUpperCase()),
    kept('first-word', 'stores the first word alone of', (value) => value.split(' ')[0] ?? '', SHOULD),
    kept('digits-lost', 'loses the digits of', (value) => value.replaceAll(/\d/g, '')),
    kept('dots-lost', 'loses the dots of', (value) => value.replaceAll('.', '')),
    kept('dash-lost', 'loses dashes and underscores of', (value) => value.replaceAll(/[-_]/g, ''), SHOULD),
    kept('cut-at-16', 'keeps 16 characters of', (value) => value.slice(0, 16), SHOULD),
    kept('escaped', 'stores HTML entities in', asHtml, SHOULD),
    kept('plus-becomes-blank', 'stores blanks for plus signs in', (value) => value.replaceAll('+', ' '), SHOULD),
    kept(
      'percent-decoded',
      'decodes percent signs twice in',
      (value) => {
        try {
          return decodeURIComponent(value);
        } catch {
          return value;
        }
      },
      SHOULD,
    ),
    kept('ascii-alone', 'stores question marks beyond ASCII in', (value) => value.replaceAll(/[^\x20-\x7e]/g, '?'), SHOULD),
    kept('latin-1', 'reads UTF-8 as Latin-1 in', (value) => Buffer.from(value, 'utf8').toString('latin1'), SHOULD),
    kept('backslash-lost', 'loses the backslashes of', (value) => value.replaceAll('\\', ''), SHOULD),
    write(`${name}/settable`, `${name}-empty-refused`, `refuses an empty ${name}`, () =>
      tampering({ refuses: (action, json) => (action === set && json?.[name] === '' ? 205 : null) }),
    ),
    write(`${name}/settable`, `${name}-empty-ignored`, `answers an empty ${name} with code 0, and keeps the old one`, () =>
      tampering(storesOther(set, name, (value, before) => (value === '' ? before : value))),
    ),
  ];
};

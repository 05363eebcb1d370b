/** Words for a POSIX shell. What is a literal stays data whatever it holds; only what is written as an expansion is expanded. */

/** Text as it is, or a parameter or command substitution such as `$CAMERA_USER`, which is ours and never from the network. */
export type WordPart = string | { readonly expansion: string };

/** Not at its beginning: zsh expands `=name`. */
const NEEDS_NO_QUOTES = /^[\w%+:,./-][\w%+:,./=-]*$/;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** One word. A shell cannot hold NUL in a word: throws an `Error` where there is one. */
export function shellWord(...parts: readonly WordPart[]): string {
  if (parts.some((part) => typeof part === 'string' && part.includes('\0'))) throw new Error('Could not quote NUL for a shell: encode it.');
  if (parts.every((part) => typeof part === 'string')) {
    const text = parts.join('');
    return NEEDS_NO_QUOTES.test(text) ? text : quoted(text);
  }
  return parts
    .filter((part) => part !== '')
    .map((part) => (typeof part !== 'string' ? `"${part.expansion}"` : NEEDS_NO_QUOTES.test(part) ? part : quoted(part)))
    .join('');
}

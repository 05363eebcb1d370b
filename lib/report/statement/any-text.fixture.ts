/** Texts as a hostile camera might send them: whole Unicode, lone surrogates and control characters, and pieces of markup. */
import fc from 'fast-check';

const PIECES = [
  '<script>',
  '</title>',
  '</style>',
  '<!--',
  '-->',
  ']]>',
  '"',
  "'",
  '&lt;',
  '&#60;',
  '`',
  '\r\n',
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\u0301',
];

export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
  )
  .map((parts) => parts.join(''));

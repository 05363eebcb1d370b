/** Models and quirks as lists to read: what `npm run emulator -- --models` and `--quirks` print. */
import { FIELD_MODELS, MODELS } from './models.ts';
import { BLIND_TRAITS } from './traits/blind/index.ts';
import { TRAITS } from './traits/index.ts';
import { verdictOf } from './traits/trait.ts';

const INDENT = '  ';

export function listModels(): string {
  const models = [...MODELS, ...FIELD_MODELS];
  const width = widest(models.map(({ id }) => id));
  return models
    .map(({ id, description, options }) => {
      const quirks = options.quirks === undefined ? '' : `\n${INDENT}${' '.repeat(width)}(${options.quirks.join(', ')})`;
      return `${id.padEnd(width)}${INDENT}${description}${quirks}`;
    })
    .join('\n');
}

/**
 * Each with the verdict that it deserves: nothing, warn or fail. Behind them those that were made from the words of the contract alone,
 * with what they make of it.
 */
export function listQuirks(): string {
  const width = widest([...TRAITS, ...BLIND_TRAITS].map(({ id }) => id));
  const line = (id: string, verdict: string, does: string): string =>
    `${id.padEnd(width)}${INDENT}${verdict.padEnd('at-most-warn'.length)}${INDENT}${does}`;
  return [
    ...TRAITS.map((trait) => line(trait.id, verdictOf(trait), trait.does)),
    '',
    'From the words of the contract alone:',
    ...BLIND_TRAITS.map(({ id, expects, does }) => line(id, expects, does)),
  ].join('\n');
}

const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

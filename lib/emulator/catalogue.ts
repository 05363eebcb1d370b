/** Models and quirks as lists to read: what `npm run emulator -- --models` and `--quirks` print. */
import { FIELD_MODELS, MODELS } from './models.ts';
import { TRAITS } from './traits/index.ts';
import { type Trait, verdictOf } from './traits/trait.ts';

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

/** Each with the verdict that it deserves: nothing, warn or fail. */
export function listQuirks(): string {
  const width = widest(TRAITS.map(({ id }) => id));
  const line = (trait: Trait): string => `${trait.id.padEnd(width)}${INDENT}${verdictOf(trait).padEnd('nothing'.length)}${INDENT}${trait.does}`;
  return TRAITS.map(line).join('\n');
}

const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

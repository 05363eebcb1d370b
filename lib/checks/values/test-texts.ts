/** What checks send in fields for passwords and keys. It is known to everybody: it is shown, where it is not the camera's own as well. */
import { SECTIONS } from '../../document/index.ts';
import { isMadeOf } from '../../wire/mangled.ts';
import { otherTexts, SPECIAL_TEXTS, wrongType } from './row-values.ts';

/** Not those for the login of the camera: they come true, if only for a moment. */
export const TEST_TEXTS: ReadonlySet<string> = new Set(
  SECTIONS.flatMap(({ parts }) => parts)
    .flatMap((part) => (part.kind === 'settings' ? part.rows : []))
    .filter(({ secret }) => secret)
    .flatMap(({ type }) => (type.kind === 'text' ? [...otherTexts(type), ...Object.values(SPECIAL_TEXTS), String(wrongType(type))] : [])),
);

/** Whether a camera that shows this shows what a check sent, or the beginning of it. */
export const isTestText = (value: unknown): boolean => typeof value === 'string' && isMadeOf(value, TEST_TEXTS);

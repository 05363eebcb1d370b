/** Values that a defective camera puts in the place of others. */
import type { Row, Type } from '../../document/notation.ts';

/** A legal value of a row that is not this one; undefined where the document allows no other. */
export const otherValue = (row: Row, value: unknown): unknown => (row.held || row.link !== undefined ? undefined : anotherOf(row.type, value));

/** The same where the document ties the parameter to others, or lets it only be what it is. */
export function anotherOf(type: Type, value: unknown): unknown {
  switch (type.kind) {
    case 'number':
      return otherNumber(type.min ?? 0, type.max ?? Number.MAX_SAFE_INTEGER, value);
    case 'choice':
      return Object.keys(type.values)
        .map(Number)
        .find((member) => member !== value);
    case 'text':
      return type.fixed === undefined ? `${String(value ?? '')}x`.slice(-8) : undefined;
    case 'list':
    case 'week':
      return undefined;
  }
}

const otherNumber = (min: number, max: number, value: unknown): number | undefined => {
  const near = typeof value === 'number' ? value + 3 : min;
  if (near <= max) return near;
  return value === min ? undefined : min;
};

/** A value of another JSON type. */
export function ofOtherType(type: Type, value: unknown): unknown {
  switch (type.kind) {
    case 'number':
    case 'choice':
      return String(value);
    case 'text':
      return 7;
    case 'list':
    case 'week':
      return {};
  }
}

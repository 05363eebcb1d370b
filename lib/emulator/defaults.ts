/** The value that a camera starts with where the document's example shows none that its table allows. */
import type { Row, Type } from '../document/notation.ts';
import { isMembers, type Members, valueIn } from '../document/row-value.ts';

/** First member of the enumeration, smallest value of the range, first sample, the fixed text; lists at their full length. */
export function defaultOf(type: Type): unknown {
  switch (type.kind) {
    case 'number':
      return type.min ?? type.samples?.[0] ?? 0;
    case 'choice':
      return Number(Object.keys(type.values)[0]);
    case 'text':
      return type.fixed ?? type.samples?.[0] ?? '';
    case 'list':
      return Array.from({ length: type.length ?? 0 }, () => startElement(type.of, {}));
    case 'week':
      return Array.from({ length: type.days }, (_, day) => ({
        [`day_${day}`]: Array.from({ length: type.periods }, () => startElement(type.of, {})),
      }));
  }
}

/** The example's value where the table allows it, the default otherwise; lists and weeks element by element. */
export function startValue(type: Type, example: unknown): unknown {
  switch (type.kind) {
    case 'number':
      return typeof example === 'number' && example >= (type.min ?? 0) && example <= (type.max ?? Number.MAX_SAFE_INTEGER)
        ? example
        : defaultOf(type);
    case 'choice':
      return typeof example === 'number' && Object.hasOwn(type.values, example) ? example : defaultOf(type);
    case 'text':
      return typeof example === 'string' && (type.fixed === undefined || example === type.fixed) ? example : defaultOf(type);
    case 'list': {
      const shown = Array.isArray(example) ? example : [];
      return Array.from({ length: type.length ?? shown.length }, (_, index) => startElement(type.of, shown[index]));
    }
    case 'week': {
      const shown = Array.isArray(example) ? example : [];
      return Array.from({ length: type.days }, (_, day) => {
        const key = `day_${day}`;
        const periods = isMembers(shown[day]) && Array.isArray(shown[day][key]) ? shown[day][key] : [];
        return { [key]: Array.from({ length: type.periods }, (_, period) => startElement(type.of, periods[period])) };
      });
    }
  }
}

/** One value per row. */
export function startElement(rows: readonly Row[], example: unknown): Record<string, unknown> {
  const shown: Members = isMembers(example) ? example : {};
  return Object.fromEntries(rows.map((row) => [row.name, startValue(row.type, valueIn(row, shown))]));
}

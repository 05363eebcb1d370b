/** The zod schemas that rows stand for: of one value's JSON type, and of one documented value. */
import { z } from 'zod';
import type { Type } from '../../document/notation.ts';
import { elementsOf } from '../../document/row-value.ts';

/** `strict` also refuses the values outside their own table that the document's examples show. */
export type Profile = 'default' | 'strict';

const objects = z.array(z.looseObject({}));

/** The JSON type alone: a number, a text, a list of objects, a week. */
export function typeSchema(type: Type): z.ZodType {
  switch (type.kind) {
    case 'number':
    case 'choice':
      return z.number();
    case 'text':
      return z.string();
    case 'list':
      return objects;
    case 'week':
      return objects.refine((value) => elementsOf(type, value) !== null);
  }
}

/** What the tables allow: range, enumeration, fixed text, number of elements. The elements of lists are judged one by one. */
export function valueSchema(type: Type, profile: Profile): z.ZodType {
  switch (type.kind) {
    case 'number':
      return z
        .number()
        .min(type.min ?? Number.NEGATIVE_INFINITY)
        .max(type.max ?? Number.POSITIVE_INFINITY);
    case 'choice': {
      const members = Object.keys(type.values).map(Number);
      return z.literal(profile === 'strict' ? members : [...members, ...(type.also ?? [])]);
    }
    case 'text':
      return type.fixed === undefined ? z.string() : z.literal(type.fixed);
    case 'list':
      return type.length === undefined ? objects : objects.length(type.length);
    case 'week':
      return typeSchema(type);
  }
}

/** Schemas are made once for each type: checks ask for the same ones again and again. */
export function remembered<T>(make: (type: Type) => T): (type: Type) => T {
  const made = new WeakMap<Type, T>();
  return (type) => {
    const known = made.get(type);
    if (known !== undefined) return known;
    const fresh = make(type);
    made.set(type, fresh);
    return fresh;
  };
}

/** Defects of what a set must not store: values outside the range or the enumeration, and of another type. */

import type { Subject } from '../../document/subject.ts';
import { defaultOf } from '../defaults.ts';
import type { Defect } from './defect.ts';
import { beyond, unjudgedIn } from './operators/of-near-misses.ts';
import { otherValue } from './other-value.ts';
import { defectOf, rowOf, type SettableScope } from './scope.ts';
import { isGood, parsed, storingUnjudged } from './tampering.ts';

export function defectsOfIllegalValues(scope: SettableScope): readonly Defect[] {
  const { subject } = scope;
  if (subject.top.held) return [];
  if (subject.kind === 'element') return inElement(scope, subject);
  const { name } = subject;
  const { type } = subject.row;
  const make = (word: string, does: string, property: string, isTaken: (value: unknown) => boolean): Defect =>
    defectOf(scope, name, word, does, [property], () => storingUnjudged(scope, isTaken, defaultOf(subject.top.type)));
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  const defects: Defect[] = [];
  if (type.kind === 'number') {
    const { min, max } = type;
    if (max !== undefined) {
      defects.push(make('stored-above-range', `stores ${name} above its range`, 'above-range', (value) => isNumber(value) && value > max));
      defects.push(...refusedAndChanged(scope, 'above-range', (value) => isNumber(value) && value > max));
    }
    if (min !== undefined) {
      defects.push(make('stored-below-range', `stores ${name} below its range`, 'below-range', (value) => isNumber(value) && value < min));
      defects.push(...refusedAndChanged(scope, 'below-range', (value) => isNumber(value) && value < min));
    }
  }
  if (type.kind === 'choice') {
    const isOutside = (value: unknown): boolean => isNumber(value) && !(value in type.values) && !(type.also ?? []).includes(value);
    defects.push(make('stored-outside-enumeration', `stores ${name} outside its enumeration`, 'outside-enumeration', isOutside));
    defects.push(...refusedAndChanged(scope, 'outside-enumeration', isOutside));
    const most = Math.max(...Object.keys(type.values).map(Number), ...(type.also ?? []));
    if (Array.from({ length: most }, (_, value) => value).some((value) => value > 0 && isOutside(value)))
      defects.push(
        make(
          'stored-above-enumeration',
          `stores any ${name} above ${most} as it came`,
          'above-enumeration',
          (value) => isNumber(value) && value > most,
        ),
      );
    const least = Math.min(...Object.keys(type.values).map(Number));
    if (!type.also?.includes(least - 1))
      defects.push(make('stored-below-enumeration', `stores ${name} ${least - 1} as it came`, 'below-enumeration', (value) => value === least - 1));
  }
  const expected = type.kind === 'text' ? 'string' : type.kind === 'number' || type.kind === 'choice' ? 'number' : 'object';
  const isWrong = (value: unknown): boolean => value !== undefined && typeof value !== expected;
  defects.push(make('stored-with-wrong-type', `stores ${name} of another type as it came`, 'wrong-type', isWrong));
  if (subject.kind !== 'list') defects.push(make('stored-null', `stores ${name} null as it came`, 'null', (value) => value === null));
  return defects;
}

/** Of elements behind the first: firmware that judges that one alone. Of a week, one member in each period. */
function inElement(scope: SettableScope, { name, type, index }: Extract<Subject, { kind: 'element' }>): readonly Defect[] {
  const judged = type.of.filter((leaf) => beyond(leaf.type) !== null);
  const leaf = judged[type.kind === 'list' ? 0 : index % judged.length];
  const isBeyond = leaf === undefined ? null : beyond(leaf.type);
  if (index === 0 || leaf === undefined || isBeyond === null) return [];
  return [
    defectOf(scope, name, 'stored-beyond', `stores any ${leaf.name} of ${name} as it came`, ['beyond'], () => unjudgedIn(scope, leaf.name, isBeyond)),
  ];
}

/** Refuses an illegal value and changes the parameter all the same. */
function refusedAndChanged(scope: SettableScope, property: string, isIllegal: (value: unknown) => boolean): readonly Defect[] {
  const { subject, set } = scope;
  if (subject.kind !== 'plain') return [];
  const { name, alias } = subject.top;
  const does = `refuses a value ${property.replace('-', ' ')} of ${name}, and changes ${name} all the same`;
  return [
    defectOf(scope, name, `changed-by-a-refused-value-${property}`, does, [property], () => {
      let isRefused = false;
      let other: unknown;
      return {
        request: (action, json) => {
          const sent = action === set ? parsed(json) : null;
          const spelling = sent === null ? undefined : [name, alias].find((each) => each !== undefined && each in sent);
          isRefused = sent !== null && spelling !== undefined && isIllegal(sent[spelling]);
          if (!isRefused || sent === null || spelling === undefined) return json;
          return JSON.stringify({ ...sent, [spelling]: defaultOf(subject.row.type) });
        },
        stored: (action, changes, before) => {
          if (action !== set || !isRefused) return changes;
          other = otherValue(rowOf(subject), before[name]);
          return other === undefined ? changes : { ...changes, [name]: other };
        },
        reply: (action, _, reply) => (action === set && isRefused && isGood(reply) ? { ...reply, code: 205 } : reply),
      };
    }),
  ];
}

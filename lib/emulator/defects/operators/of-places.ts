/** Operators that store a value in another place than its own, or in another one as well: neighbours, elements, streams, sections. */
import { SECTIONS } from '../../../document/index.ts';
import type { Row } from '../../../document/notation.ts';
import { isSameValue, isSettable, isShown, type Members } from '../../../document/row-value.ts';
import { shownValues, withValue } from '../../../document/subject.ts';
import type { Tamper } from '../../tamper.ts';
import { isInstance, type SettableScope } from '../scope.ts';
import { clauseOf, leftOut, type Made, madeAt, silence } from './operator.ts';

const kindOf = ({ type }: Row): string =>
  JSON.stringify(
    type.kind === 'number' ? [type.min, type.max] : type.kind === 'choice' ? Object.keys(type.values) : type.kind === 'text' ? type.format : null,
  );

const isChanged = (name: string, changes: Members, before: Members): boolean => name in changes && !isSameValue(changes[name], before[name]);

/** Other parameters of the same action pair that may have the same values. */
function neighboursOf(scope: SettableScope, all: readonly SettableScope[]): readonly Row[] {
  const { subject, part } = scope;
  if (subject.kind !== 'plain') return [];
  return all
    .map((each) => each.subject)
    .flatMap((each) =>
      each.kind === 'plain' && each.name !== subject.name && kindOf(each.row) === kindOf(subject.row) && isShown(each.row, part) ? [each.row] : [],
    )
    .filter((row) => !row.held && row.link === undefined && row.sameAs === undefined);
}

const ofNeighbour = (scope: SettableScope, row: Row): readonly Made[] => {
  const { subject, set } = scope;
  const { name } = subject;
  const isolation = clauseOf(scope.section, `${set}/isolation`);
  const storing = (change: (changes: Members, before: Members) => Members): Tamper => ({
    stored: (action, changes, before) => (action === set && isInstance(scope, before) ? change(changes, before) : changes),
  });
  const reason = silence(scope);
  const make = (word: string, does: string, tamper: () => Tamper): Made =>
    reason === null ? madeAt(word, scope, does, tamper, { breaks: isolation, detail: row.name }) : leftOut(word, scope, reason, row.name);
  return [
    make('copies-to', `stores ${name} in ${row.name} as well`, () =>
      storing((changes, before) =>
        isChanged(name, changes, before) && !(row.name in changes) ? { ...changes, [row.name]: changes[name] } : changes,
      ),
    ),
    make('copies-over', `stores ${name} in ${row.name} as well, also where that is set to something else`, () =>
      storing((changes, before) => (isChanged(name, changes, before) ? { ...changes, [row.name]: changes[name] } : changes)),
    ),
    make('goes-to', `stores ${name} in ${row.name} in place of its own`, () =>
      storing((changes, before) =>
        isChanged(name, changes, before) && !(row.name in changes) ? { ...changes, [row.name]: changes[name], [name]: before[name] } : changes,
      ),
    ),
  ];
};

/** Both directions are one: the pair is made where it is met first. */
const ofSwap = (scope: SettableScope, row: Row): readonly Made[] => {
  const { subject, set, part } = scope;
  const { name } = subject;
  const place = (each: string): number => part.rows.findIndex((other) => other.name === each);
  if (place(name) > place(row.name)) return [];
  return [
    madeAt(
      'swaps-with',
      scope,
      `stores ${name} and ${row.name} in the place of each other where both are set`,
      () => ({
        stored: (action, changes, before) =>
          action === set && isInstance(scope, before) && name in changes && row.name in changes
            ? { ...changes, [name]: changes[row.name], [row.name]: changes[name] }
            : changes,
      }),
      { breaks: clauseOf(scope.section, `${set}/all-at-once`), detail: row.name },
    ),
  ];
};

/** The same parameter of the other streams. */
function ofInstances(scope: SettableScope): readonly Made[] {
  const { subject, part, set, section, instance } = scope;
  const { instances = [] } = part;
  if (subject.kind !== 'plain' || subject.row.link !== undefined) return [];
  return instances.flatMap((other, index): Made[] => {
    if (other.label === instance.label) return [];
    return [
      madeAt(
        'into-stream',
        scope,
        `stores ${subject.name} in stream ${index} as well`,
        () => ({
          performs: async (action, json, camera, perform) => {
            const reply = await perform();
            if (action === set && reply.code === 0 && json !== null && isInstance(scope, json) && subject.name in json)
              camera.store.write(part.get, index, { [subject.name]: json[subject.name] });
            return reply;
          },
        }),
        { breaks: clauseOf(section, `${set}/isolation`), detail: String(index) },
      ),
    ];
  });
}

/** Parameters of that name in other sections, which have a get of their own. */
function ofSections(scope: SettableScope): readonly Made[] {
  const { subject, part, set, section } = scope;
  if (subject.kind !== 'plain' || subject.top.held || subject.row.link !== undefined || subject.row.sameAs !== undefined) return [];
  return SECTIONS.flatMap((other) =>
    other.parts.flatMap((each): Made[] => {
      if (each.kind !== 'settings' || each.get === part.get || each.set === undefined || each.instances !== undefined) return [];
      const row = each.rows.find(({ name, held, link, volatile }) => name === subject.name && !held && link === undefined && !volatile);
      if (row === undefined || !isSettable(row) || !isShown(row, each) || kindOf(row) !== kindOf(subject.row)) return [];
      return [
        madeAt(
          'into-section',
          scope,
          `stores ${subject.name} in that of ${each.get} as well`,
          () => ({
            performs: async (action, json, camera, perform) => {
              const reply = await perform();
              if (action === set && reply.code === 0 && json !== null && subject.name in json)
                camera.store.write(each.get, 0, { [row.name]: json[subject.name] });
              return reply;
            },
          }),
          { breaks: clauseOf(section, `${set}/isolation`), detail: other.slug },
        ),
      ];
    }),
  );
}

/** What is stored in one element of a list or week: in the next as well, or not at all. */
function ofElements(scope: SettableScope, all: readonly SettableScope[]): readonly Made[] {
  const { subject, set } = scope;
  if (subject.kind !== 'element') return [];
  const { top, type, index } = subject;
  const storing = (change: (changes: Members, before: Members) => Members): Tamper => ({
    stored: (action, changes, before) => (action === set && isInstance(scope, before) && top.name in changes ? change(changes, before) : changes),
  });
  const count = all.filter((each) => each.subject.kind === 'element' && each.subject.top.name === top.name).length;
  const next = { ...subject, index: (index + 1) % count };
  const at = (values: Members, place: typeof subject): unknown => shownValues(place, values)[0]?.value;
  const copied = (changes: Members, from: unknown): Members => ({ ...changes, [top.name]: withValue(next, changes, from) });
  return [
    ...(count < 2
      ? []
      : [
          madeAt('into-next-element', scope, `stores ${subject.name} in the next element as well`, () =>
            storing((changes, before) => (isSameValue(at(changes, subject), at(before, subject)) ? changes : copied(changes, at(changes, subject)))),
          ),
        ]),
    madeAt('element-lost', scope, `does not store ${subject.name}`, () =>
      storing((changes, before) => ({ ...changes, [top.name]: withValue(subject, changes, at(before, subject)) })),
    ),
    ...type.of.flatMap((leaf): Made[] =>
      count < 2 || leaf.link !== undefined
        ? []
        : [
            madeAt(
              'member-into-next-element',
              scope,
              `stores ${leaf.name} of ${subject.name} in the next element as well`,
              () =>
                storing((changes, before) => {
                  const [now, old] = [at(changes, subject) as Members | undefined, at(before, subject) as Members | undefined];
                  return now === undefined || isSameValue(now[leaf.name], old?.[leaf.name])
                    ? changes
                    : copied(changes, { [leaf.name]: now[leaf.name] });
                }),
              { detail: leaf.name },
            ),
          ],
    ),
  ];
}

/** @param all of the same action pair in the same instance */
export const ofPlaces = (scope: SettableScope, all: readonly SettableScope[]): readonly Made[] => [
  ...neighboursOf(scope, all).flatMap((row) => [...ofNeighbour(scope, row), ...(silence(scope) === null ? ofSwap(scope, row) : [])]),
  ...ofInstances(scope),
  ...ofSections(scope),
  ...ofElements(scope, all),
];

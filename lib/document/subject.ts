/**
 * What a check is about: a plain parameter, a list as a whole, one of its elements, or a member that all its elements
 * have. A subject knows how to read itself out of a reply and how to write itself into one.
 */
import type { ListType, Row, WeekType } from './notation.ts';
import { documentedMembers, elementName, elementsOf, fromElements, isMembers, judgedLength, type Members, valueIn } from './row-value.ts';

export type Subject =
  | { readonly kind: 'plain'; readonly name: string; readonly top: Row; readonly row: Row }
  | { readonly kind: 'list'; readonly name: string; readonly top: Row; readonly row: Row; readonly type: ListType | WeekType }
  | { readonly kind: 'element'; readonly name: string; readonly top: Row; readonly type: ListType | WeekType; readonly index: number }
  | { readonly kind: 'leaf'; readonly name: string; readonly top: Row; readonly row: Row; readonly type: ListType | WeekType };

/** The subjects that a document row stands for. Lists whose length the table leaves open have no elements of their own. */
export function subjectsOf(top: Row): readonly Subject[] {
  const { type } = top;
  if (type.kind !== 'list' && type.kind !== 'week') return [{ kind: 'plain', name: top.name, top, row: top }];
  const count = type.kind === 'week' ? type.days * type.periods : Math.min(type.judged ?? Number.POSITIVE_INFINITY, type.length ?? 0);
  return [
    { kind: 'list', name: top.name, top, row: top, type },
    ...type.of.map((row): Subject => ({ kind: 'leaf', name: `${top.name}.${row.name}`, top, row, type })),
    ...Array.from({ length: count }, (_, index): Subject => ({ kind: 'element', name: elementName(top, index), top, type, index })),
  ];
}

export interface Found {
  /** `title_list[2].title_pos_x` */
  readonly path: string;
  readonly value: unknown;
}

/** Every value that a reply shows for a subject; empty when it shows none. */
export function shownValues(subject: Subject, reply: Members): readonly Found[] {
  const value = valueIn(subject.top, reply);
  if (value === undefined) return [];
  if (subject.kind === 'plain' || subject.kind === 'list') return [{ path: subject.name, value }];
  const elements = elementsOf(subject.type, value);
  if (elements === null) return [];
  if (subject.kind === 'element') {
    const element = elements[subject.index];
    return element === undefined ? [] : [{ path: subject.name, value: documentedMembers(subject.type, element) }];
  }
  return elements
    .slice(0, judgedLength(subject.type, elements))
    .flatMap((element, index) =>
      Object.hasOwn(element, subject.row.name)
        ? [{ path: `${elementName(subject.top, index)}.${subject.row.name}`, value: element[subject.row.name] }]
        : [],
    );
}

/** The value that tests read and write: of a leaf, that of the first element. */
export const shownValue = (subject: Subject, reply: Members): unknown => shownValues(subject, reply)[0]?.value;

/** The whole parameter with this subject's value changed: of a leaf, that of the first element. */
export function withValue(subject: Subject, reply: Members, value: unknown): unknown {
  if (subject.kind === 'plain' || subject.kind === 'list') return value;
  const elements = elementsOf(subject.type, valueIn(subject.top, reply)) ?? [];
  const index = subject.kind === 'element' ? subject.index : 0;
  const changes = subject.kind === 'leaf' ? { [subject.row.name]: value } : isMembers(value) ? value : {};
  return fromElements(
    subject.type,
    elements.map((element, at) => ({ ...documentedMembers(subject.type, element), ...(at === index ? changes : {}) })),
  );
}

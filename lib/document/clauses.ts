/**
 * The requirement catalogue: every clause of the document that can be tested, computed from its rows, and those that no row
 * can say. Ids are `section-slug/subject/demand`; checks name the clauses that they test by these ids.
 */
import type { Command, Row, Section, Settings } from './notation.ts';
import { isDocumented, isNecessary, isSettable, isShown } from './row-value.ts';
import type { StrictDemand } from './strict.ts';

export interface CatalogueEntry {
  readonly id: string;
  readonly place: string;
  /** the demand in short words */
  readonly says: string;
  /** why no check can test it */
  readonly untested: string | null;
  /** what the strict profile expects beyond it */
  readonly strict: readonly StrictDemand[];
}

const NOT_RETURNED = 'no get returns it, so that nothing shows whether it was stored';

/** What the strict profile expects beyond these. */
const STRICTLY_OF_ACTION: Readonly<Record<string, readonly StrictDemand[]>> = { reply: ['offered'], envelope: ['envelope'] };

/** Demands on every action of the `cgi_action` interface. */
const OF_ACTION = {
  reply: 'a well-formed request is answered with code 0',
  envelope: 'the reply has the envelope of this camera',
  authentication: 'wrong, plain and missing passwords are refused',
  json: 'JSON that does not parse is refused',
};
const OF_SET = {
  offered: 'the set is offered where its get is',
  'all-at-once': 'one request may name all parameters',
  isolation: 'nothing changes that the request does not name',
  'unknown-parameter': 'an unknown parameter is not stored',
  'error-codes': 'refusals use the codes of 1.3',
};

export function catalogueOf(section: Section): readonly CatalogueEntry[] {
  const entry: Add = (subject, place, demand, says, { untested = null, strict = [] } = {}) => ({
    id: `${section.slug}/${subject}/${demand}`,
    place,
    says,
    untested,
    strict,
  });
  const computed = section.parts.flatMap((part) => (part.kind === 'settings' ? ofSettings(part, entry) : ofCommand(part, entry)));
  const written = section.clauses.map(({ id, place, says, untested }) => ({
    id: `${section.slug}/${id}`,
    place,
    says,
    untested: untested ?? null,
    strict: [],
  }));
  return [...new Map([...computed, ...written].map((each) => [each.id, each])).values()];
}

type Add = (
  subject: string,
  place: string,
  demand: string,
  says: string,
  more?: { readonly untested?: string | null; readonly strict?: readonly StrictDemand[] },
) => CatalogueEntry;

function ofSettings(part: Settings, entry: Add): CatalogueEntry[] {
  const { get, getPlace, set, setPlace = '' } = part;
  const label = part.instances?.[0]?.label ?? '';
  const own = (name: string) => (label === '' ? name : `${label}.${name}`);
  const actions = [
    ...ofAction(own(get), getPlace, entry, (part.repeated ?? []).length > 0 ? ['once'] : []),
    ...(set === undefined
      ? []
      : [...ofAction(set, setPlace, entry), ...Object.entries(OF_SET).map(([demand, says]) => entry(set, setPlace, demand, says))]),
  ];
  const selected = Object.keys(part.instances?.[0]?.select ?? {});
  const rows = part.rows
    .filter(isDocumented)
    .flatMap((row) => [
      ...(isShown(row, part)
        ? demandsOnValue(row, isSettable(row) && set !== undefined && !row.held).map(([subject, demand, says, strict]) =>
            entry(own(subject), getPlace, demand, says, { strict }),
          )
        : []),
      ...(isSettable(row) && set !== undefined ? ofSettable(row, setPlace, entry, selected.includes(row.name), isShown(row, part)) : []),
    ]);
  return [...actions, ...rows];
}

const ofAction = (action: string, place: string, entry: Add, ofReply: readonly StrictDemand[] = []): CatalogueEntry[] =>
  Object.entries(OF_ACTION).map(([demand, says]) =>
    entry(action, place, demand, says, { strict: [...(STRICTLY_OF_ACTION[demand] ?? []), ...(demand === 'reply' ? ofReply : [])] }),
  );

function ofSettable(row: Row, place: string, entry: Add, isSelector: boolean, isRead: boolean): CatalogueEntry[] {
  const necessary = isNecessary(row) ? [entry(row.name, place, 'necessary', 'a request without it is refused')] : [];
  if (isSelector) return necessary;
  return [entry(row.name, place, 'settable', 'a value that was set is returned', { untested: isRead ? null : NOT_RETURNED }), ...necessary];
}

type DemandOnValue = readonly [subject: string, demand: string, says: string, strict: readonly StrictDemand[]];

/** What the tables demand of a value: of a list, also of its members. */
function demandsOnValue(row: Row, isSet: boolean, prefix = ''): DemandOnValue[] {
  const { type } = row;
  const subject = `${prefix}${row.name}`;
  const refusal: readonly StrictDemand[] = isSet ? ['refusal'] : [];
  const shown: readonly StrictDemand[] = row.alias === undefined ? ['shown'] : ['shown', 'spelling'];
  const demands: DemandOnValue[] = [[subject, 'type', 'it has the documented type', shown]];
  if (type.kind === 'number' && (type.min !== undefined || type.max !== undefined))
    demands.push([subject, 'range', 'it lies in the documented range', refusal]);
  if (type.kind === 'choice')
    demands.push([
      subject,
      'enumeration',
      'it is a member of the enumeration',
      [...(type.also === undefined ? [] : (['tables'] as const)), ...refusal],
    ]);
  if (type.kind === 'text' && type.fixed !== undefined) demands.push([subject, 'text', 'it is the documented text', []]);
  if (type.kind === 'list' && type.length !== undefined) demands.push([subject, 'length', 'it has the documented number of elements', []]);
  if (row.link !== undefined) demands.push([subject, row.link.kind, 'it agrees with the parameters that it is tied to', []]);
  const members = type.kind === 'list' || type.kind === 'week' ? type.of.flatMap((leaf) => demandsOnValue(leaf, isSet, `${subject}.`)) : [];
  return [...demands, ...members];
}

function ofCommand({ action, place, rows, replies, path }: Command, entry: Add): CatalogueEntry[] {
  const actions = path === undefined ? ofAction(action, place, entry) : [entry(action, place, 'reply', 'a well-formed request is answered')];
  const members = rows
    .filter(isDocumented)
    .flatMap((row) => [
      ...(isNecessary(row) ? [entry(row.name, place, 'necessary', 'a request without it is refused')] : []),
      ...(row.type.kind === 'choice' ? [entry(row.name, place, 'enumeration', 'members of the enumeration are taken')] : []),
      ...(row.type.kind === 'number' && row.type.max !== undefined ? [entry(row.name, place, 'range', 'values of the range are taken')] : []),
    ]);
  return [...actions, ...members, ...(replies ?? []).map((row) => entry(row.name, place, 'type', 'it has the documented type'))];
}

/**
 * Defects of the demands that the document makes on every action and on every set, two at least for each of them. The ways to break a
 * demand are dealt out in turn, so that every action is broken in some ways, and every way tried at several actions.
 */
import { SECTIONS } from '../../../document/index.ts';
import type { Command, Row, Section, Settings } from '../../../document/notation.ts';
import { isDocumented, isNecessary, isSettable } from '../../../document/row-value.ts';
import type { Tamper } from '../../tamper.ts';
import { parsed } from '../tampering.ts';
import { type BlindDefect, hostNow, type Now } from './blind-defect.ts';
import { type Asked, AUTHENTICATION, type Breach, ENVELOPE_BREACHES, JSON_BREACHES, REPLY } from './demands-on-replies.ts';
import {
  ALL_AT_ONCE,
  breachesOfNecessary,
  ERROR_CODES_BREACHES,
  ISOLATION,
  OFFERED,
  type SetBreach,
  type SetPart,
  setPartOf,
  UNKNOWN_PARAMETER,
} from './demands-on-sets.ts';
import { performs } from './sets-and-gets.ts';

const OF_ACTION: Readonly<Record<string, readonly Breach[]>> = {
  reply: REPLY,
  envelope: ENVELOPE_BREACHES,
  authentication: AUTHENTICATION,
  json: JSON_BREACHES,
};
const OF_SET: Readonly<Record<string, readonly SetBreach[]>> = {
  offered: OFFERED,
  'all-at-once': ALL_AT_ONCE,
  isolation: ISOLATION,
  'unknown-parameter': UNKNOWN_PARAMETER,
  'error-codes': ERROR_CODES_BREACHES,
};
const EACH = 2;

interface Deal {
  readonly turns: Map<string, number>;
}

/** The next of some ways, so many of them, that fit. */
function dealt<T>(deal: Deal, demand: string, ways: readonly T[], fits: (way: T) => boolean): readonly T[] {
  const taken: T[] = [];
  let turn = deal.turns.get(demand) ?? 0;
  for (let tried = 0; tried < ways.length && taken.length < EACH; tried += 1, turn += 1) {
    const way = ways[turn % ways.length] as T;
    if (fits(way)) taken.push(way);
  }
  deal.turns.set(demand, turn);
  return taken;
}

export function defectsOfDemands(): readonly BlindDefect[] {
  const deal: Deal = { turns: new Map() };
  return SECTIONS.flatMap((section) =>
    section.parts.flatMap((part) => (part.kind === 'settings' ? ofSettings(deal, section, part) : ofCommand(deal, section, part))),
  );
}

function ofSettings(deal: Deal, section: Section, part: Settings): readonly BlindDefect[] {
  const label = part.instances?.[0]?.label ?? '';
  const subject = label === '' ? part.get : `${label}.${part.get}`;
  const ofGet = ofAction(deal, section, subject, { action: part.get, kind: 'get' });
  const whole = setPartOf(part);
  if (whole === null) return ofGet;
  const selected = Object.keys(part.instances?.[0]?.select ?? {});
  const necessary = part.rows.filter((row) => isDocumented(row) && isSettable(row) && isNecessary(row) && !selected.includes(row.name));
  return [
    ...ofGet,
    ...ofAction(deal, section, whole.set, { action: whole.set, kind: 'set' }),
    ...Object.entries(OF_SET).flatMap(([demand, ways]) =>
      dealt(deal, demand, ways, (way) => way.make(whole, hostNow) !== null).map((way) => ofSet(section, `${whole.set}/${demand}`, way, whole)),
    ),
    ...necessary.flatMap((row) =>
      breachesOfNecessary(row.name).flatMap((way) =>
        way.make(whole, hostNow) === null ? [] : [ofSet(section, `${row.name}/necessary`, way, whole)],
      ),
    ),
  ];
}

const defectOf = (
  section: Section,
  clause: string,
  { word, does, level = 'must' }: Pick<Breach, 'word' | 'does' | 'level'>,
  make: (now: Now) => Tamper,
): BlindDefect => ({
  id: `blind/${section.slug}/${clause}/${word}`,
  does,
  breaks: `${section.slug}/${clause}`,
  level,
  plant: (now = hostNow) => ({ tamper: make(now) }),
});

const ofAction = (deal: Deal, section: Section, subject: string, asked: Asked): readonly BlindDefect[] =>
  Object.entries(OF_ACTION).flatMap(([demand, ways]) =>
    dealt(deal, demand, ways, ({ of }) => of === undefined || of.includes(asked.kind)).map((way) =>
      defectOf(section, `${subject}/${demand}`, { ...way, does: `${asked.action}: ${way.does}` }, (now) => way.make(asked, now)),
    ),
  );

const ofSet = (section: Section, clause: string, way: SetBreach, part: SetPart): BlindDefect =>
  defectOf(section, clause, { ...way, does: `${part.set}: ${way.does}` }, (now) => way.make(part, now) ?? {});

function ofCommand(deal: Deal, section: Section, command: Command): readonly BlindDefect[] {
  const { action, path, rows } = command;
  // An endpoint of its own has neither credentials nor JSON: its defects are written out.
  if (path !== undefined) return [];
  return [
    ...ofAction(deal, section, action, { action, kind: 'command' }),
    ...rows.filter((row) => isDocumented(row) && isNecessary(row)).flatMap((row) => ofNecessary(section, command, row)),
  ];
}

/** A command that is carried out without what it needs: as in the example, or with the value that does the most. */
function ofNecessary(section: Section, { action, place, example }: Command, { name }: Row): readonly BlindDefect[] {
  const value = example.requests.find((request) => request !== null && name in request)?.[name];
  const filled = (json: string | undefined): string | undefined => {
    const sent = parsed(json);
    return sent === null || name in sent ? json : JSON.stringify({ ...sent, [name]: value });
  };
  return [
    defectOf(
      section,
      `${name}/necessary`,
      {
        word: `not-needed-${place.replace('.', '-')}`,
        does: `${action}: takes a request without ${name}, as if it were that of the example`,
        level: 'should',
      },
      () => ({ request: (asked, json) => (asked === action ? filled(json) : json) }),
    ),
    defectOf(
      section,
      `${name}/necessary`,
      { word: `missing-and-done-${place.replace('.', '-')}`, does: `${action}: refuses a request without ${name}, and carries it out` },
      () => {
        let wasMissing = false;
        return {
          request: (asked, json) => {
            const full = asked === action ? filled(json) : json;
            wasMissing = full !== json;
            return full;
          },
          ...performs(action, async (_, __, perform) => {
            const isRefused = wasMissing;
            const reply = await perform();
            return isRefused ? { code: 201 } : reply;
          }),
        };
      },
    ),
  ];
}

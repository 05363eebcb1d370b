/** What a set does beyond settings that are put back: to the way to the camera, to its outputs, to the services that it uses. */
import type { Condition, Hazard, Row } from '../document/notation.ts';
import { isNecessary, isSettable, type Members, spellingIn } from '../document/row-value.ts';
import { isInUse, SERVICES, type Service } from '../document/services.ts';
import { mayExist } from './addresses.ts';
import { leaves } from './asked.ts';
import { type AskedSet, after, isShownBy, type Showing } from './changes.ts';
import type { Objection } from './objection.ts';

const WHY: Readonly<Partial<Record<Hazard, string>>> = {
  network: 'the way to the camera may depend on it',
  serial: 'something may hang at its serial line',
  'alarm-output': 'a door or a siren may hang at its output',
};

const named = (rows: readonly Row[]): readonly string[] => rows.map(({ name }) => name);

/** What the document's data says of parameters, whatever the camera shows. */
export function ofRows({ pair, changes }: AskedSet): readonly Objection[] {
  const found = new Map<Hazard, string[]>();
  for (const row of changes) {
    const ofParts = pair.parts.filter(({ rows }) => rows.some(({ name }) => name === row.name)).flatMap(({ hazards }) => hazards ?? []);
    for (const hazard of new Set([...ofParts, ...(row.hazard === undefined ? [] : [row.hazard])])) {
      found.set(hazard, [...(found.get(hazard) ?? []), row.name]);
    }
  }
  return [...found].map(([hazard, parameters]) => ({ hazard, parameters, because: WHY[hazard] ?? 'what it does cannot be taken back' }));
}

/** What no request may give another value. */
export function ofInviolable({ changes, pair, shown, members }: AskedSet): readonly Objection[] {
  const rows = changes.filter((row) => row.inviolable !== undefined && holds(row.inviolable, shown) && !isUnshownExample(row));
  return rows.length === 0 ? [] : [{ hazard: 'never', parameters: named(rows), because: 'it is never given another value than the present one' }];

  /** What the get does not show may be what the document's own example sends. */
  function isUnshownExample(row: Row): boolean {
    if (isShownBy(row, shown)) return false;
    return pair.parts.some(({ example }) => example.requests?.some((request) => leaves(members[row.name], request[row.name])));
  }
}

/** What nobody has seen may be so. */
const holds = (condition: Condition, shown: Showing | null): boolean =>
  shown === null || Object.entries(condition).every(([name, value]) => leaves(value, shown.first[name]));

const ADDRESS_FORMATS: readonly string[] = ['host', 'url', 'ipv4'];

/** An address that is written leads nowhere. */
export function ofAddresses({ changes, members, pair }: AskedSet, testers: readonly string[]): readonly Objection[] {
  const service = SERVICES.filter(({ set }) => set === pair.set).flatMap((each) => each.addresses);
  const found = changes.filter(
    (row) =>
      row.inviolable === undefined &&
      (service.includes(row.name) || (row.type.kind === 'text' && ADDRESS_FORMATS.includes(row.type.format))) &&
      mayExist(members[row.name], testers),
  );
  return found.length === 0 ? [] : [{ hazard: 'never', parameters: named(found), because: 'a host of that address might exist' }];
}

const servicesOf = ({ pair }: AskedSet): readonly Service[] => SERVICES.filter(({ set }) => set === pair.set);

/** What takes a camera off a service that it uses. */
export const ofServices = (asked: AskedSet): readonly Objection[] => servicesOf(asked).flatMap((service) => ofService(service, asked));

/** What would say the owner's credentials to somebody else. */
export const ofCredentials = (asked: AskedSet): readonly Objection[] => servicesOf(asked).flatMap((service) => ofCredentialsOf(service, asked));

function ofService(service: Service, asked: AskedSet): readonly Objection[] {
  const { pair, shown, changes, members } = asked;
  if (shown !== null && !isInUse(service, shown.first)) return [];
  const own = changes.filter(({ name }) => service.owns(name));
  const unshown = own.filter((row) => shown !== null && !isShownBy(row, shown));
  if (unshown.length > 0)
    return [{ hazard: 'never', parameters: named(unshown), because: `${service.name} is in use, and what is not shown could not be put back` }];
  // What a set has to carry and does not may be put to some default.
  const missing = pair.parts
    .filter(({ rows }) => rows.some(({ name }) => name in members && service.owns(name)))
    .flatMap(({ rows }) => rows)
    .filter((row) => isNecessary(row) && service.owns(row.name) && isShownBy(row, shown) && !(row.name in members));
  const parameters = [...named(own), ...named(missing)];
  return parameters.length === 0 ? [] : [{ hazard: 'services', parameters, because: `${service.name} is in use` }];
}

/** Credentials as their owner set them are said to nobody but the owner's server. */
function ofCredentialsOf(service: Service, asked: AskedSet): readonly Objection[] {
  const { shown, members, pair } = asked;
  if (shown === null || service.credentials.length === 0) return [];
  const then: Members = after(asked);
  const foreign = service.addresses.filter((name) => then[name] !== undefined && then[name] !== '' && !leaves(then[name], shown.first[name]));
  if (foreign.length === 0) return [];
  const real = service.credentials.filter((name) => !isNothing(shown.first[name]) && leaves(then[name], shown.first[name]));
  const isHidden = isInUse(service, shown.first) && pair.rows.some((row) => isHiddenCredential(row));
  const [fresh, again] = [foreign, real].map((names) => names.filter((name) => name in members)) as [string[], string[]];
  if (fresh.length + again.length === 0 || (real.length === 0 && !isHidden)) return [];
  return [
    {
      hazard: 'never',
      parameters: fresh.length > 0 ? fresh : again,
      because: `the credentials of ${service.name} would stand beside an address that is not the owner's`,
    },
  ];

  function isHiddenCredential(row: Row): boolean {
    return service.credentials.includes(row.name) && isSettable(row) && spellingIn(row, shown?.first ?? {}) === undefined;
  }
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Where it is on, whatever triggers the alarm switches the output. */
const SWITCH = 'alarm_handle_alarmout';

export function ofTriggers(asked: AskedSet): readonly Objection[] {
  const { pair, changes } = asked;
  if (!pair.rows.some(({ name }) => name === SWITCH)) return [];
  const value = after(asked)[SWITCH];
  if (value === undefined || leaves(value, 0)) return [];
  const triggers = changes.filter((row) => row.triggers);
  return triggers.length === 0
    ? []
    : [{ hazard: 'alarm-output', parameters: named(triggers), because: 'it decides when the alarm switches its output, which is on' }];
}

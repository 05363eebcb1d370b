/**
 * The two cameras that can be played. `full` has every parameter that the document knows, with values that its tables
 * allow. `literal` answers with the document's own example replies, with what they leave out, add and misspell.
 */
import type { Row, Section, Settings } from '../document/notation.ts';
import { isReturned, type Members, spellingIn, valueIn } from '../document/row-value.ts';
import { startValue } from './defaults.ts';

export const MODELS = ['full', 'literal'] as const;
export type Model = (typeof MODELS)[number];

export interface TableInstance {
  readonly select: Readonly<Record<string, number>>;
  /** whether this model has it; the document has examples of the first instance only */
  readonly offered: boolean;
  start: Members;
  values: Members;
}

/** One get action with its set, and the parts of all sections that share them. */
export interface Table {
  readonly get: string;
  readonly set: string | undefined;
  readonly parts: readonly Settings[];
  readonly rows: readonly Row[];
  readonly instances: readonly TableInstance[];
  /** names under which a reply shows a row, where that is not just its own */
  readonly spellings: ReadonlyMap<string, readonly string[]>;
  /** parameters that the get request itself takes, such as `channel` */
  readonly selectors: ReadonlySet<string>;
  /** necessary rows that this model does without, as the document's example requests do */
  readonly excused: ReadonlySet<string>;
}

/** What the full model has that no table or example gives. */
const FULL: Readonly<Record<string, readonly Members[]>> = {
  getVencConf: [
    {},
    { channel: 1, ...size(704, 576), bitrate: 1024, pixel_list: [pixels(704, 576), pixels(640, 480)] },
    { channel: 2, ...size(704, 576), bitrate: 512, pixel_list: [pixels(704, 576), pixels(352, 288)] },
  ],
  getStorageInfo: [{ devs: [{ id: 'mmcblk0', type: 5, total_storage: 30436, remaining_storage: 21875, status: 1 }] }],
  getSysConfig: [{ kernel_version: 'Linux 4.9.37' }],
};

function size(width: number, height: number): Members {
  return { pic_width: width, pic_height: height };
}

function pixels(width: number, height: number): Members {
  return { width, height };
}

/** Start values of a model of its own, by get action and instance, in place of those of the full model. */
export type Starts = Readonly<Record<string, readonly Members[]>>;

export function createTables(sections: readonly Section[], model: Model, starts: Starts = {}): Map<string, Table> {
  const groups = new Map<string, Settings[]>();
  for (const part of sections.flatMap((section) => section.parts)) {
    if (part.kind === 'settings') groups.set(part.get, [...(groups.get(part.get) ?? []), part]);
  }
  return new Map([...groups].map(([get, parts]) => [get, createTable(get, parts, model, starts[get])]));
}

function createTable(get: string, parts: readonly Settings[], model: Model, starts: readonly Members[] = []): Table {
  const rows = [...new Map(parts.flatMap((part) => part.rows).map((row) => [row.name, row])).values()];
  const example: Members = Object.assign({}, ...parts.map((part) => part.example.reply));
  const selects = parts.find((part) => part.instances)?.instances?.map(({ select }) => select) ?? [{}];
  const instances = selects.map((select, index): TableInstance => {
    const start = model === 'full' ? fullValues(rows, example, { ...FULL[get]?.[index], ...starts[index] }) : literalValues(rows, example);
    return { select, offered: model === 'full' || (index === 0 && Object.keys(example).length > 0), start, values: start };
  });
  return {
    get,
    set: parts.find((part) => part.set)?.set,
    parts,
    rows,
    instances,
    spellings: new Map(rows.flatMap((row) => (row.alias === undefined ? [] : [[row.name, spellings(row, example, model)] as const]))),
    selectors: new Set(selects.flatMap((select) => Object.keys(select))),
    excused: model === 'full' ? new Set() : leftOut(parts),
  };
}

function fullValues(rows: readonly Row[], example: Members, extra: Members = {}): Members {
  const shown = rows.filter((row) => isReturned(row) || spellingIn(row, example) !== undefined);
  const named = new Set(rows.flatMap((row) => [row.name, row.alias ?? row.name]));
  return {
    ...Object.fromEntries(shown.map((row) => [row.name, startValue(row.type, valueIn(row, example))])),
    ...Object.fromEntries(Object.entries(example).filter(([name]) => !named.has(name))),
    ...extra,
  };
}

/** The example as it is, but under the rows' own names, so that conditions and links find them. */
function literalValues(rows: readonly Row[], example: Members): Members {
  const names = new Map(rows.map((row) => [spellingIn(row, example), row.name]));
  return structuredClone(Object.fromEntries(Object.entries(example).map(([name, value]) => [names.get(name) ?? name, value])));
}

function spellings(row: Row, example: Members, model: Model): readonly string[] {
  if (model === 'full') return [row.name, row.alias ?? row.name];
  return [spellingIn(row, example) ?? row.name];
}

/** Rows that a part's own example requests leave out although its table calls them necessary, such as `networktype` of 11.2. */
function leftOut(parts: readonly Settings[]): ReadonlySet<string> {
  const names = parts.flatMap(({ rows, example }) =>
    rows.filter((row) => example.requests?.some((request) => spellingIn(row, request) === undefined)).map((row) => row.name),
  );
  return new Set(names);
}

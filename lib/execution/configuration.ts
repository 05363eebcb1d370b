/**
 * The settings of a run: one table that drives the environment variables, the flags, the help, and what is refused.
 * What they mean for those who rely on them is in docs/run-contract.md; a test holds the two together.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import dotenv from 'dotenv';
import { z } from 'zod';
import { APIS, type Api } from '../cgi/dialects.ts';
import { SECTIONS } from '../document/index.ts';
import { HAZARDS, type Hazard } from '../document/notation.ts';
import { printable, shorten } from '../wire/printable.ts';
import { nearest } from './nearest.ts';

const LAST_SECTION = Math.max(...SECTIONS.map(({ number }) => number));
/** The longest delay of a Node timer; a longer one fires at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;
const MOST_CONCURRENT = 64;

export const PROFILES = ['default', 'strict'] as const;
export type Profile = (typeof PROFILES)[number];

export interface Configuration {
  /** base URL of the camera; null: the embedded emulator */
  readonly url: URL | null;
  readonly user: string;
  /** plain */
  readonly password: string;
  /** base RTSP URL; null: the host of `url` and the port that the camera reports */
  readonly rtspUrl: URL | null;
  /** the interface that the camera is asked by: the document's, or that of its own page */
  readonly api: Api;
  /** ascending, without duplicates */
  readonly sections: readonly number[] | 'all';
  /** ids of checks to run alone, with `*` for any characters; empty: all */
  readonly check: readonly string[];
  readonly profile: Profile;
  /** every hazard when `url` is null */
  readonly allow: ReadonlySet<Hazard>;
  /** milliseconds for one request, 1 to 2147483647 */
  readonly timeoutMs: number;
  /** requests in flight at once, 1 to 64 */
  readonly concurrency: number;
  /** milliseconds that a change may take until the get, the stream, the picture or the RTSP service shows it, 0 to 2147483647 */
  readonly settlingMs: number;
  /** least milliseconds that what was set is left alone at the end of a run before it is read once more, 0 to 2147483647 */
  readonly holdingMs: number;
  /** how long a camera that stopped answering is waited for, in ms */
  readonly awayMs: number;
  /** least milliseconds between two requests that change something, 0 to 2147483647 */
  readonly writeIntervalMs: number;
  /** file of waivers; null: `waivers.yaml` of the working directory, if there is one */
  readonly waivers: string | null;
  /** as given: relative to the working directory unless absolute */
  readonly reportsDir: string;
}

type Parser<Value> = z.ZodType<Value, string>;

export interface Setting<Value = unknown> {
  readonly variable: string;
  /** in camel case it is the name of the setting: `--rtsp-url`, `rtspUrl` */
  readonly flag: `--${string}`;
  /** what stands for the value in the help */
  readonly argument: string;
  /** as it would be written; empty means not set */
  readonly default: string;
  readonly help: string;
  readonly secret?: true;
  /** the flag may be given several times */
  readonly repeatable?: true;
  readonly parser: Parser<Value>;
}

/** A parser that may find several problems in one text. What it returns counts only when it found none. */
const parser = <Value>(parse: (text: string, problem: (sentence: string) => void) => Value): Parser<Value> =>
  z.string().transform((text, context) => {
    let problems = 0;
    const value = parse(text, (message) => {
      problems += 1;
      context.addIssue({ code: 'custom', message });
    });
    return problems > 0 ? z.NEVER : value;
  });

const list = (text: string): string[] => (text.trim() === '' ? [] : text.split(',').map((item) => item.trim()));

/** A base address. One that holds a password is never quoted: problems are printed and kept in CI logs. */
const address = (schemes: readonly string[], example: string) =>
  parser<URL | null>((given, problem) => {
    const text = given.trim();
    if (text === '') return null;
    if (/^[^/?#]*@/.test(text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''))) {
      problem(`leave the user name and the password out of the address; give them as CAMERA_USER and CAMERA_PASSWORD`);
      return null;
    }
    if (!schemes.some((scheme) => text.toLowerCase().startsWith(scheme))) {
      problem(`${quote(text)} does not begin with ${schemes.join(' or ')}; write it like ${example}`);
      return null;
    }
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || url.hostname === '') {
      problem(`${quote(text)} is no address; write it like ${example}`);
      return null;
    }
    if (/[?#]/.test(text)) {
      problem(`the address must not have a query (?…) or a fragment (#…); only its base is wanted, such as ${example}`);
      return null;
    }
    return url;
  });

/** Addresses may hold a token in their query or a stray `@`; then only their beginning up to it is shown. */
const quote = (text: string): string => `"${text.replace(/[?#@].*$/s, '…')}"`;

const sections = parser<readonly number[] | 'all'>((text, problem) => {
  if (text.trim() === 'all') return 'all';
  const chosen = new Set<number>();
  for (const item of list(text)) {
    const match = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(item);
    if (match === null) {
      problem(`"${item}" is neither a section, such as 21, nor a range of sections, such as 21-24`);
      continue;
    }
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    const outside = [...new Set([first, last])].filter((number) => number < 1 || number > LAST_SECTION);
    for (const number of outside) problem(`${number} is not a section of the document (1 to ${LAST_SECTION})`);
    if (last < first) problem(`the range ${item} runs backwards; write ${last}-${first}`);
    if (outside.length === 0) for (let number = first; number <= last; number += 1) chosen.add(number);
  }
  return chosen.size === 0 ? 'all' : [...chosen].sort((a, b) => a - b);
});

const checks = parser<readonly string[]>((text, problem) => {
  for (const item of list(text)) {
    if (!/^[\w.-]+\/.|\*/.test(item) || /[^\w.*[\]/-]/.test(item)) problem(`"${item}" is no id of a check; write it like video/bitrate/round-trip`);
  }
  return list(text);
});

const hazards = parser<ReadonlySet<Hazard>>((text, problem) => {
  const allowed = new Set<Hazard>();
  for (const item of list(text)) {
    const named = item === 'all' ? HAZARDS : HAZARDS.filter((hazard) => hazard === item);
    if (named.length === 0) problem(`"${item}" is no hazard; the hazards are ${HAZARDS.join(', ')}, or all`);
    for (const hazard of named) allowed.add(hazard);
  }
  return allowed;
});

const profile = parser<Profile>((text, problem) => {
  const named = PROFILES.find((each) => each === text.trim());
  if (named === undefined) problem(`"${text}" is no profile; the profiles are ${PROFILES.join(' and ')}`);
  return named ?? 'default';
});

const api = parser<Api>((text, problem) => {
  const named = APIS.find((each) => each === text.trim());
  if (named === undefined) problem(`"${text}" is no interface; the interfaces are ${APIS.join(' and ')}`);
  return named ?? 'cgi';
});

const integer = (most: number, unit: string, least = 1) =>
  parser<number>((text, problem) => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) problem(`"${text}" is not a whole number${unit} from ${least} to ${most}`);
    return value;
  });

const asGiven = parser<string>((text) => text);

export const CONFIGURATION = {
  url: {
    variable: 'CAMERA_URL',
    flag: '--url',
    argument: '<url>',
    default: '',
    help: 'base URL of the camera; empty: the embedded camera is started and tested',
    parser: address(['http://', 'https://'], 'http://192.168.1.89'),
  },
  user: { variable: 'CAMERA_USER', flag: '--user', argument: '<name>', default: 'admin', help: 'user name', parser: asGiven },
  password: {
    variable: 'CAMERA_PASSWORD',
    flag: '--password',
    argument: '<text>',
    default: '123456',
    help: 'plain password; its MD5 goes on the wire',
    secret: true,
    parser: asGiven,
  },
  rtspUrl: {
    variable: 'CAMERA_RTSP_URL',
    flag: '--rtsp-url',
    argument: '<url>',
    default: '',
    help: 'base RTSP URL; empty: the host of the camera and the port that getRtspConf reports',
    parser: address(['rtsp://'], 'rtsp://192.168.1.89:554'),
  },
  api: {
    variable: 'CAMERA_API',
    flag: '--api',
    argument: '<name>',
    default: 'cgi',
    help: "cgi, or web: the calls of the camera's own page instead of the document's; the verdict is then never conformant",
    parser: api,
  },
  sections: {
    variable: 'CAMERA_SECTIONS',
    flag: '--sections',
    argument: '<list>',
    default: 'all',
    help: 'sections of the document to run, such as 21 or 5,10,21-24',
    parser: sections,
  },
  check: {
    variable: 'CAMERA_CHECK',
    flag: '--check',
    argument: '<id>',
    default: '',
    help: 'checks to run alone, such as video/bitrate/round-trip or 21.2/bitrate/*; a list, or several times',
    repeatable: true,
    parser: checks,
  },
  profile: {
    variable: 'CAMERA_PROFILE',
    flag: '--profile',
    argument: '<name>',
    default: 'default',
    help: 'default, or strict: missing parameters fail, out-of-range values must be refused',
    parser: profile,
  },
  allow: {
    variable: 'CAMERA_ALLOW',
    flag: '--allow',
    argument: '<list>',
    default: '',
    help: `hazards that the run may take, or all: ${HAZARDS.join(', ')}`,
    parser: hazards,
  },
  timeoutMs: {
    variable: 'CAMERA_TIMEOUT_MS',
    flag: '--timeout-ms',
    argument: '<ms>',
    default: '10000',
    help: 'limit for one request, in milliseconds',
    parser: integer(LONGEST_TIMEOUT_MS, ' of milliseconds'),
  },
  concurrency: {
    variable: 'CAMERA_CONCURRENCY',
    flag: '--concurrency',
    argument: '<count>',
    default: '1',
    help: `requests in flight at once, 1 to ${MOST_CONCURRENT}`,
    parser: integer(MOST_CONCURRENT, ''),
  },
  settlingMs: {
    variable: 'CAMERA_SETTLING_MS',
    flag: '--settling-ms',
    argument: '<ms>',
    default: '5000',
    help: 'how long a change may take until the get, the stream, the picture or the RTSP service shows it, in milliseconds',
    parser: integer(LONGEST_TIMEOUT_MS, ' of milliseconds', 0),
  },
  holdingMs: {
    variable: 'CAMERA_HOLDING_MS',
    flag: '--holding-ms',
    argument: '<ms>',
    default: '10500',
    help: 'how long what was set is left alone at the end of a run before it is read once more, in milliseconds; at least twice the settling',
    parser: integer(LONGEST_TIMEOUT_MS, ' of milliseconds', 0),
  },
  writeIntervalMs: {
    variable: 'CAMERA_WRITE_INTERVAL_MS',
    flag: '--write-interval-ms',
    argument: '<ms>',
    default: '0',
    help: 'least time between two requests that change something, in milliseconds: cameras keep settings in flash',
    parser: integer(LONGEST_TIMEOUT_MS, ' of milliseconds', 0),
  },
  awayMs: {
    variable: 'CAMERA_AWAY_MS',
    flag: '--away-ms',
    argument: '<ms>',
    default: '60000',
    help: 'how long a run waits for a camera that stopped answering, in milliseconds',
    parser: integer(LONGEST_TIMEOUT_MS, ' of milliseconds'),
  },
  waivers: {
    variable: 'CAMERA_WAIVERS',
    flag: '--waivers',
    argument: '<file>',
    default: '',
    help: 'known failures that do not fail the run; empty: waivers.yaml, if there is one',
    parser: parser<string | null>((text) => text || null),
  },
  reportsDir: {
    variable: 'REPORTS_DIR',
    flag: '--reports-dir',
    argument: '<folder>',
    default: 'reports',
    help: 'where everything that a run writes goes',
    parser: asGiven,
  },
} as const satisfies { readonly [Name in keyof Configuration]: Setting<Configuration[Name]> };

export type ConfigurationName = keyof Configuration;
export const CONFIGURATION_NAMES = Object.keys(CONFIGURATION) as readonly ConfigurationName[];

const PARSERS = Object.fromEntries(CONFIGURATION_NAMES.map((name) => [name, CONFIGURATION[name].parser])) as {
  readonly [Name in ConfigurationName]: Parser<Configuration[Name]>;
};
const SCHEMA = z.object(PARSERS);

export type Environment = Readonly<Record<string, string | undefined>>;
export type ConfigurationResult =
  | { readonly ok: true; readonly settings: Configuration }
  | { readonly ok: false; readonly problems: readonly string[] };

const OURS = /^(?:CAMERA|LAB)_/;
/** Names that begin as ours do and mean something elsewhere: to vitest's worker, and to the lines that a person sends by hand. */
const ELSEWHERE: ReadonlySet<string> = new Set(['CAMERA_ALLURE', 'CAMERA_SECRET']);

/** A setting that is misspelt would be the default's, in silence: another camera would be tested, or less of it. */
function unknownNames(environment: Environment): readonly string[] {
  const known = CONFIGURATION_NAMES.map((name): string => CONFIGURATION[name].variable);
  return Object.keys(environment)
    .filter((name) => OURS.test(name) && environment[name] !== undefined && !known.includes(name) && !ELSEWHERE.has(name))
    .map((name) => `${printable(shorten(name, LONGEST_NAME))}: there is no such setting; the nearest is ${nearest(name, known)[0]}`);
}

/** Of a name that is quoted, in characters. */
const LONGEST_NAME = 60;

/** Reads all settings at once. A variable that is empty counts as not set. Each problem is one sentence that names its variable. */
export function readConfiguration(environment: Environment): ConfigurationResult {
  const unknown = unknownNames(environment);
  if (unknown.length > 0) return { ok: false, problems: unknown };
  const texts = CONFIGURATION_NAMES.map((name) => [name, environment[CONFIGURATION[name].variable] || CONFIGURATION[name].default] as const);
  const parsed = SCHEMA.safeParse(Object.fromEntries(texts));
  if (!parsed.success) {
    const variableOf = (name: unknown): string => CONFIGURATION[name as ConfigurationName].variable;
    return { ok: false, problems: parsed.error.issues.map(({ path, message }) => `${variableOf(path[0])}: ${message}`) };
  }
  const settings = parsed.data;
  return { ok: true, settings: settings.url === null ? { ...settings, allow: new Set(HAZARDS) } : settings };
}

/**
 * The environment on top of the `.env` file in `cwd`, if there is one. A variable that is set to nothing in the environment wins
 * as well: `CAMERA_URL= npm run conformance` tests the embedded camera whatever `.env` says.
 *
 * Parses rather than calling dotenv's `config`, which prints a line, changes `process.env`, and can be turned by `DOTENV_*`.
 */
export function loadEnvironment(cwd: string, environment: Environment = process.env): Environment {
  const file = join(cwd, '.env');
  try {
    return { ...dotenv.parse(readFileSync(file, 'utf8')), ...environment };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return environment;
    throw new Error(`Could not read ${file} (${code ?? String(error)}): make it a readable file, or remove it.`, { cause: error });
  }
}

/** The settings of this process. Throws an `Error` with one problem a line when any of them cannot be read. */
export function loadConfiguration(cwd: string = process.cwd(), environment: Environment = process.env): Configuration {
  const result = readConfiguration(loadEnvironment(cwd, environment));
  if (result.ok) return result.settings;
  throw new Error(`Could not read the settings:\n${result.problems.join('\n')}`);
}

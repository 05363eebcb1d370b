/**
 * `results.json`: the one result model that every writer and every reader of results goes by. Its members are fixed by
 * docs/run-contract.md; a test compares the two. Strings that came from the camera are as received, secrets removed: escape
 * them before printing.
 */
import { z } from 'zod';
import type { OfferedParameter } from '../camera/offered-parameters.ts';
import type { ActionTiming } from '../camera/timings.ts';
import { APIS } from '../cgi/dialects.ts';
import { CREDENTIALS } from '../wire/credentials.ts';
import type { Exchange, HttpExchange, RtspExchange } from '../wire/exchange.ts';
import { withFindings, withKind } from './earlier-versions.ts';
import type { Finding, SkipReason } from './finding.ts';
import type { Level } from './level.ts';

export const SCHEMA_VERSION = 1;

const count = z.number().int().nonnegative();
const milliseconds = z.number().nonnegative();
const text = z.string();

const asked = {
  method: text,
  url: text,
  startedAt: text,
  durationMs: milliseconds,
  failure: text.nullable(),
  deviations: z.array(z.object({ id: text, detail: text })),
};

const httpSchema = z.object({
  kind: z.literal('http'),
  ...asked,
  json: text.nullable(),
  attempts: count,
  reply: z
    .object({ statusLine: text, status: z.number().int(), headers: z.array(z.tuple([text, text])), text: text.nullable(), bytes: count })
    .nullable(),
  credentials: z.enum(CREDENTIALS).optional(),
  isHttpLogIn: z.literal(true).optional(),
  isLogIn: z.literal(true).optional(),
});

const rtspSchema = z.object({
  kind: z.literal('rtsp'),
  ...asked,
  remote: text,
  request: text,
  reply: z.object({ statusLine: text, status: z.number().int(), text, bytes: count }).nullable(),
});

const httpExchange: z.ZodType<HttpExchange> = z.preprocess(withKind, httpSchema);
const rtspExchange: z.ZodType<RtspExchange> = z.preprocess(withKind, rtspSchema);
const exchange: z.ZodType<Exchange> = z.preprocess(withKind, z.discriminatedUnion('kind', [httpSchema, rtspSchema]));

const findingSchema: z.ZodType<Finding> = z.object({
  documented: text,
  received: text,
  about: z.object({ action: text.optional(), instance: z.record(text, z.unknown()).optional(), errata: z.array(text).optional() }).optional(),
});

const level: z.ZodType<Level> = z.enum(['must', 'should', 'note']);
const skipReason: z.ZodType<SkipReason> = z.enum(['not-offered', 'not-allowed', 'blocked', 'not-testable']);

const ofStep = {
  /** how often the same came, one directly after the other */
  times: count,
  /** of a session: what was measured, several lines; null where nothing was received */
  facts: text.nullable(),
  /** of a change: as JSON, what the same set has to send to put it back; null where that is not known, or secret */
  original: text.nullable(),
  /** its request and reply are the `exchange` of the check: here the finding shows */
  shows: z.boolean(),
};

const stepSchema = z.discriminatedUnion('kind', [
  z.object({
    /** it only reads, it may change the camera, or it gets a picture */
    kind: z.enum(['read', 'change', 'picture']),
    ...ofStep,
    /** the request and its reply, the last of those that were equal */
    exchanges: z.array(httpExchange),
  }),
  z.object({
    /** one RTSP session */
    kind: z.literal('session'),
    ...ofStep,
    /** its dialogue, in order */
    exchanges: z.array(rtspExchange),
  }),
]);

const waiverSchema = z.object({
  /** id of a check, or a pattern in which `*` stands for any characters */
  check: text,
  reason: text,
  ticket: text,
  who: text,
  /** its last day, `YYYY-MM-DD` */
  expires: text,
});

const waiverReportSchema = waiverSchema.extend({
  file: text,
  line: count,
  state: z.enum(['applied', 'expired', 'unmatched', 'not-needed', 'not-run']),
  /** ids of the failed checks that it waived */
  covers: z.array(text),
  /** what to do about it, one sentence; null where there is nothing to do */
  sentence: text.nullable(),
});

const parameterSchema: z.ZodType<OfferedParameter> = z.object({
  section: text,
  action: text,
  instance: text,
  name: text,
  documented: z.boolean(),
  type: text,
  value: text.nullable(),
  range: text.nullable(),
});

const timingSchema: z.ZodType<ActionTiming> = z.object({ action: text, requests: count, medianMs: milliseconds, p95Ms: milliseconds });

export const checkSchema = z.object({
  id: text,
  /** place in the document: `21.2` */
  section: text,
  action: text.nullable(),
  parameter: text.nullable(),
  title: text,
  level,
  /** `warn` is a failed `should`, `error` the suite's own fault */
  verdict: z.enum(['pass', 'fail', 'warn', 'skip', 'error']),
  skipReason: skipReason.nullable(),
  /** null for a pass; otherwise one or more lines, see `messageOf` */
  message: text.nullable(),
  /** what shows the failure or the warning */
  exchange: exchange.nullable(),
  durationMs: milliseconds,
  /** of what failed or warned: what `message` says, as data; results of earlier versions get it when they are read */
  findings: z.array(findingSchema).readonly().default([]),
  /** of what failed or warned: the few requests that lead to the finding, in order; absent from results of earlier versions */
  steps: z.array(stepSchema).optional(),
  /**
   * Of what failed or warned: how to repeat it, see `reproduce`; absent from results of earlier versions, in which `request` of a check
   * by RTSP is what `dialogue` is now.
   */
  reproduce: z.object({ command: text, request: text.nullable(), dialogue: text.nullable().optional() }).optional(),
  /** of a `fail` only: it is known and accepted, and does not fail the run */
  waiver: waiverSchema.optional(),
});

/** `failed` are those that no waiver covers: the six add up to the number of checks. */
const summary = z.object({ passed: count, failed: count, warned: count, skipped: count, errors: count, waived: count.default(0) });

export const resultsSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  /** `same-settings` in place of `conformant` where the document's own interface was not tested */
  verdict: z.enum(['conformant', 'non-conformant', 'incomplete', 'same-settings']),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  /** each member is null until the camera has told it; `url` when the settings name none that can be read */
  camera: z.object({
    url: text.nullable(),
    deviceId: text.nullable(),
    mac: text.nullable(),
    version: text.nullable(),
    model: text.nullable(),
  }),
  /** by which interface the camera was asked; absent from results of earlier versions */
  api: z.enum(APIS).default('cgi'),
  profile: text,
  allowed: z.array(text),
  /** numbers of the sections that were selected */
  sections: z.array(text),
  /** ids or patterns of the checks that alone were selected; empty where all were */
  selection: z.array(text).default([]),
  startedAt: z.iso.datetime(),
  durationMs: milliseconds,
  traffic: z.object({ requests: count, retries: count, deviceTimeMs: milliseconds }),
  summary,
  restore: z.object({ verdict: z.enum(['restored', 'left-modified', 'not-needed']), differences: z.array(text) }),
  /** why the run could not be done or completed, one sentence; null when it was */
  fault: text.nullable(),
  /** ids of the places where the document contradicts itself and that this camera met */
  errata: z.array(text),
  /** requests that stored something, restarts, and requests with credentials; absent from results of earlier versions */
  wear: z.object({ writes: count, reboots: count, logIns: count }).default({ writes: 0, reboots: 0, logIns: 0 }),
  /** what the camera's gets first showed; absent from results of earlier versions */
  parameters: z.array(parameterSchema).default([]),
  /** how long the camera took for what it carried out, by action; absent from results of earlier versions */
  timings: z.array(timingSchema).default([]),
  /** what became of each waiver; absent from results of earlier versions */
  waivers: z.array(waiverReportSchema).default([]),
  /** what happened beside the checks: something else changed settings, the camera was away or its clock jumped; a sentence each */
  notices: z.array(text).default([]),
  checks: z.array(checkSchema),
});

export type Results = z.infer<typeof resultsSchema>;
export type CheckResult = z.infer<typeof checkSchema>;
export type CheckStep = z.infer<typeof stepSchema>;
export type Summary = z.infer<typeof summary>;
export type Waiver = z.infer<typeof waiverSchema>;
export type WaiverReport = z.infer<typeof waiverReportSchema>;

const COUNTED_AS = { pass: 'passed', fail: 'failed', warn: 'warned', skip: 'skipped', error: 'errors' } as const;

export function summarise(checks: readonly Pick<CheckResult, 'verdict' | 'waiver'>[]): Summary {
  const sums: Summary = { passed: 0, failed: 0, warned: 0, skipped: 0, errors: 0, waived: 0 };
  for (const { verdict, waiver } of checks) sums[waiver === undefined ? COUNTED_AS[verdict] : 'waived'] += 1;
  return sums;
}

/** A failure that fails the run. */
export const isFailure = ({ verdict, waiver }: Pick<CheckResult, 'verdict' | 'waiver'>): boolean => verdict === 'fail' && waiver === undefined;

/** The `message` of a check that failed or warned: two lines for each finding, aligned as in the reports. */
export const messageOf = (findings: readonly Finding[]): string =>
  findings.map(({ documented, received }) => `Documented  ${documented}\nReceived    ${received}`).join('\n');

/** Number of the section that a check belongs to: `21` for `21.2`. */
export const sectionOf = (check: Pick<CheckResult, 'section'>): string => check.section.split('.')[0] ?? check.section;

/** Checks by number of section, sections ascending, checks in their order. */
export function bySection(checks: readonly CheckResult[]): ReadonlyMap<string, readonly CheckResult[]> {
  const groups = new Map<string, CheckResult[]>();
  for (const check of checks) groups.set(sectionOf(check), [...(groups.get(sectionOf(check)) ?? []), check]);
  return new Map([...groups].sort(([a], [b]) => Number(a) - Number(b)));
}

/** The text of a `results.json`. */
export const formatResults = (results: Results): string => `${JSON.stringify(results, null, 2)}\n`;

/** Reads the text of a `results.json`. Throws an `Error` that names the first place which is not as it should be. */
export function parseResults(json: string, file: string): Results {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`Could not read ${file}: it is no JSON (${(error as Error).message}); run the suite again to write it anew.`, { cause: error });
  }
  const parsed = resultsSchema.safeParse(value);
  if (parsed.success) return { ...parsed.data, checks: parsed.data.checks.map(withFindings) };
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw new Error(`Could not read ${file}: ${place} is not as schema version ${SCHEMA_VERSION} has it (${issue?.message}).`);
}

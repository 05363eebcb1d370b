/** What a run tells GitHub Actions when it runs there: marks on files, and a summary of the job. Elsewhere, nothing. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, statSync } from 'node:fs';
import { SECTIONS } from '../document/index.ts';
import type { Environment } from '../execution/configuration.ts';
import { annotateFault, formatAnnotations, resumeCommands, stopCommands } from '../report/ci/github-annotations.ts';
import { formatSummary, SUMMARY_LIMIT } from '../report/ci/github-summary.ts';
import type { Results } from '../results/results.ts';
import { suitePlace } from '../runner/suite-place.ts';

const TITLES: ReadonlyMap<string, string> = new Map(SECTIONS.map(({ number, title }) => [String(number), title]));

export interface Github {
  /** what follows is not searched for commands */
  begin(): void;
  /** the run could not be done; a sentence a line */
  fault(sentences: string): void;
  results(results: Results): void;
  /** to be called whatever happened after `begin` */
  end(): void;
}

const NOWHERE: Github = { begin: () => undefined, fault: () => undefined, results: () => undefined, end: () => undefined };

/** `say` writes a line to stdout, `complain` to stderr. */
export function openGithub(environment: Environment, say: (line: string) => void, complain: (line: string) => void): Github {
  if (environment.GITHUB_ACTIONS !== 'true') return NOWHERE;
  const token = randomUUID();
  let stopped = false;
  const end = (): void => {
    if (stopped) say(resumeCommands(token));
    stopped = false;
  };
  return {
    begin: () => {
      say(stopCommands(token));
      stopped = true;
    },
    fault: (sentences) => {
      end();
      say(annotateFault(sentences));
    },
    results: (results) => {
      end();
      for (const line of formatAnnotations(results, ({ id }) => suitePlace(id, environment.GITHUB_WORKSPACE || undefined))) say(line);
      summarise(results, environment.GITHUB_STEP_SUMMARY, complain);
    },
    end,
  };
}

/** A summary that cannot be written is said, and changes no verdict: it is a copy of what the reports have. */
function summarise(results: Results, file: string | undefined, complain: (line: string) => void): void {
  if (!file) return;
  try {
    const taken = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    appendFileSync(file, formatSummary(results, TITLES, SUMMARY_LIMIT - taken));
  } catch (error) {
    complain(`Could not write the summary of the job to ${file}: ${(error as Error).message}.`);
  }
}

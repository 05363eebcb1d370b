/** Has the Allure report built while the suites run: begun when a suite has told which camera it is, finished after the last. */
import { startReportBuilder } from '../report/allure/report-builder.ts';
import type { Results } from '../results/results.ts';

export interface BackgroundReport {
  /** A suite is done. */
  begin(camera: Results['camera'] | null): void;
  /** A file of the results folder is written. */
  add(name: string): void;
  /** Null when the report is there, else one sentence that says why it is not. It never rejects: a run does not fail for its report. */
  finish(): Promise<string | null>;
  /** Ends what still builds, whatever became of the run: it would keep this process alive. */
  end(): Promise<void>;
}

export function reportInBackground(folder: string): BackgroundReport {
  let builder: ReturnType<typeof startReportBuilder> | null = null;
  return {
    begin: (camera) => {
      // Before that its history cannot be told from that of others.
      if (camera !== null && camera.deviceId !== null) builder ??= startReportBuilder(folder, camera);
    },
    add: (name) => builder?.add(name),
    finish: async () => {
      builder ??= startReportBuilder(folder, null);
      try {
        await builder.finish();
        return null;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return `Could not build the Allure report: ${why.replace(/\.$/, '')}. The run is not affected; \`npm run report\` tries it again.`;
      } finally {
        await builder.end();
      }
    },
    end: async () => builder?.end(),
  };
}

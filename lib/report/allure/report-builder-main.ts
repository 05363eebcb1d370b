/**
 * The process that builds the Allure report: told over IPC what to read, and when to finish. It outlives an interrupt from the
 * keyboard, which reaches the whole process group, because the run does; it ends with the channel.
 */
import { beginReport, type ReportInTheMaking } from './allure-report.ts';
import type { FromBuilder, ToBuilder } from './report-builder.ts';

let making: Promise<ReportInTheMaking> | null = null;

const say = (message: FromBuilder): void => {
  if (process.connected) process.send?.(message);
};

async function follow(message: ToBuilder): Promise<void> {
  if (message.kind === 'begin') {
    making ??= beginReport(message.folder, message.camera);
    await making;
  } else if (message.kind === 'read') {
    await (await making)?.read(message.names);
  } else {
    const report = await making;
    if (report === null) throw new Error('Could not finish a report that was not begun.');
    say({ kind: 'done', page: await report.finish() });
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
// Whoever started it may have been killed before this line was reached.
if (!process.connected) process.exit(0);
// One after the other: nothing may still be read when the report is finished.
let following = Promise.resolve();
process.on('message', (message) => {
  following = following
    .then(() => follow(message as ToBuilder))
    .catch((error) => say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
});

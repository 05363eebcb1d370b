/** The page of Allure's report that says what was tested and how: camera, settings, suite. A `.properties` file. */
import { printable, shorten } from '../http/printable.ts';
import type { Results } from './results.ts';

/** Firmware versions are short; a camera that sends more is not given the page. */
const LONGEST = 200;

export function formatEnvironment(results: Results, suiteVersion: string): string {
  const { camera, restore, summary, traffic, wear } = results;
  const entries: readonly (readonly [string, string | number | null])[] = [
    ['Verdict', `${results.verdict} (exit code ${results.exitCode})`],
    ['Camera', camera.url],
    ['Device ID', camera.deviceId],
    ['Firmware version', camera.version],
    ['Warnings', summary.warned],
    ['Hazards allowed', results.allowed.join(', ') || 'none'],
    ['Profile', results.profile],
    ['Suite version', suiteVersion],
    // Allure shows these eight, and the others when asked.
    ['Fault', results.fault],
    ['MAC address', camera.mac],
    ['Model', camera.model],
    ['Sections', results.sections.join(', ') || 'none'],
    ['Failures waived', summary.waived],
    ['Restore', [restore.verdict, ...restore.differences].join('; ')],
    ['Errata met', results.errata.length],
    ['Requests', `${traffic.requests}, ${traffic.retries} repeated`],
    ['Written', `${wear.writes} writes, ${wear.reboots} restarts`],
    ['Started', results.startedAt],
    ['Duration', `${Math.round(results.durationMs / 1000)} s`],
  ];
  return entries
    .flatMap(([name, value]) => (value === null ? [] : [`${escaped(name)} = ${escaped(shorten(printable(String(value)), LONGEST))}\n`]))
    .join('');
}

/** As `java.util.Properties` reads it. */
const escaped = (text: string): string =>
  text.replace(/[\\=:#! ]/g, '\\$&').replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The page of Allure's report that says what was tested and how: camera, settings, suite. A `.properties` file. */
import { SECTIONS } from '../../document/index.ts';
import { HAZARDS } from '../../document/notation.ts';
import type { Results } from '../../results/results.ts';
import { printable, shorten } from '../../wire/printable.ts';

/** Firmware versions are short; a camera that sends more is not given the page. */
const LONGEST = 200;

const RESTORED = {
  restored: 'put back as they were',
  'not-needed': 'not changed',
  'left-modified': 'not put back as they were',
} as const satisfies Record<Results['restore']['verdict'], string>;

/** `3890 passed, 7 failed, 2 warnings`, and what else there is. */
const tallyOf = ({ passed, failed, warned, skipped, errors, waived }: Results['summary']): string =>
  [
    `${passed} passed`,
    `${failed} failed`,
    `${warned} warning${warned === 1 ? '' : 's'}`,
    ...(skipped > 0 ? [`${skipped} not tested`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(errors > 0 ? [`${errors} not judged`] : []),
  ].join(', ');

export function formatEnvironment(results: Results, suiteVersion: string): string {
  const { camera, restore, summary, traffic, wear } = results;
  const { sections, selection, allowed } = results;
  const entries: readonly (readonly [string, string | number | null])[] = [
    ['Verdict', `${results.verdict} (exit code ${results.exitCode})`],
    ['Result', tallyOf(summary)],
    ['Camera', camera.url],
    ['Device ID', camera.deviceId],
    ['Firmware version', camera.version],
    ['Hazards allowed', HAZARDS.every((hazard) => allowed.includes(hazard)) ? 'all' : allowed.join(', ') || 'none'],
    selection.length > 0
      ? ['Selected', `${selection.join(', ')}, and what they depend on`]
      : ['Sections', SECTIONS.every(({ number }) => sections.includes(String(number))) ? `all ${SECTIONS.length}` : sections.join(', ') || 'none'],
    ['Suite version', suiteVersion],
    // Allure shows these eight, and the others when asked.
    ['Fault', results.fault],
    [
      'Document',
      `HTTP interface of the camera (cgi_action), snapshots and RTSP streams: ${SECTIONS.length} sections; it names no title, version or date`,
    ],
    ['MAC address', camera.mac],
    ['Model', camera.model],
    ['Profile', results.profile],
    ['Settings of the camera', [RESTORED[restore.verdict], ...restore.differences].join('; ')],
    ['Places met where the document contradicts itself', results.errata.length],
    ['Requests', `${traffic.requests}, ${traffic.retries} repeated`],
    ['Written', `${wear.writes} writes, ${wear.reboots} restarts`],
    ['Started', results.startedAt],
    ['Whole run', `${Math.round(results.durationMs / 1000)} s, from its start until the camera was put back`],
  ];
  return entries
    .flatMap(([name, value]) => (value === null ? [] : [`${escaped(name)} = ${escaped(shorten(printable(String(value)), LONGEST))}\n`]))
    .join('');
}

/** As `java.util.Properties` reads it. */
const escaped = (text: string): string =>
  text.replace(/[\\=:#! ]/g, '\\$&').replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Which camera was tested, when, and under which terms. */
import type { Results } from '../results.ts';
import { cameraText } from './camera-text.ts';
import { type Content, html } from './html.ts';
import type { Part } from './part.ts';
import { duration, listed, moment, sectionRanges } from './wording.ts';

const LONGEST_VALUE = 200;
const NOT_TOLD = html`<span class="muted">not told by the camera</span>`;

export function identity(results: Results): Part {
  const { camera, startedAt, durationMs, profile, allowed, sections } = results;
  const told = (text: string | null): Content => (text === null ? NOT_TOLD : cameraText(text, LONGEST_VALUE));
  const rows: readonly (readonly [string, Content])[] = [
    ['Device ID', told(camera.deviceId)],
    ['Hardware address (MAC)', told(camera.mac)],
    ['Firmware version', told(camera.version)],
    ['Model', told(camera.model)],
    ['Address', camera.url === null ? html`<span class="muted">none given</span>` : cameraText(camera.url, LONGEST_VALUE)],
    ['Tested', html`<time datetime="${startedAt}">${moment(startedAt)}</time>, for ${duration(durationMs)}`],
    ['Sections of the document', sections.length === 0 ? 'none' : sectionRanges(sections)],
    ['Profile', PROFILES[profile] ?? profile],
    ['Hazards allowed', allowed.length === 0 ? 'none' : listed(allowed)],
  ];
  return {
    id: 'camera',
    title: 'Camera and terms',
    size: null,
    body: html`
<table class="facts">
<caption class="unseen">The camera that was tested and the terms of the test</caption>
<tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`)}</tbody>
</table>`,
  };
}

const PROFILES: Readonly<Record<string, string>> = {
  default: 'default: what the document leaves open, or contradicts itself about, is not held against the camera',
  strict: 'strict: every documented parameter must be offered, and illegal values must be refused',
};

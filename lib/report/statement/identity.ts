/** Which camera was tested, when, and under which terms. */
import { SECTIONS } from '../../document/index.ts';
import type { Hazard } from '../../document/notation.ts';
import type { Results } from '../../results/results.ts';
import { cameraText } from './camera-text.ts';
import { HAZARD_WORDS } from './hazards.ts';
import { type Content, html, joined } from './html.ts';
import type { Part } from './part.ts';
import { duration, moment, sectionRanges } from './wording.ts';

const LONGEST_VALUE = 200;
const NOT_TOLD = html`<span class="muted">not told by the camera</span>`;

export function identity(results: Results): Part {
  const { api, camera, startedAt, durationMs, profile, allowed, sections } = results;
  const told = (text: string | null): Content => (text === null ? NOT_TOLD : cameraText(text, LONGEST_VALUE));
  const rows: readonly (readonly [string, Content])[] = [
    ['Device ID', told(camera.deviceId)],
    ['Hardware address (MAC)', told(camera.mac)],
    ['Firmware version', told(camera.version)],
    ['Model', told(camera.model)],
    ['Address', camera.url === null ? html`<span class="muted">none given</span>` : cameraText(camera.url, LONGEST_VALUE)],
    ...rtspAddress(results),
    ['Tested', html`<time datetime="${startedAt}">${moment(startedAt)}</time>, for ${duration(durationMs)}`],
    ['Document', documentTested(sections)],
    ['Interface', INTERFACES[api]],
    ['Profile', PROFILES[profile] ?? profile],
    [
      'Required, recommended',
      'Required is what the document states; where it is not found the camera is not conformant. Recommended is what a user would expect and the document does not state; it can only warn.',
    ],
    ['Hazards allowed', hazards(allowed)],
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

const INTERFACES: Readonly<Record<Results['api'], string>> = {
  cgi: 'cgi: that of the document',
  web: "web: the calls of the camera's own page, which the document does not know; log-in and texts of cgi_action were not tested",
};

const PROFILES: Readonly<Record<string, string>> = {
  default: 'default: what the document leaves open, or contradicts itself about, is not held against the camera',
  strict: 'strict: every documented parameter must be offered, and illegal values must be refused',
};

/** The document names itself nowhere; what it is and how far it goes is told in its place. */
function documentTested(sections: readonly string[]): Content {
  const all = new Set(sections).size >= SECTIONS.length;
  const [first, last] = [SECTIONS[0], SECTIONS.at(-1)];
  return html`the description of the camera’s HTTP interface (<code>cgi_action</code>), with snapshots and RTSP streams, in ${SECTIONS.length} sections from ${first?.number ?? ''} ${first?.title ?? ''} to ${last?.number ?? ''} ${last?.title ?? ''}. It has no title, version or date of its own. ${all ? 'All its sections' : sections.length === 0 ? 'None of its sections' : `Sections ${sectionRanges(sections)}`} ${sections.length === 1 ? 'was' : 'were'} selected.`;
}

/** What was asked over RTSP by a check that did not pass, else the port that the camera first told. */
function rtspAddress({ checks, parameters }: Results): readonly (readonly [string, Content])[] {
  const asked = checks.find(({ exchange }) => exchange?.kind === 'rtsp')?.exchange?.url;
  const address = /^rtsp:\/\/[^/]+\//.exec(asked ?? '')?.[0];
  if (address !== undefined) return [['RTSP address', cameraText(address, LONGEST_VALUE)]];
  const port = parameters.find(({ action, name }) => action === 'getRtspConf' && name === 'rtsp_port')?.value ?? null;
  return port === null ? [] : [['RTSP port', html`${cameraText(port, LONGEST_VALUE)}, as the camera told`]];
}

const isHazard = (name: string): name is Hazard => Object.hasOwn(HAZARD_WORDS, name);

/** What a reader of the verdict is to know of them: what else the run could test, and what it may have done. */
const hazards = (allowed: readonly string[]): Content =>
  allowed.length === 0
    ? 'none: the run only changed settings that it put back'
    : html`What the run was allowed to do beyond changing settings that it puts back: ${joined(
        allowed.map((name) => html`<b>${name}</b>${isHazard(name) && ` (${HAZARD_WORDS[name]})`}`),
        ', ',
      )}.`;

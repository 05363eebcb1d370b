/** What the run did to the camera, and whether the camera is as it was. */
import type { Results } from '../../results/results.ts';
import { cameraText } from './camera-text.ts';
import { html } from './html.ts';
import type { Part } from './part.ts';
import { count, plural } from './wording.ts';

const SENTENCES = {
  restored: 'What was changed was set again, read back and compared: the settings of the camera are as they were.',
  'not-needed': 'Nothing was changed.',
  'left-modified': 'The camera could not be put back as it was. This differs:',
} as const satisfies Record<Results['restore']['verdict'], string>;

export function putBack({ restore, wear, traffic }: Results): Part {
  const { verdict, differences } = restore;
  const named = differences.length > 0 ? html`<ul>${differences.map((difference) => html`<li>${cameraText(difference)}</li>\n`)}</ul>` : null;
  const load = [
    `The run made ${plural(traffic.requests, 'request')}, ${count(wear.writes)} of which stored something.`,
    wear.reboots > 0 ? `It restarted the camera ${wear.reboots === 1 ? 'once' : `${count(wear.reboots)} times`}.` : '',
    traffic.retries > 0 ? `The camera was busy or dropped the connection, and a request had to be repeated, ${plural(traffic.retries, 'time')}.` : '',
  ];
  return {
    id: 'put-back',
    title: 'Changed and put back',
    size: null,
    body: html`
<p>${verdict === 'left-modified' ? html`<strong>${SENTENCES[verdict]}</strong>` : SENTENCES[verdict]}</p>
${named ?? (verdict === 'left-modified' && html`<p>What differs is not known.</p>`)}
<p>${load.join(' ')}</p>`,
  };
}

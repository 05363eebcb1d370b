/** A request and its reply as they are read: the request with its JSON decoded, the reply with a blank line before its body. */
import type { Exchange } from '../../http/exchange.ts';
import { cameraBlock } from './camera-text.ts';
import { type Content, type Html, html } from './html.ts';

/** Characters of a block; the whole is in results.json. */
const LONGEST_BLOCK = 5000;

export function exchangeView(exchange: Exchange): Html {
  const { json, reply, failure, deviations } = exchange;
  return html`
<dl class="exchange">
${block('Request', requestOf(exchange))}
${json !== null && block('Its JSON, decoded', json)}
${failure !== null && block('No reply', failure)}
${reply !== null && block('Reply', replyOf(reply))}
${deviations.length > 0 && block('Deviations', deviations.map(({ id, detail }) => `${id}: ${detail}`).join('\n'))}
</dl>`;
}

export const block = (name: string, text: string): Content => html`<div><dt>${name}</dt><dd>${cameraBlock(text, LONGEST_BLOCK)}</dd></div>\n`;

/** Of RTSP the whole was recorded. */
const requestOf = ({ method, url, request }: Exchange): string => request?.trimEnd() ?? `${method} ${url}`;

/** The recorded text of a reply over RTSP begins with its head. */
function replyOf({ statusLine, headers, text, bytes }: NonNullable<Exchange['reply']>): string {
  if (text?.startsWith(statusLine) && statusLine.startsWith('RTSP/')) return text.trimEnd();
  const body = text === null ? `(${bytes.toLocaleString('en-US')} bytes that are no text)` : text;
  return [statusLine, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join('\n').trimEnd();
}

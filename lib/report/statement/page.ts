/**
 * A page that is one file: heading, verdict, contents, parts. It needs no script and no other file, and forbids both by its content
 * security policy.
 */
import { createHash } from 'node:crypto';
import { type Content, formatHtml, type Html, html, trusted } from './html.ts';
import { type Part, partLink, partSection } from './part.ts';
import { STYLE } from './style.ts';

export interface Page {
  readonly title: string;
  readonly heading: string;
  readonly subject: Content;
  /** with the id `verdict` on its heading */
  readonly verdict: Html;
  readonly parts: readonly Part[];
  readonly footer: Content;
  /** of this page alone, after the style of all; never text from anywhere else */
  readonly style?: string;
}

const policyOf = (style: string): string =>
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function formatPage({ title, heading, subject, verdict, parts, footer, style: own = '' }: Page): string {
  const style = STYLE + own;
  return formatHtml(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
<header><div class="sheet">
<h1>${heading}</h1>
<p class="subject">${subject}</p>
</div></header>
<div class="sheet columns">
<nav aria-label="Contents"><p class="contents">Contents</p><ul><li><a href="#verdict">Verdict</a></li>${parts.map(partLink)}</ul></nav>
<main>
${verdict}
${parts.map(partSection)}
</main>
</div>
<footer><div class="sheet">${footer}</div></footer>
</body>
</html>
`);
}

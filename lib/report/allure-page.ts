/**
 * What Allure's page needs beyond what Allure makes of it. It asks Google Analytics to count who reads it, and there is no setting
 * against that; what a camera sent could ask for something, too, wherever the page shows it: the measurement is cut out, and the
 * browser told to ask nobody. And it was made for wide windows: on a phone its names stand in columns of six letters, and on paper
 * it ends with the first sheet.
 */

/** Everything is in the page: scripts, styles, data and attachments. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' data: blob:",
  "style-src 'unsafe-inline' data:",
  'img-src data: blob:',
  'media-src data: blob:',
  'font-src data:',
  'connect-src data: blob:',
  'frame-src data: blob:',
  "form-action 'none'",
].join('; ');
/** By the names that Allure gives its parts for tests; its classes are other ones in each version. */
const part = (name: string): string => `[data-testid="${name}"]`;
const NARROW = [
  `${part('base-layout')}{padding:0 4px!important}`,
  `${part('tree-content')}:not(${part('tree-content')} ${part('tree-content')}){padding-left:0!important}`,
  `${part('tree-content')},${part('test-result-step-content')}{padding-left:6px!important}`,
  `${part('tree-leaf')}{flex-wrap:wrap}${part('tree-leaf-order')}{display:none}`,
  `${part('tree-leaf-title')}{flex:1 1 70%!important;overflow-wrap:anywhere}`,
  `${part('test-result-step-header')},${part('test-result-attachment-header')}{flex-wrap:wrap}`,
  `${part('test-result-step-title')}{flex:1 1 60%;min-width:60%;overflow-wrap:anywhere}`,
  `${part('test-result-attachment-header')}>button{flex:1 1 100%!important}`,
];
const PAPER = [
  // Counts are white on a colour, which browsers leave out.
  '*{print-color-adjust:exact;-webkit-print-color-adjust:exact}',
  'html,body,#app,#app>div,#app>div>div,#app>div>div>div{height:auto!important;overflow:visible!important;position:static!important}',
  `${part('keyboard-shortcuts')}{display:none}`,
];
const STYLE = `<style>@media (max-width:600px){${NARROW.join('')}}@media print{${PAPER.join('')}}</style>`;
const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">';
const HEAD = '<head>';
const APP = '<div id="app"></div>';
const ANALYTICS = '<script async src="https://www.googletagmanager.com';
const END = '</script>';
/** The address and the function that calls it. */
const ANALYTICS_SCRIPTS = 2;

/** Where the data of the report goes, as statements of a program. Throws where the page is none of Allure. */
export interface Page {
  readonly before: string;
  readonly behind: string;
}

/**
 * The page with its program in it, to be written around its data. Allure's own single page has the data behind the program, which
 * looks for them before the browser has read so far: on a busy machine it asked for files that do not exist, and stayed empty
 * (Allure 3.18). And it is made in memory, in four copies.
 * @param programs the scripts that the page asks for, by name
 */
export function finishPage(html: string, programs: ReadonlyMap<string, Buffer>): Page {
  const ours = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">${VIEWPORT}${STYLE}`;
  const [first, rest] = cut(withoutAnalytics(html), HEAD);
  let page = `${first}${HEAD}${ours}${rest}`;
  for (const [name, program] of programs) {
    const [before, behind] = cut(page, `src="${name}"`);
    page = `${before}src="data:text/javascript;base64,${program.toString('base64')}"${behind}`;
  }
  const [before, behind] = cut(page, APP);
  return { before: `${before}${APP}\n<script>\nwindow.allureReportData={};\n`, behind: `</script>\n${behind}` };
}

function cut(text: string, at: string): [before: string, behind: string] {
  const start = text.indexOf(at);
  if (start === -1) throw new Error(`Could not find ${at} in the page of Allure.`);
  return [text.slice(0, start), text.slice(start + at.length)];
}

function withoutAnalytics(html: string): string {
  const start = html.indexOf(ANALYTICS);
  if (start === -1) return html;
  let end = start;
  for (let script = 0; script < ANALYTICS_SCRIPTS; script += 1) end = html.indexOf(END, end) + END.length;
  return html.slice(0, start) + html.slice(end);
}

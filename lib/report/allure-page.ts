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
  'html,body,#app,#app>div,#app>div>div,#app>div>div>div{height:auto!important;overflow:visible!important;position:static!important}',
  `${part('keyboard-shortcuts')}{display:none}`,
];
const STYLE = `<style>@media (max-width:600px){${NARROW.join('')}}@media print{${PAPER.join('')}}</style>`;
/**
 * The page's program looks whether there is data in the page before it waits for it, and the data stands behind the program: while
 * the browser was still reading, the report asked for files that do not exist, and stayed empty (Allure 3.18, on a busy machine).
 */
const DATA_COMES = '<script>window.allureReportData={};window.allureReportDataReady=false</script>';
const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">';
const HEAD = '<head>';
const ANALYTICS = '<script async src="https://www.googletagmanager.com';
const END = '</script>';
/** The address and the function that calls it. */
const ANALYTICS_SCRIPTS = 2;

/** The page in parts, to be written one after the other: it is large, and is not copied. Throws where it is no page of Allure. */
export function finishPage(page: Buffer): readonly Buffer[] {
  const head = page.indexOf(HEAD);
  if (head === -1) throw new Error('Could not find the head of the page of Allure.');
  const ours = Buffer.from(`<meta http-equiv="Content-Security-Policy" content="${POLICY}">${VIEWPORT}${STYLE}${DATA_COMES}`);
  const parts = [page.subarray(0, head + HEAD.length), ours];
  const start = page.indexOf(ANALYTICS);
  let end = start;
  for (let script = 0; start !== -1 && script < ANALYTICS_SCRIPTS; script += 1) end = page.indexOf(END, end) + END.length;
  return start === -1 ? [...parts, page.subarray(head + HEAD.length)] : [...parts, page.subarray(head + HEAD.length, start), page.subarray(end)];
}

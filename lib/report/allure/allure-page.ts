/**
 * What Allure's page needs beyond what Allure makes of it. It asks Google Analytics to count who reads it, and there is no setting
 * against that; what a camera sent could ask for something, too, wherever the page shows it: the measurement is cut out, and the
 * browser told to ask nobody. It was made for wide windows: on a phone its names stand in columns of six letters, and on paper
 * it ends with the first sheet. It was made for unit tests: their retries, environments and quality gates have empty tabs here, and
 * its words for statuses are not ours. And it opens at the first test of its list, with what was found above the window.
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
  `${part('metadata-list')}{grid-template-columns:1fr!important}`,
  `${part('tree-leaf')}{flex-wrap:wrap}`,
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
/** What a run never has. A tab with something in it has a count beside its name. */
const NEVER = ['nav-tab-qualityGate', 'nav-tab-globalAttachments', 'nav-tab-globalErrors', 'test-result-tab-retries', 'test-result-tab-environments'];
const EMPTY = ['test-result-tab-history', 'test-result-tab-attachments'].map((name) => `${part(name)}:not(:has(${part('counter')}))`);
const EVERYWHERE = [
  `${[...NEVER.map(part), ...EMPTY].join()}{display:none!important}`,
  // Checks are numbered for their order alone.
  `${part('tree-leaf-order')}{display:none}`,
  // What was tested, and with what outcome, is cut off after forty letters.
  `${part('metadata-item-value')} *{white-space:normal!important;text-overflow:clip!important;overflow-wrap:anywhere}`,
  // A request is one long line.
  `${part('test-result-error')} *,${part('code-attachment-content')} *{white-space:pre-wrap!important;overflow-wrap:anywhere!important}`,
];
/** Allure marks each check that the run before had not: on a first run, all of them. */
const NO_NEWS = `${part('tree-leaf-transition-new')},${part('metadata-item-new')}{display:none!important}`;
const styleOf = (hasNews: boolean): string =>
  `<style>${EVERYWHERE.join('')}${hasNews ? '' : NO_NEWS}@media (max-width:600px){${NARROW.join('')}}@media print{${PAPER.join('')}}</style>`;
/**
 * What its program says for the statuses that mean something else here, in English. Where another version has other words, they stay.
 * `broken`: recommended, not required; `unknown`: a fault of the suite.
 */
const WORDS = [
  ['"broken":"broken"', '"broken":"warning"'],
  ['"unknown":"unknown"', '"unknown":"not judged"'],
  ['"error":"Error","success"', '"error":"Why it did not pass","success"'],
  ['"malfunctioned":"malfunctioned"', '"malfunctioned":"warns now"'],
  ['"malfunctioned":"Malfunctioned"', '"malfunctioned":"Warns now"'],
] as const;
/** Until somebody does something the overview stays where it is: Allure scrolls to the first check of the list. */
const STAY_ON_TOP = `<script>(()=>{
const stay=(event)=>{if(location.hash.length<2&&event.target instanceof Element&&event.target.scrollTop>0)event.target.scrollTop=0};
const acts=['pointerdown','keydown','wheel','touchstart'];
const release=()=>{removeEventListener('scroll',stay,true);for(const act of acts)removeEventListener(act,release,true)};
addEventListener('scroll',stay,true);
for(const act of acts)addEventListener(act,release,{capture:true,passive:true});
})()</script>`;
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
 * @param hasNews whether it tells anything which checks the run before had not
 */
export function finishPage(html: string, programs: ReadonlyMap<string, Buffer>, hasNews: boolean): Page {
  const ours = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">${VIEWPORT}${styleOf(hasNews)}${STAY_ON_TOP}`;
  const [first, rest] = cut(withoutAnalytics(html), HEAD);
  let page = `${first}${HEAD}${ours}${rest}`;
  for (const [name, program] of programs) {
    const [before, behind] = cut(page, `src="${name}"`);
    page = `${before}src="data:text/javascript;base64,${inOurWords(program).toString('base64')}"${behind}`;
  }
  const [before, behind] = cut(page, APP);
  return { before: `${before}${APP}\n<script>\nwindow.allureReportData={};\n`, behind: `</script>\n${behind}` };
}

const inOurWords = (program: Buffer): Buffer =>
  Buffer.from(WORDS.reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), program.toString('utf8')));

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

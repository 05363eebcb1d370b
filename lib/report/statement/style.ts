/** How the statement looks: on a phone, on a laptop, on A4; in light and in dark. Contrast is at least 4.5 to 1, tested with axe. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --shade: #f4f6f8; --ink: #1c2127; --muted: #55606c; --line: #d5dbe2; --link: #0b5394;
  --good: #17663a; --bad: #a11d1d; --open: #7a4b00;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181c; --shade: #1d2329; --ink: #e4e8ec; --muted: #a3adb8; --line: #353d46; --link: #8fc3f7;
    --good: #71cc99; --bad: #ff9d94; --open: #ecbf66;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", Roboto, "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--paper); z-index: 1; }
.skip:focus { left: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.muted, small, .size, .zero { color: var(--muted); }
.size { white-space: nowrap; font-weight: 400; font-size: .85em; font-variant-numeric: tabular-nums; }

.sheet { max-width: 78rem; margin: 0 auto; padding: 0 1.5rem; }
body > header { border-bottom: 1px solid var(--line); padding: 2.5rem 0 1.5rem; }
body > footer { border-top: 1px solid var(--line); margin-top: 3rem; padding: 1.25rem 0 2.5rem; color: var(--muted); font-size: .875rem; }
.columns { display: grid; grid-template-columns: 13rem minmax(0, 1fr); column-gap: 3rem; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 2rem 0 1rem; font-size: .9rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { display: flex; align-items: baseline; justify-content: space-between; gap: .75rem; border-bottom: 1px solid var(--line); padding: .35rem 0; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.contents { margin: 0 0 .5rem; font-size: .75rem; letter-spacing: .06em; text-transform: uppercase; color: var(--muted); }
main { min-width: 0; }

h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; break-after: avoid; }
h1 { margin: 0; font-size: 1.9rem; font-weight: 650; letter-spacing: -.01em; }
.subject { max-width: none; margin: .4rem 0 0; color: var(--muted); font-size: 1.05rem; }
h2 { margin: 2.75rem 0 .75rem; font-size: 1.35rem; font-weight: 650; }
h3 { margin: 2rem 0 .5rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); font-size: 1.08rem; font-weight: 650; }
h4 { margin: 0; font-size: 1rem; font-weight: 600; text-wrap: pretty; }
p { margin: .6rem 0; max-width: 44rem; }
ul { padding-left: 1.25rem; }

.verdict { margin-top: 2rem; border: 1px solid var(--line); border-left: .4rem solid var(--tone); border-radius: .25rem; padding: 1.1rem 1.4rem; background: var(--shade); }
.good { --tone: var(--good); } .bad { --tone: var(--bad); } .open { --tone: var(--open); }
.verdict h2 { margin: 0; color: var(--tone); font-size: 1.5rem; }
.verdict p:first-of-type { font-size: 1.08rem; }
.verdict p:last-child { margin-bottom: 0; }
.brief-lead { margin-bottom: .3rem; font-weight: 600; }
.brief { margin: 0 0 1rem; max-width: 52rem; }
.brief li { margin: .3rem 0; }
.brief .where { font-weight: 600; }
.brief .seen { display: block; color: var(--muted); font-size: .9em; }
.tally { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 1.25rem 0 0; }
.tally div { display: flex; flex-direction: column-reverse; }
.tally dt { color: var(--muted); font-size: .85rem; }
.tally dd { margin: 0; font-size: 1.6rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }

table { width: 100%; border-collapse: collapse; font-size: .94rem; }
caption { text-align: left; color: var(--muted); font-size: .875rem; padding: 0 0 .6rem; }
th, td { text-align: left; vertical-align: top; padding: .42rem .75rem .42rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { overflow-wrap: break-word; font-size: .8rem; font-weight: 600; color: var(--muted); border-bottom: 2px solid var(--line); }
tbody th, tfoot th { font-weight: 400; }
tr { break-inside: avoid; }
.facts th { width: 14rem; color: var(--muted); }

.absent { break-inside: avoid; break-after: avoid; }
.counts th { overflow-wrap: break-word; }
.counts { font-variant-numeric: tabular-nums; }
.counts tr > :not(:first-child) { width: 5rem; text-align: right; }
.counts tfoot th, .counts tfoot td { font-weight: 600; border-bottom: 0; border-top: 2px solid var(--line); }
.counts .failed, .counts .errors { color: var(--bad); font-weight: 650; }
.counts .failed a, .counts .warned a, .counts .waived a, .counts .errors a { color: inherit; }
.counts .warned, .counts .waived { color: var(--open); font-weight: 600; }
.reasons tr > :first-child { width: 30%; }
.reasons tr > :last-child, .short tr > :last-child { width: 4.5rem; text-align: right; font-variant-numeric: tabular-nums; }
.short { margin: 1rem 0; }
.short td:not(:last-child) { width: 45%; }
.waivers tr > :first-child { width: 26%; }
.waivers tr > :nth-child(3) { width: 8rem; }
.waivers tr > :last-child { width: 9rem; }
.errata tr > :first-child { width: 5.5rem; }
.errata tr > :nth-child(2) { width: 42%; }

.check { margin: 0; padding: 1rem 0 1.1rem; border-bottom: 1px solid var(--line); }
.check:last-child { border-bottom: 0; }
.about { margin: .15rem 0 .6rem; max-width: none; color: var(--muted); font-size: .875rem; }
.level { font-weight: 600; color: var(--ink); }
.by-hand { margin: .7rem 0 0; font-size: .875rem; color: var(--muted); break-after: avoid; }
.by-hand + pre { margin-top: .25rem; break-inside: avoid; }
.word { display: inline-block; max-width: 100%; }
.waiver { font-weight: 600; color: var(--open); }
.finding { margin: .5rem 0; }
.finding div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); column-gap: .75rem; }
.finding dt { color: var(--muted); }
.finding dd { margin: 0; }
.finding div:last-child dd { font-weight: 600; }

code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; font-size: .86em; }
pre { margin: .5rem 0; padding: .75rem .9rem; background: var(--shade); border: 1px solid var(--line); border-radius: .25rem; white-space: pre-wrap; line-height: 1.5; font-size: .8rem; direction: ltr; unicode-bidi: isolate; }
pre code { font-size: 1em; }
.line { display: block; min-height: 1lh; padding-left: 2.5em; text-indent: -2.5em; }
.line > * { text-indent: 0; }
.exchange { margin: .4rem 0; }
.exchange dt { margin-top: .5rem; color: var(--muted); font-size: .875rem; break-after: avoid; }
.exchange dd { margin: 0; }
.exchange pre { margin: .2rem 0; }
.remark { color: var(--muted); }
.steps { padding-left: 1.4rem; } .steps.single { list-style: none; padding: 0; }
.steps > li { margin: .6rem 0; } .step { margin: 0; font-size: .92rem; }
.errata-of { font-size: .875rem; color: var(--muted); }
.alike { border-left: 2px solid var(--line); padding-left: .9rem; }
:target { scroll-margin-top: 1rem; }
.check:target, .alike:target, .errata tr:target { background: var(--shade); }
.hidden-character { color: var(--open); border-bottom: 1px dotted currentColor; }
details { margin: .6rem 0; }
summary { cursor: pointer; color: var(--link); width: fit-content; font-size: .92rem; }
summary:hover { text-decoration: underline; }

@media (max-width: 62rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; max-height: none; padding: 1.25rem 0 0; }
  nav ul { columns: 2; column-gap: 2rem; }
  nav li { break-inside: avoid; }
}
@media (max-width: 36rem) {
  .sheet { padding: 0 1rem; }
  body > header { padding: 1.5rem 0 1rem; }
  h1 { font-size: 1.5rem; }
  .verdict { padding: .9rem 1rem; margin-top: 1.5rem; }
  .tally { gap: .75rem 1.5rem; }
  table { font-size: .875rem; }
  th, td { padding-right: .5rem; }
  .facts th { width: 38%; }
  .counts { font-size: .82rem; }
  .counts tr > :not(:first-child) { width: 2.7rem; padding-right: 0; padding-left: .25rem; }
  .counts thead th { font-size: .66rem; white-space: nowrap; }
  .many tr > :not(:first-child) { width: 2rem; }
  .many thead th { vertical-align: bottom; }
  .many thead th:not(:first-child) { writing-mode: sideways-lr; white-space: nowrap; text-align: left; padding-left: 0; }
  .finding div { grid-template-columns: minmax(0, 1fr); }
  .finding dt { font-size: .8rem; margin-top: .3rem; }
  .errata tr > :first-child { width: 3.6rem; }
  .waivers tr > :nth-child(n) { width: 24%; } .waivers tr > :nth-child(2) { width: 30%; } .waivers tr > :last-child { width: 22%; }
}

@page { size: A4; margin: 18mm 16mm 20mm; @bottom-left { content: "Conformance statement"; font: 8pt sans-serif; color: #55606c; } @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #55606c; } }
@media print {
  :root { color-scheme: light; }
  html { font-size: 9.5pt; } body { line-height: 1.45; }
  .sheet { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  summary { list-style: none; color: var(--muted); font-size: 8.5pt; break-after: avoid; }
  .columns { display: block; }
  body > header { padding-top: 0; }
  h1 { font-size: 20pt; } h2 { font-size: 13.5pt; margin-top: 9mm; } h3 { font-size: 11pt; margin-top: 6mm; } h4 { font-size: 10pt; }
  table { font-size: 8.5pt; } caption { font-size: 8pt; }
  .about, .by-hand, small, .finding { font-size: 8.5pt; }
  .errata { font-size: 7.5pt; line-height: 1.35; } .errata th, .errata td { padding-top: 1mm; padding-bottom: 1mm; }
  .check { padding: 3mm 0; }
  .counts { break-inside: avoid; line-height: 1.3; } .counts th, .counts td { padding-top: .55mm; padding-bottom: .55mm; }
  tfoot { display: table-row-group; }
  pre { font-size: 7.5pt; padding: 2mm; }
  .exchange { margin: 1mm 0; } .exchange div { display: grid; grid-template-columns: 17mm minmax(0, 1fr); column-gap: 2mm; }
  .exchange dt { margin: .8mm 0 0; font-size: 7.5pt; } .exchange pre { margin: .4mm 0; padding: .8mm 1.5mm; font-size: 6.5pt; line-height: 1.35; }
  .session div { grid-template-columns: minmax(0, 1fr); } .session pre, .reply pre, .evidence > pre { columns: 2; column-gap: 5mm; } .evidence > pre { font-size: 6.5pt; line-height: 1.35; }
  .step { font-size: 8.5pt; break-after: avoid; } .steps > li { margin: 1.5mm 0; } .evidence { margin: 1.5mm 0; }
  details::details-content { content-visibility: visible; display: block; }
  .verdict, .finding, .about { break-inside: avoid; }
  .verdict { print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
  p, li { orphans: 3; widows: 3; }
}
`;

/** Style of the report: readable on screen in light and dark, and on paper. Part of the file, for the report needs nothing else. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f27; --soft: #5b6472; --line: #d8dde5; --paper: #fff; --panel: #f6f8fa; --accent: #0b57a4;
  --high: #b3261e; --medium: #a05a00; --low: #6b6000; --informational: #48607a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #9aa5b4; --line: #333b47; --paper: #14181e; --panel: #1b2129; --accent: #7ab7f5;
  --high: #ff8a80; --medium: #f5b25c; --low: #d9cf6a; --informational: #9db6d2; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1140px; padding: 36px 28px 64px; background: var(--paper); color: var(--ink);
  font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 14px; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 18px; margin: 44px 0 12px; padding-bottom: 6px; border-bottom: 2px solid var(--line); break-after: avoid; }
h3 { font-size: 15px; margin: 0 0 6px; } h4 { font-size: 11px; margin: 14px 0 4px; color: var(--soft); text-transform: uppercase; letter-spacing: .05em; break-after: avoid; }
p { margin: 0 0 8px; } a { color: var(--accent); } .soft { color: var(--soft); } .lead { font-size: 15px; white-space: pre-wrap; }
.kicker { color: var(--soft); font-size: 11px; font-weight: 600; letter-spacing: .08em; text-transform: uppercase; margin: 0 0 6px; }
dl.facts { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 0 0 18px; padding: 12px 0; border-block: 1px solid var(--line); }
dl.facts dt { color: var(--soft); font-size: 11px; } dl.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(112px, 1fr)); gap: 10px; margin: 18px 0; }
.tile { background: var(--panel); border: 1px solid var(--line); border-top: 3px solid var(--line); border-radius: 6px; padding: 10px 14px; }
.tile b { display: block; font-size: 22px; line-height: 1.15; font-variant-numeric: tabular-nums; } .tile span { color: var(--soft); font-size: 12px; }
.tile.high { border-top-color: var(--high); } .tile.medium { border-top-color: var(--medium); } .tile.low { border-top-color: var(--low); }
.tile.informational { border-top-color: var(--informational); } .tile.none { border-top-color: var(--line); } .tile.none b { color: var(--soft); font-weight: 400; }
svg.strip { display: block; width: 100%; height: auto; margin: 6px 0 14px; } svg.strip text { font: 11px system-ui, "Segoe UI", Roboto, Arial, sans-serif; fill: var(--soft); }
svg.strip .mid { text-anchor: middle; } svg.strip .lane { stroke: var(--line); fill: none; } svg.strip .tick { stroke: var(--line); stroke-dasharray: 2 3; fill: none; }
svg.strip .mark { stroke: var(--paper); stroke-width: 1.5; } .mark.high { fill: var(--high); } .mark.medium { fill: var(--medium); } .mark.low { fill: var(--low); }
.mark.informational { fill: var(--informational); }
nav { display: flex; flex-wrap: wrap; gap: 8px; margin: 6px 0 0; } nav a { border: 1px solid var(--line); border-radius: 999px; padding: 3px 12px; text-decoration: none; }
nav span { color: var(--soft); }
ul { margin: 0 0 8px; padding-left: 20px; }
table { border-collapse: collapse; width: 100%; margin: 6px 0 12px; font-size: 12.5px; } th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; } tr:last-child td { border-bottom: 0; }
td.time { white-space: nowrap; font-variant-numeric: tabular-nums; width: 1%; padding-right: 18px; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
table.story a { text-decoration: none; color: inherit; } table.story a:hover { text-decoration: underline; }
table.evidence td:nth-child(2) { width: 30%; } table.timeline td:nth-child(2) { width: 42%; } table.timeline td:nth-child(3) { width: 16%; } table.timeline td:nth-child(4) { font-size: 11.5px; }
table.numbers th:nth-child(n+3) { text-align: right; } table.timeline .time { font-size: 11.5px; }
code, .mono { font-family: ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: 11.5px; }
.card { background: var(--panel); border: 1px solid var(--line); border-left-width: 4px; border-radius: 6px; padding: 16px 18px 10px; margin: 0 0 16px; }
.card.high { border-left-color: var(--high); } .card.medium { border-left-color: var(--medium); } .card.low { border-left-color: var(--low); }
.card.informational { border-left-color: var(--informational); } .card:target { outline: 2px solid var(--accent); outline-offset: 2px; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 28px; }
.tag { display: inline-block; border: 1px solid currentcolor; border-radius: 3px; padding: 0 6px; font-size: 11px; font-weight: 600; margin-right: 6px; }
.tag.high { color: var(--high); } .tag.medium { color: var(--medium); } .tag.low { color: var(--low); } .tag.informational, .tag.plain { color: var(--informational); }
a.tag { color: var(--high); text-decoration: none; margin-left: 6px; }
.note { border-left: 3px solid var(--accent); padding: 2px 14px; margin: 0 0 12px; } .note p { white-space: pre-wrap; margin: 2px 0; }
details summary { color: var(--soft); cursor: pointer; font-size: 11.5px; } details dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 12px; margin: 4px 0; font-size: 11.5px; }
details dt { color: var(--soft); } details dd { margin: 0; white-space: pre-wrap; font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; }
dl.glossary { display: grid; grid-template-columns: 150px 1fr; gap: 8px 18px; } dl.glossary dt { font-weight: 600; } dl.glossary dd { margin: 0; }
figure { margin: 0 0 18px; border: 1px solid var(--line); border-radius: 6px; padding: 8px; break-inside: avoid; } figcaption { color: var(--soft); font-size: 12px; padding: 6px 8px 2px; }
figure svg { display: block; width: 100%; height: auto; max-height: 900px; }
@page { margin: 16mm 14mm; }
@media print { :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --panel: #fff; --accent: #000; --high: #a01010; --medium: #8a4b00; --low: #5a5000; --informational: #3c5068; }
  body { max-width: none; padding: 0; font-size: 10.5px; } a { color: inherit; text-decoration: none; } nav, details { display: none; } tr, .tile { break-inside: avoid; }
  table { font-size: 9.5px; } h1 { font-size: 22px; } code, .mono { font-size: 9px; } .tile { padding: 5px 9px; } .tile b { font-size: 15px; } }
@media (max-width: 720px) { .columns, dl.glossary { grid-template-columns: 1fr; } }
`;

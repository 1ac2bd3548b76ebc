/** Style of the report: readable on screen in light and dark, and on paper. Part of the file, for the report needs nothing else. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f27; --soft: #5b6472; --line: #d8dde5; --paper: #fff; --panel: #f6f8fa; --accent: #0b57a4;
  --high: #b3261e; --medium: #a05a00; --low: #6b6000; --informational: #48607a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #9aa5b4; --line: #333b47; --paper: #14181e; --panel: #1b2129; --accent: #7ab7f5;
  --high: #ff8a80; --medium: #f5b25c; --low: #d9cf6a; --informational: #9db6d2; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 32px 28px 64px; background: var(--paper); color: var(--ink);
  font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 18px; margin: 40px 0 10px; padding-bottom: 6px; border-bottom: 2px solid var(--line); }
h3 { font-size: 15px; margin: 0 0 6px; } h4 { font-size: 12px; margin: 14px 0 4px; color: var(--soft); text-transform: uppercase; letter-spacing: .04em; }
p { margin: 0 0 8px; } a { color: var(--accent); } .soft { color: var(--soft); } .lead { font-size: 15px; white-space: pre-wrap; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 14px 0; } dt { color: var(--soft); } dd { margin: 0; }
ul { margin: 0 0 8px; padding-left: 20px; }
table { border-collapse: collapse; width: 100%; margin: 6px 0 12px; font-size: 12.5px; } th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); vertical-align: top; } td.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
code, .mono { font-family: ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: 12px; }
.card { background: var(--panel); border: 1px solid var(--line); border-left-width: 4px; border-radius: 6px; padding: 14px 16px; margin: 0 0 14px; break-inside: avoid-page; }
.high { border-left-color: var(--high); } .medium { border-left-color: var(--medium); } .low { border-left-color: var(--low); } .informational { border-left-color: var(--informational); }
.tag { display: inline-block; border: 1px solid currentcolor; border-radius: 3px; padding: 0 6px; font-size: 11px; font-weight: 600; margin-right: 6px; }
.tag.high { color: var(--high); } .tag.medium { color: var(--medium); } .tag.low { color: var(--low); } .tag.informational, .tag.plain { color: var(--informational); }
.note { white-space: pre-wrap; border-left: 3px solid var(--accent); padding: 2px 12px; margin: 0 0 10px; }
figure { margin: 0 0 16px; border: 1px solid var(--line); border-radius: 6px; background: #fff; padding: 8px; } figcaption { color: #444; font-size: 12px; padding: 4px 8px; }
figure svg { width: 100%; height: auto; max-height: 760px; } figure text { font: 11px system-ui, "Segoe UI", Arial, sans-serif; text-anchor: middle; fill: #1b1f27; }
figure .edge { font-size: 9px; fill: #555; } figure circle { fill: #fff; stroke: #4a5568; stroke-width: 1.5; } figure .marked circle { stroke: #b3261e; stroke-width: 2.5; }
figure circle.tag { fill: none; stroke: #a66a00; stroke-dasharray: 3 2; } figure .letter { font-weight: 700; } figure .badge { fill: #b3261e; font-weight: 700; }
nav { columns: 2; margin: 18px 0; } nav a { text-decoration: none; }
@media print { body { max-width: none; padding: 0; font-size: 11px; } a { color: inherit; } h2 { break-after: avoid; } tr { break-inside: avoid; } nav { display: none; } }
`;

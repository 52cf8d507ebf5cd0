import type { Markup } from "../markup.ts";

/** The style sheet of the report's page. */
export const style: Markup = {
  html: `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #fff; --text: #1c2128; --soft: #59636e; --line: #dde1e6;
  --accent: #0b5cad; --good: #1a7f37; --bad: #c62828; --bar: #2f6fa8; --mark: #eef3f8;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1116; --card: #171b22; --text: #e4e8ee; --soft: #98a2ae; --line: #2c333d;
    --accent: #7fb6f2; --good: #4cc26b; --bad: #ff7f78; --bar: #5c9bd6; --mark: #1f2630;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 28px 20px 60px; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { margin: 0 0 12px; font-size: 18px; }
h3 { margin: 20px 0 6px; font-size: 15px; }
p { margin: 6px 0; }
a { color: var(--accent); }
code, pre { font-family: var(--mono); font-size: .92em; unicode-bidi: isolate; overflow-wrap: anywhere; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.soft { color: var(--soft); }
.good { color: var(--good); }
.bad { color: var(--bad); }
section {
  margin-top: 16px;
  padding: 18px 20px;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 12px;
}
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin-top: 20px; }
.cards > div { padding: 14px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.cards dt { color: var(--soft); font-size: 13px; }
.cards dd { margin: 0; font-size: 22px; font-weight: 600; line-height: 1.3; }
.cards dd + dd { color: var(--soft); font-size: 13px; font-weight: 400; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td {
  padding: 6px 10px 6px 0;
  text-align: left;
  vertical-align: top;
  border-bottom: 1px solid var(--line);
  overflow-wrap: break-word;
}
tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-size: 13px; font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 500; overflow-wrap: anywhere; }
.version { display: inline-block; white-space: nowrap; }
.number { padding-right: 0; padding-left: 10px; text-align: right; white-space: nowrap; }
td .soft:not(.inline) { display: block; font-size: 13px; }
.facts th { width: 130px; color: var(--soft); }
.scroll { max-height: 480px; padding-right: 10px; overflow: auto; }
.scroll thead th { position: sticky; top: 0; background: var(--card); box-shadow: 0 1px var(--line); }
button { font: inherit; color: inherit; }
th button { padding: 0; border: 0; background: none; cursor: pointer; }
th button::after { content: " ↕"; opacity: .45; }
th[aria-sort=ascending] button::after { content: " ↑"; opacity: 1; }
th[aria-sort=descending] button::after { content: " ↓"; opacity: 1; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.search { display: flex; gap: 10px; align-items: center; margin-bottom: 8px; color: var(--soft); font-size: 13px; }
input {
  flex: 1;
  max-width: 340px;
  padding: 7px 11px;
  font: inherit;
  color: var(--text);
  background: var(--page);
  border: 1px solid var(--line);
  border-radius: 8px;
}
details > summary { cursor: pointer; color: var(--soft); font-size: 13px; }
details.more { margin-top: 14px; }
details.more > summary { font-size: 15px; color: var(--text); }
pre {
  max-height: 420px;
  margin: 8px 0 0;
  padding: 12px;
  overflow: auto;
  background: var(--mark);
  border-radius: 8px;
  font-size: 12.5px;
  line-height: 1.45;
  white-space: pre-wrap;
}
.timeline {
  display: grid;
  grid-template-columns: fit-content(30%) 1fr max-content;
  gap: 6px 12px;
  align-items: center;
  margin: 0;
  padding: 0;
  list-style: none;
  font-variant-numeric: tabular-nums;
}
.timeline li { display: contents; }
.timeline svg { width: 100%; height: 16px; background: var(--mark); border-radius: 4px; }
.timeline rect, .disk rect { fill: var(--bar); }
.timeline .failed rect { fill: var(--bad); }
.timeline .engine { opacity: .35; }
.timeline .axis svg { height: 22px; background: none; overflow: visible; }
.axis line { stroke: var(--line); }
.axis text { fill: var(--soft); font-size: 12px; }
.share { width: 50%; }
.share svg { width: 100%; height: 12px; vertical-align: middle; background: var(--mark); border-radius: 4px; }
.share rect { fill: var(--bar); }
.timeline span:last-child { text-align: right; }
.disk { width: 100%; height: 26px; margin: 4px 0 0; background: var(--mark); border-radius: 6px; }
.disk rect:nth-child(even) { opacity: .62; }
.places { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 6px 0 14px; padding: 0; list-style: none; font-size: 13px; }
.places i { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 3px; background: var(--bar); }
.places li:nth-child(even) i { opacity: .62; }
.places .free i, .places .free:nth-child(even) i { opacity: 1; background: var(--mark); border: 1px solid var(--line); }
tr.with-log > * { border-bottom: 0; padding-bottom: 0; }
tr.log td { padding-top: 0; padding-left: 26px; }
.map .bar {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  justify-content: space-between;
  align-items: center;
  margin-bottom: 10px;
}
.map nav {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 6px;
  align-items: center;
  font-family: var(--mono);
  font-size: 14px;
  overflow-wrap: anywhere;
}
.map nav button {
  padding: 2px 4px;
  border: 0;
  border-radius: 4px;
  background: none;
  color: var(--accent);
  cursor: pointer;
  font: inherit;
}
.map nav button:disabled { color: var(--text); font-weight: 600; cursor: default; }
.choices { display: flex; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.choices button { padding: 5px 12px; border: 0; background: none; cursor: pointer; font-size: 13px; }
.choices button[aria-pressed=true] { background: var(--accent); color: var(--card); }
.choices button:focus-visible { outline-offset: -3px; outline-color: var(--text); }
.canvas { position: relative; height: clamp(360px, 62vh, 620px); overflow: hidden; border-radius: 8px; }
.tile {
  position: absolute;
  display: flex;
  flex-direction: column;
  padding: 2px 5px;
  overflow: hidden;
  border: 0;
  border-radius: 3px;
  color: #fff;
  font-size: 12px;
  line-height: 16px;
  text-align: left;
  cursor: zoom-in;
}
.tile[aria-disabled=true] { cursor: default; }
.tile:hover { filter: brightness(1.12); }
.tile:focus-visible { outline: 3px solid var(--text); outline-offset: -3px; z-index: 1; }
.tile b, .tile i { flex: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-style: normal; }
.tile b { font-weight: 600; }
.tile i { opacity: .85; }
.tile span {
  position: absolute;
  padding: 0 4px;
  overflow: hidden;
  border-radius: 2px;
  box-shadow: inset 0 0 0 1px rgb(255 255 255 / .16);
  background: rgb(0 0 0 / .05);
  text-overflow: ellipsis;
  white-space: nowrap;
  font-size: 11px;
}
.hue0 { background: #2b6398; }
.hue1 { background: #2c7055; }
.hue2 { background: #8a4b2a; }
.hue3 { background: #6b4a94; }
.hue4 { background: #8b3b5c; }
.hue5 { background: #52671f; }
.hue6 { background: #1f6b73; }
.hue7 { background: #5b6170; }
.said { min-height: 1.5em; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
@media (max-width: 600px) {
  main { padding: 18px 12px 40px; }
  section { padding: 14px; border-radius: 10px; }
  .cards { grid-template-columns: 1fr 1fr; gap: 8px; }
  .cards dd { font-size: 19px; }
  .timeline { display: block; }
  .timeline li { display: grid; grid-template: "name time" "bar bar" / 1fr max-content; margin-bottom: 8px; }
  .timeline span { overflow-wrap: anywhere; }
  .timeline svg { grid-area: bar; height: 10px; }
  .facts th { display: block; width: auto; padding-bottom: 0; border-bottom: 0; }
  .facts td { display: block; }
  table { font-size: 14px; }
  tbody th { min-width: 6.5em; }
  .optional { display: none; }
  tr.log td { padding-left: 0; }
}
@media print { .map, .search { display: none; } .scroll { max-height: none; } }
`,
};

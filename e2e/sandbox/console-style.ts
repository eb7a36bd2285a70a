/** The console's style sheet, light and dark. */
export const consoleStyle = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6473; --line: #dfe3e9; --ground: #fbfbfc; --panel: #fff; --good: #1c6e42; --bad: #a3291f; --accent: #2f5fb3; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ee; --soft: #9aa5b4; --line: #303946; --ground: #14181e; --panel: #1b2027; --good: #74c69a; --bad: #f0958b; --accent: #8db4f5; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .5rem 1.25rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
h3 { font-size: .9rem; font-weight: 600; margin: 0; padding: .5rem .75rem; color: var(--soft); }
p { margin: .25rem 0 .75rem; color: var(--soft); max-width: 48rem; }
a { color: var(--accent); }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; margin-bottom: .75rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: .8rem; font-weight: 600; color: var(--soft); white-space: nowrap; }
code { font: .875rem/1.4 ui-monospace, monospace; white-space: nowrap; user-select: all; }
code.long { white-space: normal; overflow-wrap: anywhere; }
td.long { overflow-wrap: anywhere; }
button { font: inherit; padding: .15rem .7rem; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); color: var(--ink); cursor: pointer; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.pairs th:first-child { width: 24rem; }
details { margin: 0 0 .75rem; }
summary { cursor: pointer; padding: .25rem 0 .5rem; color: var(--accent); }
form { display: inline; }
.good { color: var(--good); } .bad { color: var(--bad); } .soft { color: var(--soft); }
`;

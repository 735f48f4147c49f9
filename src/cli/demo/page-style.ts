/** How the demo's page looks: system fonts, both colour schemes, nothing loaded. */
export const pageStyle = `
:root { color-scheme: light dark; --line: light-dark(#d0d7de, #3d444d); --soft: light-dark(#f6f8fa, #151b23);
  --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
.where, .by, h1 span { color: light-dark(#59636e, #9198a1); }
h1 { font-size: 1.7rem; font-weight: 500; margin: .2rem 0; }
h1 span { font-weight: 300; }
form { display: inline-block; margin: 0 .4rem 1rem 0; }
button { font: inherit; padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 6px; background: var(--soft); cursor: pointer; }
.merge { border: 2px solid var(--line); border-radius: 8px; margin: 1rem 0; overflow: hidden; }
.merge.shut { border-color: var(--bad); } .merge.open { border-color: var(--good); }
.merge h2 { font-size: 1.05rem; margin: 0; padding: .7rem 1rem; }
.run { border-top: 1px solid var(--line); }
.run > summary { padding: .6rem 1rem; cursor: pointer; list-style: none; }
.run i { display: inline-block; width: 1.3em; text-align: center; font-style: normal; font-weight: bold; color: var(--warn); }
.run.success i { color: var(--good); } .run.failure i, .run.action_required i { color: var(--bad); }
.markdown summary { cursor: pointer; margin: .4rem 0; }
.markdown { padding: 0 1.2rem .6rem 2.8rem; overflow-x: auto; }
.markdown table { border-collapse: collapse; } .markdown td, .markdown th { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
.file { border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; overflow: hidden; }
.file h3 { margin: 0; padding: .5rem 1rem; background: var(--soft); font: 600 13px ui-monospace, monospace; }
.file table { border-collapse: collapse; width: 100%; font: 13px ui-monospace, monospace; }
.file td:first-child { width: 3rem; text-align: right; padding: 0 .6rem; color: light-dark(#818b98, #656c76); vertical-align: top; }
.file pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
.added { background: light-dark(#dafbe1, #12261e); } .removed { background: light-dark(#ffebe9, #25171c); }
.note td + td { border-left: 4px solid var(--line); padding: .5rem .8rem; font: 14px/1.45 system-ui, sans-serif; background: var(--soft); }
.note.failure td + td { border-left-color: var(--bad); } .note.warning td + td { border-left-color: var(--warn); }
`;

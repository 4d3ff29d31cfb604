export const style = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #667085; --line: #e3e6ee; --paper: #fff;
  --ground: #f4f5f9; --accent: #4b53d6; --bubble: #eef0fb; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaf2; --soft: #98a1b3; --line: #2c3242;
  --paper: #1b2030; --ground: #12151f; --accent: #9aa2ff; --bubble: #262c42; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.65 Vazirmatn, "Noto Sans Arabic", system-ui, sans-serif }
a { color: inherit; text-decoration: none }
header { background: var(--paper); border-block-end: 1px solid var(--line); padding: 14px 20px;
  display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap }
header h1 { font-size: 18px; margin: 0 } header p { margin: 0; color: var(--soft) }
.faults { color: #b42318; font-weight: 600 }
.layout { display: grid; grid-template-columns: 220px minmax(0, 1fr) 300px; gap: 20px;
  max-width: 1180px; margin: 20px auto; padding: 0 20px; align-items: start }
@media (max-width: 900px) { .layout { grid-template-columns: minmax(0, 1fr) } }
nav a { display: flex; gap: 10px; align-items: center; padding: 8px 10px; border-radius: 10px }
nav a[aria-current] { background: var(--paper); box-shadow: inset 0 0 0 1px var(--line) }
.face { inline-size: 34px; block-size: 34px; border-radius: 50%; flex: none; display: grid;
  place-items: center; color: #fff; font-weight: 700; background: var(--accent) }
.who b { display: block; inline-size: fit-content; line-height: 1.3 } .who small, time, .tag { color: var(--soft); font-size: 12.5px }
.tag { border: 1px solid var(--line); border-radius: 99px; padding: 0 8px }
article, .card { background: var(--paper); border: 1px solid var(--line); border-radius: 14px;
  padding: 14px 16px; margin-block-end: 14px }
article > header { all: unset; display: flex; gap: 10px; align-items: center }
article > header time { margin-inline-start: auto }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: 8px 0; font-size: 16px }
.media { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 8px }
figure { margin: 0 } figure img, figure video { inline-size: 100%; max-block-size: 320px;
  object-fit: cover; border-radius: 10px; border: 1px solid var(--line); display: block }
figcaption { color: var(--soft); font-size: 12.5px } figcaption b { color: var(--accent) }
.numbers { display: flex; gap: 14px; color: var(--soft); font-size: 13px; flex-wrap: wrap }
.replies { border-inline-start: 2px solid var(--line); margin: 10px 0 0; padding-inline-start: 14px }
.replies .text { margin: 2px 0 10px; font-size: 15px }
.bubble { background: var(--bubble); border-radius: 12px; padding: 6px 12px; margin-block: 6px; inline-size: fit-content;
  max-inline-size: 85% } .bubble.own { margin-left: auto; background: var(--accent); color: #fff }
form { display: flex; gap: 6px; margin-block-start: 10px; flex-wrap: wrap }
input, select { font: inherit; font-size: 14px; padding: 5px 9px; border: 1px solid var(--line); border-radius: 8px;
  background: transparent; color: inherit; min-inline-size: 0 }
input[name=from] { inline-size: 84px } input[name=text] { flex: 1 1 120px }
button { font: inherit; font-size: 14px; border: 0; border-radius: 8px; padding: 5px 12px; cursor: pointer;
  background: var(--accent); color: var(--paper) }
h2 { font-size: 14px; color: var(--soft); margin: 0 0 8px } .empty { color: var(--soft) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`

/** Refreshes the page every few seconds, but never while somebody is writing in a form. */
export const script = `
const main = () => document.querySelector('main')
setInterval(async () => {
  const writing = document.activeElement && document.activeElement.matches('input, select')
  const playing = [...document.querySelectorAll('video')].some((video) => !video.paused)
  const begun = [...document.querySelectorAll('input[name=text]')].some((input) => input.value)
  if (document.hidden || writing || playing || begun) return
  const reply = await fetch(location.href).catch(() => null)
  if (!reply || !reply.ok) return
  const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html')
  if (fresh.querySelector('main').innerHTML !== main().innerHTML) main().replaceWith(fresh.querySelector('main'))
}, 3000)
`

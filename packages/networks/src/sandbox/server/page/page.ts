import type { DirectMessage, Person, SandboxAccount, SandboxPost } from '../entries.ts'
import { postMetrics } from '../growth.ts'
import type { Network } from '../network.ts'
import { Html, html } from './html.ts'

const shown = 30

/** What is live on the network, for people to look at. */
export function page(
  network: Network,
  handle: string | null,
  only: SandboxPost | null = null,
): Html {
  const { world } = network
  const chosen = world.accounts.get(handle ?? '') ?? null
  const faults = network.faults.list().map(({ kind, rate }) => `${kind} ${Math.round(rate * 100)}%`)
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hamava sandbox</title>
<link rel="stylesheet" href="/style.css">
<script src="/page.js" defer></script>
<body>
<main>
<header>
  <h1>Hamava sandbox · <span lang="fa" dir="rtl">شبکهٔ آزمایشی هم‌آوا</span></h1>
  <p>${world.accounts.size} accounts, ${world.posts.size} posts</p>
  ${faults.length > 0 ? html`<p class="faults">Faults: ${faults.join(', ')}</p>` : null}
</header>
<div class="layout">
  <nav aria-label="Accounts">${accountLinks(network, chosen)}</nav>
  <section aria-label="Posts">${only ? thread(network, only) : posts(network, chosen)}</section>
  <aside aria-label="Direct messages">${conversations(network, chosen)}</aside>
</div>
</main>
</body>
</html>`
}

function accountLinks({ world }: Network, chosen: SandboxAccount | null): Html {
  const link = (href: string, isCurrent: boolean, inside: Html) =>
    isCurrent
      ? html`<a href="${href}" aria-current="page">${inside}</a>`
      : html`<a href="${href}">${inside}</a>`
  const accounts = [...world.accounts.values()].slice(0, 200)
  return html`${link('/', chosen === null, html`<span class="who"><b>Everything</b></span>`)}
${accounts.map((account) => link(`/?account=${encodeURIComponent(account.handle)}`, account === chosen, html`${face(account)}${who(account)}`))}`
}

const thread = (network: Network, { root }: SandboxPost) => {
  const first = network.world.posts.get(root)
  return first ? article(network, first) : null
}

function posts(network: Network, chosen: SandboxAccount | null): Html {
  const { world } = network
  const all = chosen
    ? (world.postsBy.get(chosen.handle) ?? [])
    : [...world.posts.values()].slice(-5000)
  const roots = newest(new Set(all.flatMap((post) => world.posts.get(post.root) ?? [])))
  const mentions = (chosen ? (world.inbox.get(chosen.handle) ?? []) : []).slice(-shown)
  const about = mentions.flatMap((event) => (event.kind === 'mention' ? event.post : []))
  const list = [...new Set([...roots, ...newest(about)])]
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, shown)
  if (list.length === 0) return html`<p class="card empty">Nothing was published yet.</p>`
  return html`${list.map((post) => article(network, post))}`
}

const newest = (posts: Iterable<SandboxPost>) => [...posts].slice(-shown).reverse()

function article(network: Network, post: SandboxPost): Html {
  const replies = network.world.replies.get(post.id)?.length ?? 0
  const numbers = postMetrics(post, replies, network.now())
  const isOurs = network.world.accounts.has(post.author.handle)
  return html`<article id="${post.id}">
  <header>${face(post.author)}${who(post.author)}${time(post.createdAt)}</header>
  ${body(post)}
  ${isOurs ? html`<div class="numbers"><span>${numbers.views} views</span><span>${numbers.likes} likes</span><span>${numbers.reposts} reposts</span><span>${replies} ${replies === 1 ? 'reply' : 'replies'}</span></div>` : null}
  ${repliesTo(network, post, 0)}
  ${commentForm(post)}
</article>`
}

function repliesTo(network: Network, post: SandboxPost, depth: number): Html | null {
  const replies = (network.world.replies.get(post.id) ?? []).slice(-20)
  if (replies.length === 0 || depth > 12) return null
  return html`<div class="replies">${replies.map(
    (
      reply,
    ) => html`<div id="${reply.id}"><b dir="auto">${reply.author.name}</b> <small class="tag">@${reply.author.handle}</small> ${time(reply.createdAt)}
${body(reply)}${repliesTo(network, reply, depth + 1)}</div>`,
  )}</div>`
}

const body = ({ text, media }: SandboxPost) => html`<p class="text" dir="auto">${text}</p>
${media.length > 0 ? html`<div class="media">${media.map(figure)}</div>` : null}`

const figure = ({ id, mime, alt }: SandboxPost['media'][number]) => html`<figure>
${mime.startsWith('video/') ? html`<video src="/media/${id}" controls preload="metadata" aria-label="${alt}"></video>` : html`<img src="/media/${id}" alt="${alt}" loading="lazy">`}
<figcaption dir="auto">${alt === '' ? 'no alternative text' : html`<b>ALT</b> ${alt}`}</figcaption></figure>`

const commentForm = ({ id }: SandboxPost) => html`<form method="post" action="/form/comment">
<input type="hidden" name="postId" value="${id}">
<input name="from" value="sara" aria-label="Who comments" maxlength="50" required>
<input name="text" placeholder="Comment…" aria-label="Comment" dir="auto" maxlength="1000" required>
<button>Comment</button></form>`

function conversations(network: Network, chosen: SandboxAccount | null): Html {
  const accounts = chosen ? [chosen] : [...network.world.accounts.values()].slice(0, 200)
  const cards = accounts.flatMap(({ handle }) => conversationsOf(network, handle))
  return html`<h2>Direct messages</h2>${cards.slice(0, 12)}${messageForm(accounts)}`
}

function conversationsOf({ world }: Network, handle: string): Html[] {
  const people = new Map<string, DirectMessage[]>()
  for (const message of (world.messages.get(handle) ?? []).slice(-200))
    people.set(message.person.handle, [...(people.get(message.person.handle) ?? []), message])
  return [...people.values()].map(
    (
      messages,
    ) => html`<div class="card"><h2><span dir="auto">${messages[0]?.person.name ?? ''}</span> ↔ @${handle}</h2>
${messages.slice(-8).map((message) => html`<div class="bubble${message.fromAccount ? ' own' : ''}" dir="auto">${message.text}</div>`)}</div>`,
  )
}

const messageForm = (accounts: SandboxAccount[]) =>
  accounts.length === 0
    ? html`<p class="empty">No accounts yet.</p>`
    : html`<form method="post" action="/form/message">
<input name="from" value="sara" aria-label="Who writes" maxlength="50" required>
<select name="handle" aria-label="To whom">${accounts.map(({ handle }) => html`<option>${handle}</option>`)}</select>
<input name="text" placeholder="Message…" aria-label="Message" dir="auto" maxlength="1000" required>
<button>Send</button></form>`

const face = ({ name }: Person) =>
  html`<span class="face" aria-hidden="true">${[...name][0] ?? '?'}</span>`

const who = (person: Person | SandboxAccount) =>
  html`<span class="who"><b dir="auto">${person.name}</b><small>@${person.handle}${'keyed' in person ? html` · ${person.keyed}` : null}</small></span>`

const time = (ms: number) => {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}">${iso.slice(5, 16).replace('T', ' ')}</time>`
}

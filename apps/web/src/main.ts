import { api, Problem, setCsrfToken } from './api.ts'
import { currentLanguage, setLanguage, showTime, stateWord, translatePage, word } from './words.ts'

interface Channel {
  id: string
  network: string
  handle: string
  name: string
  health: string
}
interface Post {
  text: string
  progress: string
  schedule: { dueAt: string } | null
}
interface Publication {
  channelId: string
  network: string
  state: string
  dueAt: string
  latenessMs: number | null
  permalink: string | null
  reason: { message: { fa: string; en: string } } | null
}
interface Page<T> {
  items: T[]
}
interface Me {
  workspace: { name: string }
  csrfToken: string
}

const $ = <E extends HTMLElement>(selector: string): E => {
  const found = document.querySelector<E>(selector)
  if (!found) throw new Error(`the page has no ${selector}`)
  return found
}
const get = <T>(path: string) => api<T>('GET', path, currentLanguage())
const post = <T>(path: string, body: unknown) => api<T>('POST', path, currentLanguage(), body)

const troubled = ['failed', 'unconfirmed', 'held', 'missed', 'reconnect', 'needs_attention']
let live: EventSource | null = null
let channels: Channel[] = []

async function open(): Promise<void> {
  try {
    const me = await get<Me>('/v1/me')
    setCsrfToken(me.csrfToken)
    $('#workspace').textContent = me.workspace.name
    show(true)
    await refresh()
    listen()
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    show(false)
  }
}

function show(isIn: boolean): void {
  $('#login').hidden = isIn
  $('#desk').hidden = !isIn
  $('#logout').hidden = !isIn
}

async function refresh(): Promise<void> {
  const [connected, posts, publications] = await Promise.all([
    get<Page<Channel>>('/v1/channels'),
    get<Page<Post>>('/v1/posts?limit=20'),
    get<Page<Publication>>('/v1/publications?limit=30'),
  ])
  const isNew = connected.items.length !== channels.length
  channels = connected.items
  if (isNew) $('#targets').replaceChildren(...channels.map(choice))
  list('#channels', channels.map(channelItem))
  list('#posts', posts.items.map(postItem))
  list('#publications', publications.items.map(publicationItem))
}

/** The feed says that something changed; what is shown is read again, at most twice a second. */
function listen(): void {
  live?.close()
  live = new EventSource('/v1/events')
  let isWaiting = false
  const later = () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      refresh().catch(() => undefined)
    }, 500)
  }
  for (const type of ['content.post', 'publishing.publication', 'publishing.channel']) {
    live.addEventListener(`${type}.changed.v1`, later)
  }
}

function list(selector: string, items: HTMLElement[]): void {
  $(selector).replaceChildren(...(items.length > 0 ? items : [item(word('nothing'))]))
}

function item(text: string, state?: string, note?: string, link?: string | null): HTMLElement {
  const row = document.createElement('li')
  const said = document.createElement('p')
  said.dir = 'auto'
  said.textContent = text
  row.append(said)
  if (state) {
    const badge = document.createElement('span')
    badge.className = troubled.includes(state) ? 'state bad' : 'state'
    badge.textContent = stateWord(state)
    row.append(badge, ' ')
  }
  if (note) {
    const small = document.createElement('small')
    small.textContent = note
    row.append(small, ' ')
  }
  if (link && /^https?:/.test(link)) {
    const anchor = document.createElement('a')
    Object.assign(anchor, { href: link, target: '_blank', rel: 'noopener', textContent: '↗' })
    row.append(anchor)
  }
  return row
}

const channelItem = ({ name, network, handle, health }: Channel) =>
  item(name, health, `${network} · ${handle}`)

const postItem = ({ text, progress, schedule }: Post) =>
  item(text, progress, schedule ? showTime(schedule.dueAt) : '')

function publicationItem(one: Publication): HTMLElement {
  const channel = channels.find(({ id }) => id === one.channelId)
  const late = one.latenessMs === null ? '' : ` · ${one.latenessMs} ms ${word('late')}`
  const why = one.reason ? ` · ${one.reason.message[currentLanguage()]}` : ''
  const note = `${showTime(one.dueAt)}${late}${why}`
  return item(`${one.network} · ${channel?.name ?? ''}`, one.state, note, one.permalink)
}

function choice({ id, name, network }: Channel): HTMLElement {
  const label = document.createElement('label')
  const box = document.createElement('input')
  Object.assign(box, { type: 'checkbox', name: 'channel', value: id })
  label.append(box, ` ${name} (${network})`)
  return label
}

/** Runs a form's work; a refusal is shown where it arose, and nothing typed is lost. */
function onSubmit(
  selector: string,
  work: (data: FormData, form: HTMLFormElement) => Promise<void>,
) {
  const form = $<HTMLFormElement>(selector)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const problem = form.querySelector('.problem')
    if (problem) problem.textContent = ''
    work(new FormData(form), form).catch((error: unknown) => {
      const text = error instanceof Problem ? error.message : word('offline')
      if (problem) problem.textContent = text
    })
  })
}

onSubmit('#login', async (data, form) => {
  await post('/v1/login', { email: data.get('email'), password: data.get('password') })
  form.reset()
  await open()
})

onSubmit('#compose', async (data, form) => {
  const at = String(data.get('at') ?? '')
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  await post('/v1/posts', {
    text: data.get('text'),
    targets: data.getAll('channel').map((channelId) => ({ channelId })),
    schedule: at ? { local: at, zone } : { now: true },
  })
  form.reset()
  await refresh()
})

$('#logout').addEventListener('click', async () => {
  live?.close()
  await post('/v1/logout', {})
  location.reload()
})

$('#language').addEventListener('click', () => {
  setLanguage(currentLanguage() === 'fa' ? 'en' : 'fa')
  translate()
  if (!$('#desk').hidden) refresh().catch(() => undefined)
})

function translate(): void {
  translatePage()
  $('#language').textContent = word('language')
}

translate()
await open()

import {
  CalendarDays,
  CircleCheckBig,
  MessagesSquare,
  PenLine,
  Radio,
  Settings,
  TriangleAlert,
} from 'lucide-react'

/** Where one can go: by name, and by `G` and the letter; those that are wanted most are within reach of a thumb. */
export const navItems = [
  { to: '/compose', word: 'compose', key: 'KeyC', needs: 'posts:write', icon: PenLine },
  {
    to: '/calendar',
    word: 'calendar',
    key: 'KeyL',
    needs: 'publications:read',
    icon: CalendarDays,
  },
  { to: '/approvals', word: 'approvals', key: 'KeyA', needs: 'posts:read', icon: CircleCheckBig },
  {
    to: '/attention',
    word: 'attention',
    key: 'KeyN',
    needs: 'publications:read',
    icon: TriangleAlert,
  },
  {
    to: '/conversations',
    word: 'conversations',
    key: 'KeyI',
    needs: 'inbox:read',
    icon: MessagesSquare,
  },
  { to: '/channels', word: 'channels', key: 'KeyH', needs: 'channels:read', icon: Radio },
  { to: '/settings', word: 'settings', key: 'KeyS', needs: 'workspace:read', icon: Settings },
] as const

export type NavItem = (typeof navItems)[number]

/** On a phone, in this order: what is written most in the middle. */
export const bottomNav = ['calendar', 'approvals', 'compose', 'attention', 'conversations'].map(
  (word) => navItems.find((place) => place.word === word) as NavItem,
)

/** Screens that are reached from others, by the path of their route. */
const detailRoutes = [
  // Sends on to the calendar.
  { to: '/', title: 'nav.calendar', needs: 'publications:read' },
  { to: '/posts/$id', title: 'compose.edit', needs: 'posts:read' },
  { to: '/publications/$id', title: 'publication.title', needs: 'publications:read' },
  { to: '/channels/connect', title: 'channels.connect', needs: 'channels:write' },
  { to: '/connected', title: 'channels.connect', needs: 'channels:write' },
  // In development alone.
  { to: '/kit', title: 'app.name', needs: 'workspace:read' },
] as const

/** Every screen behind the login: the path of its route, what somebody needs to be allowed for it, what it is called. */
export const screens = [
  ...detailRoutes,
  ...navItems.map(({ to, word, needs }) => ({ to, needs, title: `nav.${word}` as const })),
]

/** The screen at an address. Undefined for an address that is not declared here, so that nobody is let in. */
export const screenAt = (address: string) => screens.find(({ to }) => isAt(address, to))

/** `/posts/post_1` is at `/posts/$id`, and at no route with more or fewer parts. */
function isAt(address: string, route: string): boolean {
  const [parts, wanted] = [partsOf(address), partsOf(route)]
  return (
    parts.length === wanted.length &&
    wanted.every((part, i) => part.startsWith('$') || part === parts[i])
  )
}

const partsOf = (path: string): string[] => path.split('/').filter(Boolean)

/** What is pressed to go there. */
export const keysOf = ({ word, key }: Pick<NavItem, 'word' | 'key'>): string[] =>
  word === 'compose' ? ['C'] : ['G', key.slice(3)]

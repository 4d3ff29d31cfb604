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
export const places = [
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

export type Place = (typeof places)[number]

/** On a phone, in this order: what is written most in the middle. */
export const thumbPlaces = ['calendar', 'approvals', 'compose', 'attention', 'conversations'].map(
  (word) => places.find((place) => place.word === word) as Place,
)

/** Screens that one comes to from others; the most exact first. */
const rooms = [
  { to: '/posts', title: 'compose.edit', needs: 'posts:read' },
  { to: '/publications', title: 'publication.title', needs: 'publications:read' },
  { to: '/channels/connect', title: 'channels.connect', needs: 'channels:write' },
  { to: '/connected', title: 'channels.connect', needs: 'channels:write' },
] as const

/** What somebody needs to be allowed for the screen at an address, and what it is called. */
export function screenAt(path: string) {
  const isIn = ({ to }: { to: string }) => path === to || path.startsWith(`${to}/`)
  const room = rooms.find(isIn)
  if (room) return room
  const place = places.find(isIn)
  return place && ({ needs: place.needs, title: `nav.${place.word}` } as const)
}

/** What is pressed to go there. */
export const keysOf = ({ word, key }: Pick<Place, 'word' | 'key'>): string[] =>
  word === 'compose' ? ['C'] : ['G', key.slice(3)]

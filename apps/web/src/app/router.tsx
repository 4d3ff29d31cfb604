import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  Outlet,
  redirect,
  useRouter,
} from '@tanstack/react-router'
import { isStatus, Problem } from '../api/problem.ts'
import { me, networks } from '../api/queries.ts'
import { Failed } from '../kit/states.tsx'
import { isZone } from '../language/zones.ts'
import { screen } from './screen.ts'
import { day, dayOrTime, oneOf, parseSearch, stringifySearch, text } from './search.ts'
import { type SettingsTab, settingsTabs } from './settings-tabs.ts'
import { Shell } from './shell.tsx'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet })

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: screen(() => import('../screens/login/login-screen.tsx'), 'LoginScreen'),
  validateSearch: (search): { from?: string } => ({ from: text(search.from) }),
})

/** Everything behind the login. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      // The names of networks are on every screen, and never change.
      const names = context.queries.prefetchQuery(networks)
      await context.queries.ensureQueryData(me)
      await names
    } catch (error) {
      if (isStatus(error, 401)) throw redirect({ to: '/login', search: { from: location.href } })
      throw error
    }
  },
})

/** A screen that failed to load or to render: the frame around it stays, and a retry runs the route again. */
function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  return <Failed error={error} onRetry={() => void router.invalidate().finally(reset)} />
}

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/calendar' })
  },
})

const views = ['month', 'week', 'list'] as const

export interface CalendarSearch {
  view?: (typeof views)[number]
  /** A day of the span, Gregorian: `2026-11-22`. */
  on?: string
  channel?: string
  network?: string
  state?: string
  /** Shows the calendar in this zone, whatever zone is preferred. */
  zone?: string
  /** Also shows posts without a time. */
  drafts?: boolean
}

const calendar = createRoute({
  getParentRoute: () => inside,
  path: '/calendar',
  /** What is shown, so that a view can be sent to somebody else. */
  validateSearch: (search): CalendarSearch => ({
    view: oneOf(views)(search.view),
    on: day(search.on),
    channel: text(search.channel),
    network: text(search.network),
    state: text(search.state),
    zone: isZone(search.zone) ? search.zone : undefined,
    drafts: String(search.drafts) === 'true' || undefined,
  }),
  component: screen(() => import('../screens/calendar/calendar-screen.tsx'), 'CalendarScreen'),
})

const compose = createRoute({
  getParentRoute: () => inside,
  path: '/compose',
  /** For a day, or for a time of it on the clock of a zone; one's own unless another is named. */
  validateSearch: (search): { on?: string; zone?: string } => ({
    on: dayOrTime(search.on),
    zone: isZone(search.zone) ? search.zone : undefined,
  }),
  component: screen(() => import('../screens/compose/compose-screen.tsx'), 'ComposeScreen'),
})

const editPost = createRoute({
  getParentRoute: () => inside,
  path: '/posts/$id',
  component: screen(() => import('../screens/compose/edit-screen.tsx'), 'EditScreen'),
})

const approvals = createRoute({
  getParentRoute: () => inside,
  path: '/approvals',
  component: screen(() => import('../screens/approvals/approvals-screen.tsx'), 'ApprovalsScreen'),
})

const attention = createRoute({
  getParentRoute: () => inside,
  path: '/attention',
  // The kill switch is open.
  validateSearch: (search): { stop?: true } => ({
    stop: String(search.stop) === 'true' || undefined,
  }),
  component: screen(() => import('../screens/attention/attention-screen.tsx'), 'AttentionScreen'),
})

const publication = createRoute({
  getParentRoute: () => inside,
  path: '/publications/$id',
  component: screen(
    () => import('../screens/publication/publication-screen.tsx'),
    'PublicationScreen',
  ),
})

const conversations = createRoute({
  getParentRoute: () => inside,
  path: '/conversations',
  validateSearch: (search): { state?: 'done'; open?: string } => ({
    state: search.state === 'done' ? 'done' : undefined,
    open: text(search.open),
  }),
  component: screen(
    () => import('../screens/conversations/conversations-screen.tsx'),
    'ConversationsScreen',
  ),
})

const channels = createRoute({
  getParentRoute: () => inside,
  path: '/channels',
  // The one that has just been connected.
  validateSearch: (search): { connected?: string } => ({ connected: text(search.connected) }),
  component: screen(() => import('../screens/channels/channels-screen.tsx'), 'ChannelsScreen'),
})

const connect = createRoute({
  getParentRoute: () => inside,
  path: '/channels/connect',
  validateSearch: (search): { network?: string; channel?: string } => ({
    network: text(search.network),
    // The one that is connected again.
    channel: text(search.channel),
  }),
  component: screen(() => import('../screens/channels/connect-screen.tsx'), 'ConnectScreen'),
})

/** Where a network sends people back to, with a code or a refusal. */
const connected = createRoute({
  getParentRoute: () => inside,
  path: '/connected',
  validateSearch: (search): { code?: string; state?: string } => ({
    code: text(search.code),
    state: text(search.state),
  }),
  component: screen(() => import('../screens/channels/connected-screen.tsx'), 'ConnectedScreen'),
})

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  validateSearch: (search): { tab?: SettingsTab } => ({ tab: oneOf(settingsTabs)(search.tab) }),
  component: screen(() => import('../screens/settings/settings-screen.tsx'), 'SettingsScreen'),
})

/** What the screens are made of, for those who build them. */
const kit = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => inside,
        path: '/kit',
        component: screen(() => import('../screens/kit/kit-screen.tsx'), 'KitScreen'),
      }),
    ]
  : []

const tree = root.addChildren([
  login,
  inside.addChildren([
    home,
    calendar,
    compose,
    editPost,
    approvals,
    attention,
    publication,
    conversations,
    channels,
    connect,
    connected,
    settings,
    ...kit,
  ]),
])

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: () => (
      <Failed error={new Problem(404, {})} onRetry={() => history.back()} />
    ),
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, type LinkProps, Outlet, useLocation } from '@tanstack/react-router'
import {
  CalendarDays,
  CircleCheckBig,
  MessagesSquare,
  PenLine,
  Radio,
  Search,
  Settings,
  TriangleAlert,
} from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { followEvents, useConnection } from '../api/live.ts'
import { attention } from '../api/queries.ts'
import { Button } from '../kit/button.tsx'
import { Page } from '../kit/page.tsx'
import { Forbidden } from '../kit/states.tsx'
import { Toasts } from '../kit/toasts.tsx'
import { useLanguage } from '../language/use-language.tsx'
import { useKeptPreferences } from './keep-preferences.ts'
import { places } from './places.ts'
import { useMay, useMe } from './session.ts'
import { useShortcuts } from './shortcuts.ts'

// What is opened later is loaded later.
const Account = lazy(() => import('./account.tsx'))
const Commands = lazy(() => import('./commands.tsx'))
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'))
const WorkspacePicker = lazy(() => import('./workspace-picker.tsx'))

const icon = 'size-5 shrink-0'

/** The frame around every screen: where one can go, who one is, and whether the server is there. */
export function Shell() {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const mine = useMe()
  const workspaceId = mine?.workspace.id
  useKeptPreferences(mine)
  const [open, setOpen] = useState<'commands' | 'keys' | null>(null)
  useShortcuts(setOpen)
  const close = () => setOpen(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the feed of another workspace is another feed
  useEffect(() => followEvents(queries), [queries, workspaceId])
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_1fr]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded-control
          focus:bg-raised focus:p-3"
      >
        {t('app.skip')}
      </a>
      <Side onSearch={() => setOpen('commands')} />
      <div className="flex min-w-0 flex-col">
        <ConnectionBanner />
        <main id="content" tabIndex={-1} className="min-w-0 grow outline-none">
          <Allowed />
        </main>
      </div>
      <BottomBar />
      <Toasts />
      <Suspense>
        {open === 'commands' && <Commands onClose={close} />}
        {open === 'keys' && <ShortcutSheet onClose={close} />}
      </Suspense>
    </div>
  )
}

/** The screen, or why it is not for this member. */
function Allowed() {
  const { t } = useLanguage()
  const may = useMay()
  const path = useLocation({ select: ({ pathname }) => pathname })
  const place = places.find(({ to }) => path === to || path.startsWith(`${to}/`))
  if (!place || may(place.needs)) return <Outlet />
  return (
    <Page title={t(`nav.${place.word}`)}>
      <Forbidden />
    </Page>
  )
}

function Side({ onSearch }: { onSearch: () => void }) {
  const { t } = useLanguage()
  return (
    <aside
      className="flex items-center gap-2 border-b border-line bg-surface px-4 py-2 lg:sticky lg:top-0 lg:h-dvh
        lg:flex-col lg:items-stretch lg:border-e lg:border-b-0 lg:p-4"
    >
      <div className="flex min-w-0 grow items-center gap-2 lg:grow-0 lg:flex-col lg:items-stretch lg:gap-3">
        <span className="flex items-center gap-2 text-lg font-bold text-accent">
          <img src="/icon.svg" alt="" className="size-7" />
          <span className="hidden sm:inline">{t('app.name')}</span>
        </span>
        <Workspace />
      </div>
      <Button look="plain" size="small" onPress={onSearch}>
        <Search aria-hidden className="size-4" />
        <span className="hidden lg:inline">{t('nav.search')}</span>
        <span className="sr-only lg:hidden">{t('nav.search')}</span>
      </Button>
      <nav aria-label={t('nav.main')} className="hidden grow flex-col gap-1 lg:flex">
        <Places />
      </nav>
      <Suspense fallback={<span className="size-9" />}>
        <Account />
      </Suspense>
    </aside>
  )
}

function Workspace() {
  const mine = useMe()
  if (!mine) return null
  const name = <span className="truncate text-sm text-muted lg:px-1">{mine.workspace.name}</span>
  if (mine.workspaces.length < 2) return name
  return (
    <Suspense fallback={name}>
      <WorkspacePicker mine={mine} />
    </Suspense>
  )
}

function Places() {
  const { t } = useLanguage()
  const may = useMay()
  return (
    <>
      {may('posts:write') && (
        <Place to="/compose" icon={<PenLine aria-hidden className={icon} />}>
          {t('nav.compose')}
        </Place>
      )}
      <Place to="/calendar" icon={<CalendarDays aria-hidden className={icon} />}>
        {t('nav.calendar')}
      </Place>
      <Place to="/approvals" icon={<CircleCheckBig aria-hidden className={icon} />}>
        {t('nav.approvals')}
      </Place>
      <Place
        to="/attention"
        icon={<TriangleAlert aria-hidden className={icon} />}
        badge={<AttentionCount />}
      >
        {t('nav.attention')}
      </Place>
      {may('inbox:read') && (
        <Place to="/conversations" icon={<MessagesSquare aria-hidden className={icon} />}>
          {t('nav.conversations')}
        </Place>
      )}
      <Place to="/channels" icon={<Radio aria-hidden className={icon} />}>
        {t('nav.channels')}
      </Place>
      <Place to="/settings" icon={<Settings aria-hidden className={icon} />}>
        {t('nav.settings')}
      </Place>
    </>
  )
}

interface PlaceProps {
  to: LinkProps['to']
  icon: ReactNode
  badge?: ReactNode
  children: ReactNode
}

function Place({ to, icon: sign, badge, children }: PlaceProps) {
  return (
    <Link
      to={to}
      className="flex min-h-10 items-center gap-3 rounded-control px-3 text-ink no-underline hover:bg-sunken
        aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
    >
      {sign}
      <span className="grow">{children}</span>
      {badge}
    </Link>
  )
}

/** How many publications wait for a person. */
function AttentionCount() {
  const { show } = useLanguage()
  const failed = useQuery(attention.failed).data?.length ?? 0
  const unconfirmed = useQuery(attention.unconfirmed).data?.length ?? 0
  const missed = useQuery(attention.missed).data?.length ?? 0
  const count = failed + unconfirmed + missed
  if (count === 0) return null
  return (
    <span className="rounded-full bg-bad-soft px-2 text-xs font-semibold text-bad">
      {show.number(count)}
    </span>
  )
}

/** On a phone: the places within reach of a thumb. */
function BottomBar() {
  const { t } = useLanguage()
  const may = useMay()
  const place = `flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-[0.7rem] text-muted no-underline
    aria-[current=page]:text-accent aria-[current=page]:font-semibold`
  return (
    <nav
      aria-label={t('nav.main')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <Link to="/calendar" className={place}>
        <CalendarDays aria-hidden className={icon} />
        {t('nav.calendar')}
      </Link>
      <Link to="/approvals" className={place}>
        <CircleCheckBig aria-hidden className={icon} />
        {t('nav.approvals')}
      </Link>
      {may('posts:write') && (
        <Link to="/compose" className={place}>
          <PenLine aria-hidden className={icon} />
          {t('nav.compose')}
        </Link>
      )}
      <Link to="/attention" className={place}>
        <TriangleAlert aria-hidden className={icon} />
        {t('nav.attention')}
      </Link>
      {may('inbox:read') && (
        <Link to="/conversations" className={place}>
          <MessagesSquare aria-hidden className={icon} />
          {t('nav.conversations')}
        </Link>
      )}
    </nav>
  )
}

/** Says that the server is away, as long as it is. */
function ConnectionBanner() {
  const { t } = useLanguage()
  const connection = useConnection()
  const isOnline = useOnline()
  if (isOnline && connection === 'live') return null
  return (
    <div role="alert" className="bg-warn-soft px-4 py-2 text-center text-sm text-warn">
      {isOnline ? t('app.unreachable') : t('app.offline')}
    </div>
  )
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  return isOnline
}

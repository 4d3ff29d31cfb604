import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { Suspense } from 'react'
import { attentionCounts } from '../api/queries.ts'
import { Button } from '../kit/button.tsx'
import { lazyWithRetry } from '../kit/lazy-with-retry.ts'
import { useLanguage } from '../language/use-language.tsx'
import { bottomNav, type NavItem, navItems } from './nav-items.ts'
import { useMay, useMe } from './session.ts'

const Account = lazyWithRetry(() => import('./account.tsx'))
const WorkspacePicker = lazyWithRetry(() => import('./workspace-picker.tsx'))

/** Beside the screen, or above it where there is no room: the places, and who one is where. */
export function Sidebar({ onSearch }: { onSearch: () => void }) {
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
        <Links
          to={navItems}
          className="flex min-h-10 items-center gap-3 rounded-control px-3 text-ink no-underline hover:bg-sunken
            aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
        />
      </nav>
      <Suspense fallback={<span className="size-9" />}>
        <Account />
      </Suspense>
    </aside>
  )
}

/** On a phone: the places within reach of a thumb. */
export function BottomBar() {
  const { t } = useLanguage()
  return (
    <nav
      aria-label={t('nav.main')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <Links
        to={bottomNav}
        className="relative flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-[0.7rem] text-muted
          no-underline aria-[current=page]:font-semibold aria-[current=page]:text-accent"
      />
    </nav>
  )
}

/** Those of the places that are for this member. */
function Links({ to, className }: { to: readonly NavItem[]; className: string }) {
  const { t } = useLanguage()
  const may = useMay()
  return to
    .filter(({ needs }) => may(needs))
    .map(({ to, word, icon: Icon }) => (
      <Link key={to} to={to} className={className}>
        <Icon aria-hidden className="size-5 shrink-0" />
        <span className="lg:grow lg:whitespace-nowrap">{t(`nav.${word}`)}</span>
        {word === 'attention' && <AttentionCount />}
      </Link>
    ))
}

/** How many publications need a person. */
function AttentionCount() {
  const { show } = useLanguage()
  const { data } = useQuery(attentionCounts)
  const count = Object.values(data ?? {}).reduce<number>((sum, one) => sum + (one ?? 0), 0)
  if (count === 0) return null
  return (
    <span
      className="rounded-full bg-bad-soft px-2 text-xs font-semibold text-bad max-lg:absolute max-lg:start-1/2
        max-lg:top-1 max-lg:px-1.5"
    >
      {show.number(count)}
    </span>
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

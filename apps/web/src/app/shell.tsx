import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { followEvents } from '../api/live.ts'
import { lazyWithRetry } from '../kit/lazy-with-retry.ts'
import { Page } from '../kit/page.tsx'
import { Forbidden, Undeclared } from '../kit/states.tsx'
import { Toasts } from '../kit/toasts.tsx'
import { useLanguage } from '../language/use-language.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { screenAt } from './nav-items.ts'
import { BottomBar, Sidebar } from './navigation.tsx'
import { useSavedPreferences } from './save-preferences.ts'
import { useMay, useMe, useSharedSession } from './session.ts'
import { useShortcuts } from './shortcuts.ts'

// Loaded only when opened.
const Commands = lazyWithRetry(() => import('./commands.tsx'))
const ShortcutSheet = lazyWithRetry(() => import('./shortcut-sheet.tsx'))

/** The frame around every screen: where one can go, who one is, and whether the server is there. */
export function Shell() {
  const { t } = useLanguage()
  const queries = useQueryClient()
  useSavedPreferences(useMe())
  useSharedSession()
  const [open, setOpen] = useState<'commands' | 'keys' | null>(null)
  useShortcuts(setOpen)
  const close = () => setOpen(null)
  useEffect(() => followEvents(queries), [queries])
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_1fr]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded-control
          focus:bg-raised focus:p-3"
      >
        {t('app.skip')}
      </a>
      <Sidebar onSearch={() => setOpen('commands')} />
      <div className="flex min-w-0 flex-col">
        <ConnectionBanner />
        <main id="content" tabIndex={-1} className="min-w-0 grow outline-none">
          <Allowed />
        </main>
      </div>
      <BottomBar />
      <Toasts />
      <Suspense>
        {open === 'commands' && <Commands onClose={close} onKeys={() => setOpen('keys')} />}
        {open === 'keys' && <ShortcutSheet onClose={close} />}
      </Suspense>
    </div>
  )
}

/** The screen, or why it is not for this member. */
function Allowed() {
  const { t } = useLanguage()
  const may = useMay()
  const screen = screenAt(useLocation({ select: ({ pathname }) => pathname }))
  if (screen && may(screen.needs)) return <Outlet />
  return (
    <Page title={t(screen?.title ?? 'app.name')}>{screen ? <Forbidden /> : <Undeclared />}</Page>
  )
}

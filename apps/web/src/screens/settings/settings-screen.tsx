import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useMay } from '../../app/session.ts'
import type { SettingsTab } from '../../app/settings-tabs.ts'
import { lazyWithRetry } from '../../kit/lazy-with-retry.ts'
import { Page } from '../../kit/page.tsx'
import { Sections } from '../../kit/sections.tsx'
import { Skeleton } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { PreferencesForm } from './preferences-form.tsx'

// The other tabs are loaded when they are opened.
const Policies = lazyWithRetry(() => import('./policies.tsx'))
const Members = lazyWithRetry(() => import('./members.tsx'))
const ApiKeys = lazyWithRetry(() => import('./api-keys.tsx'))
const AuditLog = lazyWithRetry(() => import('./audit-log.tsx'))

const route = getRouteApi('/inside/settings')

/** Who one is, who else is here, and by what rules. */
export function SettingsScreen() {
  const { t } = useLanguage()
  const may = useMay()
  const navigate = useNavigate()
  const { tab = 'you' } = route.useSearch()
  const sections = [
    { id: 'you', panel: <PreferencesForm />, isOpen: true },
    { id: 'policy', panel: <Policies />, isOpen: may('workspace:read') },
    { id: 'members', panel: <Members />, isOpen: may('members:read') },
    { id: 'keys', panel: <ApiKeys />, isOpen: may('api-keys:read') },
    { id: 'audit', panel: <AuditLog />, isOpen: may('audit:read') },
  ] as const satisfies { id: SettingsTab; panel: unknown; isOpen: boolean }[]
  const open = sections.filter(({ isOpen }) => isOpen)
  return (
    <Page title={t('settings.title')}>
      <Sections
        label={t('settings.title')}
        chosen={open.some(({ id }) => id === tab) ? tab : 'you'}
        onChoose={(id) => void navigate({ to: '/settings', search: { tab: id } })}
        sections={open.map(({ id, panel }) => ({
          id,
          label: t(`settings.${id}`),
          panel: <Suspense fallback={<Skeleton />}>{panel}</Suspense>,
        }))}
      />
    </Page>
  )
}

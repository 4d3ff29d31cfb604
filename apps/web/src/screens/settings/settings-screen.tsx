import { lazy, Suspense } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useMay } from '../../app/session.ts'
import { Page } from '../../kit/page.tsx'
import { Skeleton } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { PreferencesForm } from './preferences-form.tsx'

// What is behind the other tabs is loaded when one is opened.
const Policies = lazy(() => import('./policies.tsx'))
const Members = lazy(() => import('./members.tsx'))
const ApiKeys = lazy(() => import('./api-keys.tsx'))
const AuditLog = lazy(() => import('./audit-log.tsx'))

/** Who one is, who else is here, and by what rules. */
export function SettingsScreen() {
  const { t } = useLanguage()
  const may = useMay()
  const tabs = [
    { id: 'you', panel: <PreferencesForm />, isOpen: true },
    { id: 'policy', panel: <Policies />, isOpen: may('workspace:read') },
    { id: 'members', panel: <Members />, isOpen: may('members:read') },
    { id: 'keys', panel: <ApiKeys />, isOpen: may('api-keys:read') },
    { id: 'audit', panel: <AuditLog />, isOpen: may('audit:read') },
  ] as const
  const open = tabs.filter(({ isOpen }) => isOpen)
  return (
    <Page title={t('settings.title')}>
      <Tabs className="flex flex-col gap-4">
        <TabList
          aria-label={t('settings.title')}
          className="flex gap-1 overflow-x-auto border-b border-line"
        >
          {open.map(({ id }) => (
            <Tab
              key={id}
              id={id}
              className="min-h-10 cursor-pointer border-b-2 border-transparent px-4 py-2 whitespace-nowrap text-muted
                data-hovered:text-ink data-selected:border-accent data-selected:font-semibold data-selected:text-ink"
            >
              {t(`settings.${id}`)}
            </Tab>
          ))}
        </TabList>
        {open.map(({ id, panel }) => (
          <TabPanel key={id} id={id} className="outline-none">
            <Suspense fallback={<Skeleton />}>{panel}</Suspense>
          </TabPanel>
        ))}
      </Tabs>
    </Page>
  )
}

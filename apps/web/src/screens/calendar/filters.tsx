import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { memo } from 'react'
import { channels } from '../../api/queries.ts'
import type { CalendarSearch } from '../../app/router.tsx'
import { useMe } from '../../app/session.ts'
import { Segments } from '../../kit/choice.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Picker } from '../../kit/picker.tsx'
import { prefer } from '../../language/preferences.ts'
import { useLanguage } from '../../language/use-language.tsx'
import type { View } from './span.ts'

const route = getRouteApi('/inside/calendar')

const states = [
  'planned',
  'published',
  'failed',
  'unconfirmed',
  'missed',
  'held',
  'cancelled',
] as const

const everything = 'any'

/** What is shown; it stands in the address, so that it can be sent to somebody. Another month does not concern it. */
export default memo(function Filters({ view }: { view: View }) {
  const { t, wanted } = useLanguage()
  const channel = route.useSearch({ select: (search) => search.channel })
  const state = route.useSearch({ select: (search) => search.state })
  const navigate = useNavigate({ from: '/calendar' })
  const known = useQuery(channels).data ?? []
  const workspaceZone = useMe()?.workspace.zone
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone
  const zones = [...new Set([mine, workspaceZone, wanted.zone, 'UTC'])].filter(
    (one) => one !== undefined,
  )
  const set = (change: CalendarSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }) })
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segments
        label={t('calendar.title')}
        isLabelHidden
        value={view}
        onChange={(chosen) => set({ view: chosen })}
        options={[
          { id: 'month', label: t('calendar.month') },
          { id: 'week', label: t('calendar.week') },
          { id: 'list', label: t('calendar.list') },
        ]}
      />
      <Picker
        label={t('calendar.channel')}
        isLabelHidden
        value={channel ?? everything}
        onChange={(id) => set({ channel: id === everything ? undefined : id })}
        options={[
          { id: everything, label: t('calendar.anyChannel') },
          ...known.map(({ id, name, network }) => ({
            id,
            label: name,
            icon: <NetworkMark network={network} />,
          })),
        ]}
      />
      <Picker
        label={t('calendar.state')}
        isLabelHidden
        value={state ?? everything}
        onChange={(id) => set({ state: id === everything ? undefined : id })}
        options={[
          { id: everything, label: t('calendar.anyState') },
          ...states.map((id) => ({ id, label: t(`state.${id}`) })),
        ]}
      />
      <Picker
        label={t('calendar.zone')}
        isLabelHidden
        value={wanted.zone}
        onChange={(zone) => prefer({ zone })}
        options={zones.map((id) => ({ id, label: id }))}
      />
    </div>
  )
})

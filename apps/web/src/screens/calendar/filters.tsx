import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { FilePen } from 'lucide-react'
import { memo } from 'react'
import { channels } from '../../api/queries.ts'
import type { CalendarSearch } from '../../app/router.tsx'
import { useMay, useMe } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Segments } from '../../kit/choice.tsx'
import { NetworkMark, useNetworkName } from '../../kit/network-mark.tsx'
import { Picker } from '../../kit/picker.tsx'
import { usePreferences } from '../../language/preferences.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { formatZone } from '../../language/zone-names.ts'
import type { CardState } from './appointments.ts'
import type { View } from './span.ts'

const route = getRouteApi('/inside/calendar')

const states = [
  'planned',
  'in_review',
  'published',
  'failed',
  'unconfirmed',
  'missed',
  'held',
  'cancelled',
] as const satisfies CardState[]

const everything = 'any'
/** Prefix that tells networks from channel ids in the picker. */
const wholeNetwork = 'network '

/** The filters; kept in the URL, so that a view can be shared. Memoised, as another month does not concern them. */
export default memo(function Filters({ view }: { view: View }) {
  const { t } = useLanguage()
  const state = route.useSearch({ select: (search) => search.state })
  const areDraftsOpen = route.useSearch({ select: (search) => search.drafts ?? false })
  const mayWrite = useMay()('posts:write')
  const set = useSet()
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
      <WhereTo />
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
      <Zone />
      {mayWrite && (
        <Button
          aria-pressed={areDraftsOpen}
          onPress={() => set({ drafts: areDraftsOpen ? undefined : true })}
        >
          <FilePen aria-hidden className="size-4" />
          {t('calendar.drafts')}
        </Button>
      )}
    </div>
  )
})

function useSet() {
  const navigate = useNavigate({ from: '/calendar' })
  return (change: CalendarSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }) })
}

/** One channel, all of a network, or all. */
function WhereTo() {
  const { t } = useLanguage()
  const channel = route.useSearch({ select: (search) => search.channel })
  const network = route.useSearch({ select: (search) => search.network })
  const nameOf = useNetworkName()
  const known = useQuery(channels).data ?? []
  const networks = [...new Set(known.map((one) => one.network))]
  const set = useSet()
  return (
    <Picker
      label={t('calendar.channel')}
      isLabelHidden
      value={channel ?? (network ? wholeNetwork + network : everything)}
      onChange={(id) =>
        set({
          channel: id === everything || id.startsWith(wholeNetwork) ? undefined : id,
          network: id.startsWith(wholeNetwork) ? id.slice(wholeNetwork.length) : undefined,
        })
      }
      options={[
        { id: everything, label: t('calendar.anyChannel') },
        ...(networks.length > 1 ? networks : []).map((id) => ({
          id: wholeNetwork + id,
          label: t('calendar.allOf', { network: nameOf(id) }),
          icon: <NetworkMark network={id} />,
        })),
        ...known.map((one) => ({
          id: one.id,
          label: one.name,
          icon: <NetworkMark network={one.network} />,
        })),
      ]}
    />
  )
}

/** The zone that is shown; choosing one here does not change the preference. */
function Zone() {
  const { t, wanted } = useLanguage()
  const preferred = usePreferences().zone
  const ofWorkspace = useMe()?.workspace.zone
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const zones = [...new Set([preferred, ofWorkspace, here, wanted.zone, 'UTC'])].filter(
    (one) => one !== undefined,
  )
  const set = useSet()
  return (
    <Picker
      label={t('calendar.zone')}
      isLabelHidden
      value={wanted.zone}
      onChange={(zone) => set({ zone: zone === preferred ? undefined : zone })}
      options={zones.map((id) => ({ id, label: formatZone(id, wanted).name, note: id }))}
    />
  )
}

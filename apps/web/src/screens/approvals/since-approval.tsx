import { type ExtraName, nameOfExtra } from '@hamava/networks/rules'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { asset, channels } from '../../api/queries.ts'
import { approvedRevision } from '../../api/revisions.ts'
import type { Post } from '../../api/types.ts'
import { ErrorMessage } from '../../kit/error-message.tsx'
import { Added, Removed, TextDiff } from '../../kit/text-diff.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { useExtraInWords } from '../compose/fields/extra-in-words.ts'
import { useSettingsInWords } from '../compose/fields/schema/settings-in-words.ts'
import { type Change, changesSince, isEmpty } from './changes.ts'

/** What has changed since the last approval: words, images, channels and the time. */
export function SinceApproval({ post }: { post: Post }) {
  const { t, show } = useLanguage()
  const { data: approved, error, isPending } = useQuery(approvedRevision(post.id, post.version))
  const known = useQuery(channels).data ?? []
  const nameOf = (id: string) => known.find((one) => one.id === id)?.name ?? id
  // Loading and errors are shown, so that nobody approves changes unaware that they could not be compared.
  if (isPending) return <p className="text-sm text-muted">{t('app.loading')}</p>
  if (error) return <ErrorMessage error={error} />
  if (!approved) return null
  const changes = changesSince(approved, { said: post, schedule: post.schedule })
  if (isEmpty(changes)) return null
  const { content: said, channels: other, time } = changes
  const titleOf = ({ what, part, channelId, field }: Change) => {
    const number = show.number(part)
    const isPart = what === 'part' || part > 1
    const words = [
      isPart && t('compose.part', { number }),
      what === 'extra' && show.said(nameOfExtra(field as ExtraName)),
      what !== 'part' && what !== 'extra' && what !== 'without' && t(`approvals.what.${what}`),
      channelId && t('compose.variant', { name: nameOf(channelId) }),
    ]
    return words.filter(Boolean).join(' · ')
  }
  return (
    <section aria-label={t('approvals.diff')} className="flex flex-col gap-3">
      <h2 className="text-sm font-medium">{t('approvals.diff')}</h2>
      {said.map((change) => (
        <Changed
          key={`${change.what} ${change.part} ${change.channelId} ${change.assetId ?? change.field}`}
          title={titleOf(change)}
        >
          <ChangedValue change={change} />
        </Changed>
      ))}
      {(other.added.length > 0 || other.removed.length > 0) && (
        <Changed title={t('compose.channels')}>
          <p className="flex flex-wrap gap-2">
            {other.removed.map((id) => (
              <Removed key={id}>{nameOf(id)}</Removed>
            ))}
            {other.added.map((id) => (
              <Added key={id}>{nameOf(id)}</Added>
            ))}
          </p>
        </Changed>
      )}
      {time && (
        <Changed title={t('compose.when')}>
          <p className="flex flex-col items-start">
            {time.before && <Removed>{show.when(time.before.dueAt)}</Removed>}
            {time.after && <Added>{show.when(time.after.dueAt)}</Added>}
          </p>
        </Changed>
      )}
    </section>
  )
}

function Changed({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <h3 className="text-xs text-muted">{title}</h3>
      {children}
    </div>
  )
}

function ChangedValue({ change }: { change: Change }) {
  const { t } = useLanguage()
  const { what, channelId, assetId, before, after } = change
  if (what === 'extra') return <ChangedExtra {...{ before, after }} />
  if (what === 'without') return <ChangedLack {...change} />
  if (what === 'settings') return <ChangedSettings {...{ channelId, before, after }} />
  if (!assetId) return <TextDiff before={before ?? ''} after={after ?? ''} />
  return (
    <div className="flex items-center gap-3">
      <Thumbnail id={assetId} isGone={after === null} />
      {before === null || after === null ? (
        <p className="text-sm">
          {after === null ? (
            <Removed>{t('approvals.imageGone')}</Removed>
          ) : (
            <Added>{after || t('compose.altMissing')}</Added>
          )}
        </p>
      ) : (
        <TextDiff before={before} after={after} />
      )}
    </div>
  )
}

function ChangedExtra({ before, after }: Pick<Change, 'before' | 'after'>) {
  const inWords = useExtraInWords()
  const told = (extra: string) => inWords(JSON.parse(extra))
  return (
    <p className="flex flex-col items-start">
      {before && <Removed>{told(before)}</Removed>}
      {after && <Added>{told(after)}</Added>}
    </p>
  )
}

/** One channel now goes without something that the others have, or has it again. */
function ChangedLack({ field, after }: Change) {
  const { t, show } = useLanguage()
  const number = show.number(0)
  const words: Record<string, string> = {
    firstComment: t('compose.noComment'),
    assets: t('compose.ownImages', { number }),
    parts: t('compose.ownThread', { number }),
  }
  const told =
    words[field ?? ''] ?? `${show.said(nameOfExtra(field as ExtraName))}: ${t('compose.none')}`
  return <p>{after === null ? <Removed>{told}</Removed> : <Added>{told}</Added>}</p>
}

function ChangedSettings({
  channelId,
  before,
  after,
}: Pick<Change, 'channelId' | 'before' | 'after'>) {
  const inWords = useSettingsInWords()
  const known = useQuery(channels).data ?? []
  const network = known.find(({ id }) => id === channelId)?.network
  const words = (settings: string | null) => inWords(network, JSON.parse(settings ?? '{}'))
  const [was, is] = [words(before), words(after)]
  return (
    <ul>
      {was
        .filter((one) => !is.includes(one))
        .map((one) => (
          <li key={one}>
            <Removed>{one}</Removed>
          </li>
        ))}
      {is
        .filter((one) => !was.includes(one))
        .map((one) => (
          <li key={one}>
            <Added>{one}</Added>
          </li>
        ))}
    </ul>
  )
}

function Thumbnail({ id, isGone }: { id: string; isGone: boolean }) {
  const { data } = useQuery(asset(id))
  return (
    <img
      src={`/v1/assets/${id}/content`}
      alt={data?.alt ?? ''}
      className={`size-14 rounded-control object-cover ${isGone ? 'opacity-50' : ''}`}
    />
  )
}

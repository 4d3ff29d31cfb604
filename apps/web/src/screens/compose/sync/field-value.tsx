import { extraNames, nameOfExtra } from '@hamava/networks/rules'
import { useQuery } from '@tanstack/react-query'
import { channels } from '../../../api/queries.ts'
import { NetworkMark } from '../../../kit/network-mark.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { wallMomentAt } from '../../../language/wall-time.ts'
import type { Draft, Part, Use } from '../draft/draft.ts'
import { AssetPicture } from '../fields/asset-picture.tsx'
import { useExtraInWords } from '../fields/extra-in-words.ts'
import { useSettingsInWords } from '../fields/schema/settings-in-words.ts'
import type { Field } from './differences.ts'

/** What a draft says in one field, for people to compare. */
export function FieldValue({
  field: { kind, channelId, extra },
  draft,
}: {
  field: Field
  draft: Draft
}) {
  const { t, show } = useLanguage()
  const [first, ...rest] = draft.parts
  const none = <p className="text-muted">{t('compose.nothing')}</p>
  switch (kind) {
    case 'text':
      return first.text ? <Words text={first.text} /> : none
    case 'images':
      return first.uses.length > 0 ? <Images uses={first.uses} /> : none
    case 'thread':
      return rest.length > 0 ? <Thread parts={rest} /> : none
    case 'firstComment':
      return draft.firstComment?.trim() ? <Words text={draft.firstComment} /> : none
    case 'extra':
      return <Extra value={extra && draft.extras[extra]} />
    case 'channels':
      return draft.channelIds.length > 0 ? <Channels ids={draft.channelIds} /> : none
    case 'variant':
      return <OwnWords channelId={channelId} own={draft.own[channelId ?? '']} />
    case 'time': {
      const { when, local, zone } = draft
      if (when !== 'at') return <p>{when === 'now' ? t('compose.now') : t('compose.draft')}</p>
      return <p>{show.when(wallMomentAt(local, zone))}</p>
    }
  }
}

/** The name of a field, with the channel it belongs to. */
export function useFieldName(): (field: Field) => string {
  const { t, show } = useLanguage()
  const known = useQuery(channels).data ?? []
  return ({ kind, channelId, extra }) => {
    if (kind === 'extra') return extra ? show.said(nameOfExtra(extra)) : ''
    if (kind !== 'variant') return t(`compose.fields.${kind}`)
    const name = known.find(({ id }) => id === channelId)?.name ?? ''
    return t('compose.variant', { name })
  }
}

const Words = ({ text }: { text: string }) => (
  <p dir="auto" className="break-words whitespace-pre-wrap">
    {text}
  </p>
)

/** An extra, in words. */
function Extra({ value }: { value: unknown }) {
  const { t } = useLanguage()
  const said = useExtraInWords()(value)
  return said ? <Words text={said} /> : <p className="text-muted">{t('compose.nothing')}</p>
}

function Images({ uses }: { uses: readonly Use[] }) {
  const { t } = useLanguage()
  return (
    <ul className="flex flex-col gap-2">
      {uses.map(({ id, alt }) => (
        <li key={id} className="flex items-center gap-2">
          <AssetPicture id={id} alt="" className="size-14 rounded-control object-cover" />
          <span dir="auto" className="min-w-0 text-sm text-muted">
            {alt || t('compose.altMissing')}
          </span>
        </li>
      ))}
    </ul>
  )
}

const Thread = ({ parts }: { parts: readonly Part[] }) => (
  <ol className="flex flex-col gap-2">
    {parts.map(({ key, text, uses }) => (
      <li key={key} className="border-s-2 border-line ps-2">
        <Words text={text} />
        <Images uses={uses} />
      </li>
    ))}
  </ol>
)

function Channels({ ids }: { ids: readonly string[] }) {
  const known = useQuery(channels).data ?? []
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {ids.map((id) => {
        const found = known.find((one) => one.id === id)
        return (
          <li key={id} className="flex items-center gap-1.5">
            {found && <NetworkMark network={found.network} />}
            <bdi>{found?.name ?? id}</bdi>
          </li>
        )
      })}
    </ul>
  )
}

interface OwnWordsProps {
  channelId: string | undefined
  own: Draft['own'][string] | undefined
}

function OwnWords({ channelId, own = {} }: OwnWordsProps) {
  const { t, show } = useLanguage()
  const settingsInWords = useSettingsInWords()
  const known = useQuery(channels).data ?? []
  const network = known.find(({ id }) => id === channelId)?.network
  const { text, firstComment, assets, parts, settings } = own
  if (Object.keys(own).length === 0) return <p className="text-muted">{t('compose.asOriginal')}</p>
  return (
    <div className="flex flex-col gap-1">
      {text !== undefined && <Words text={text} />}
      {typeof firstComment === 'string' && (
        <div>
          <p className="text-sm text-muted">{t('compose.ownComment')}</p>
          <Words text={firstComment} />
        </div>
      )}
      {firstComment === null && <p>{t('compose.noComment')}</p>}
      {assets && <p>{t('compose.ownImages', { number: show.number(assets.length) })}</p>}
      {parts && <p>{t('compose.ownThread', { number: show.number(parts.length) })}</p>}
      {extraNames.map(
        (extra) =>
          own[extra] !== undefined && (
            <div key={extra}>
              <p className="text-sm text-muted">{show.said(nameOfExtra(extra))}</p>
              <Extra value={own[extra]} />
            </div>
          ),
      )}
      {settings &&
        settingsInWords(network, settings).map((said) => (
          <p key={said} className="break-words">
            {said}
          </p>
        ))}
    </div>
  )
}

import { extraNames, nameOfExtra } from '@hamava/networks/rules'
import { MessageCircleOff, MessageCirclePlus, PenLine } from 'lucide-react'
import type { Dispatch, SetStateAction } from 'react'
import type { Channel, Variant } from '../../../api/types.ts'
import { Button } from '../../../kit/button.tsx'
import { NetworkMark, useNetworkName } from '../../../kit/network-mark.tsx'
import { Card } from '../../../kit/page.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { type Draft, withOwn } from '../draft/draft.ts'
import { ChannelSettings, SettingsButton, useSettingsForm } from './channel-settings.tsx'
import { ContentEditor } from './content-editor.tsx'
import { Overridden } from './overridden.tsx'

interface VariantsProps {
  draft: Draft
  onChange: Dispatch<SetStateAction<Draft>>
  channels: readonly Channel[]
}

/** The variants of channels; fields without one follow the post. */
export function Variants({ draft, onChange, channels }: VariantsProps) {
  return (
    <Card className="flex flex-col gap-3">
      {channels.map((channel) => (
        <OfOneChannel key={channel.id} channel={channel} draft={draft} onChange={onChange} />
      ))}
    </Card>
  )
}

type OneProps = Omit<VariantsProps, 'channels'> & { channel: Channel }

function OfOneChannel({ channel, draft, onChange }: OneProps) {
  const { t, show } = useLanguage()
  const nameOf = useNetworkName()
  const { id, name, network } = channel
  const own = draft.own[id] ?? {}
  const place = `field/targets/${draft.channelIds.indexOf(id)}/variant`
  const change = (next: Parameters<typeof withOwn>[2]) => onChange((now) => withOwn(now, id, next))
  const [first] = draft.parts
  const hasMedia = (own.assets ?? first.uses).length > 0
  const settings = useSettingsForm(channel, `${place}/settings`)
  const hasComment = Boolean(draft.firstComment?.trim())
  return (
    <section
      // Channels of one brand have one name on all networks.
      aria-label={show.list([t('compose.variant', { name }), nameOf(network)])}
      className="flex flex-col gap-2 not-first:border-t not-first:border-line not-first:pt-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex min-w-0 items-center gap-2 text-sm">
          <NetworkMark network={network} />
          <bdi className="truncate font-medium">{name}</bdi>
        </span>
        {own.text === undefined && (
          <Button
            look="quiet"
            size="small"
            aria-label={t('compose.override', { name })}
            onPress={() => change({ text: first.text })}
          >
            <PenLine aria-hidden className="size-4" />
            {t('compose.ownText')}
          </Button>
        )}
        {hasComment && own.firstComment === undefined && (
          <>
            <Button
              look="quiet"
              size="small"
              aria-label={t('compose.overrideComment', { name })}
              onPress={() => change({ firstComment: draft.firstComment ?? '' })}
            >
              <MessageCirclePlus aria-hidden className="size-4" />
              {t('compose.ownComment')}
            </Button>
            <Button
              look="quiet"
              size="small"
              aria-label={t('compose.withoutComment', { name })}
              onPress={() => change({ firstComment: null })}
            >
              <MessageCircleOff aria-hidden className="size-4" />
              {t('compose.noComment')}
            </Button>
          </>
        )}
        <SettingsButton form={settings} />
      </div>
      {own.text !== undefined && (
        <Overridden what={t('compose.ownText')} onReset={() => change({ text: undefined })}>
          <ContentEditor
            id={`${place}/text`}
            label={t('compose.variant', { name })}
            rows={4}
            channels={[channel]}
            hasMedia={hasMedia}
            value={own.text}
            onChange={(text) => change({ text })}
          />
        </Overridden>
      )}
      {typeof own.firstComment === 'string' && (
        <Overridden
          what={t('compose.ownComment')}
          onReset={() => change({ firstComment: undefined })}
        >
          <ContentEditor
            id={`${place}/firstComment`}
            label={t('compose.variantComment', { name })}
            rows={2}
            channels={[channel]}
            value={own.firstComment}
            onChange={(firstComment) => change({ firstComment })}
          />
        </Overridden>
      )}
      {own.firstComment === null && (
        <Overridden
          what={t('compose.noComment')}
          onReset={() => change({ firstComment: undefined })}
        />
      )}
      {carried.map(({ field, word }) => {
        const value = own[field]
        if (value === undefined) return null
        const number = show.number(value.length)
        return (
          <Overridden
            key={field}
            what={t(word, { number })}
            onReset={() => change({ [field]: undefined })}
          />
        )
      })}
      {extraNames.map((extra) =>
        own[extra] === undefined ? null : (
          <Overridden
            key={extra}
            what={show.said(nameOfExtra(extra))}
            onReset={() => change({ [extra]: undefined })}
          />
        ),
      )}
      <ChannelSettings
        form={settings}
        settings={own.settings}
        onChange={(next) => change({ settings: next })}
      />
    </section>
  )
}

/** Variant fields that only programs can set; they are kept as they came, shown, and can be removed. */
const carried = [
  { field: 'assets', word: 'compose.ownImages' },
  { field: 'parts', word: 'compose.ownThread' },
] as const satisfies { field: keyof Variant; word: `compose.${string}` }[]

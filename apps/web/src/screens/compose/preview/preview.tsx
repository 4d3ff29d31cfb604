import { previews } from '@hamava/networks/previews'
import { extrasOf, messagesOf } from '@hamava/networks/rules'
import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { networks } from '../../../api/queries.ts'
import type { Channel } from '../../../api/types.ts'
import { Segments } from '../../../kit/choice.tsx'
import { NetworkMark, useNetworkName } from '../../../kit/network-mark.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { contentFor, type Draft } from '../draft/draft.ts'
import { useExtrasInWords } from '../fields/schema/settings-in-words.ts'
import { Face, Media, PostText } from './pieces.tsx'
import { PlainPreview } from './plain.tsx'

const AsMarkdown = lazy(() =>
  import('./as-markdown.tsx').then((it) => ({ default: it.AsMarkdown })),
)

/** How the post will look on each chosen channel. */
export function Preview({ draft, channels }: { draft: Draft; channels: readonly Channel[] }) {
  const { t } = useLanguage()
  const nameOf = useNetworkName()
  const [wanted, setWanted] = useState<string | null>(null)
  const chosen = channels.filter(({ id }) => draft.channelIds.includes(id))
  const channel = chosen.find(({ id }) => id === wanted) ?? chosen[0]
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-sm font-medium">{t('compose.preview')}</h2>
      {!channel && <p className="text-sm text-muted">{t('compose.previewEmpty')}</p>}
      {channel && chosen.length > 1 && (
        <Segments
          label={t('compose.preview')}
          isLabelHidden
          value={channel.id}
          onChange={setWanted}
          options={chosen.map(({ id, network, name }) => ({
            id,
            label: name || nameOf(network),
            icon: <NetworkMark network={network} />,
          }))}
        />
      )}
      {channel && <PostAs draft={draft} channel={channel} />}
    </section>
  )
}

/** The post as one channel shows it, with its thread and first comment where the network has such things. */
function PostAs({ draft, channel }: { draft: Draft; channel: Channel }) {
  const { show } = useLanguage()
  const can = useQuery(networks).data?.find(({ id }) => id === channel.network)?.capabilities ?? []
  const content = contentFor(draft, channel.id)
  const messages = messagesOf(content).filter(({ role }) => role === 'post' || can.includes(role))
  const extras = extrasOf(content) ?? {}
  const besides = useExtrasInWords()(channel.network, extras)
  const Look = previews[channel.network] ?? PlainPreview
  return (
    <>
      <Look
        channel={channel}
        messages={messages}
        settings={content.settings}
        pieces={{ Face, Media, PostText, MarkdownText, show }}
      />
      {besides.map((one) => (
        <p key={one} className="text-sm break-words text-muted">
          {one}
        </p>
      ))}
    </>
  )
}

/** Loads the Markdown renderer only where a server reads Markdown. */
function MarkdownText(props: ComponentProps<typeof PostText>) {
  return (
    <Suspense fallback={<PostText {...props} />}>
      <AsMarkdown {...props} />
    </Suspense>
  )
}

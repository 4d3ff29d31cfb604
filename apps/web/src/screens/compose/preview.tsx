import { MessageCircle } from 'lucide-react'
import { Fragment, useState } from 'react'
import type { Channel } from '../../api/types.ts'
import { Segments } from '../../kit/choice.tsx'
import { NetworkMark, useNetworkName } from '../../kit/network-mark.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { type Draft, type Part, textFor, type Use } from './draft.ts'

/** Networks that show a post as a message in a chat; the others as a card in a feed. */
const chats = new Set(['telegram'])

/** How the post will look on each chosen channel. */
export function Preview({ draft, channels }: { draft: Draft; channels: readonly Channel[] }) {
  const { t } = useLanguage()
  const nameOf = useNetworkName()
  const [wanted, setWanted] = useState<string | null>(null)
  const chosen = channels.filter(({ id }) => draft.channelIds.includes(id))
  const channel = chosen.find(({ id }) => id === wanted) ?? chosen[0]
  return (
    <section aria-label={t('compose.preview')} className="flex flex-col gap-3">
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

/** The post with its thread and first comment, as one channel shows it. */
function PostAs({ draft, channel }: { draft: Draft; channel: Channel }) {
  const { t } = useLanguage()
  const [first, ...rest] = draft.parts
  const shown: Part[] = [{ ...first, text: textFor(draft, channel.id) }, ...rest]
  return (
    <div className={chats.has(channel.network) ? 'rounded-card bg-accent-soft p-3' : ''}>
      {shown.map((part) => (
        <OnePart key={part.key} part={part} channel={channel} />
      ))}
      {draft.firstComment?.trim() && (
        <div className="ms-6 mt-2 border-s-2 border-line ps-3">
          <p className="flex items-center gap-1 text-xs text-muted">
            <MessageCircle aria-hidden className="size-3.5" />
            {t('compose.firstComment')}
          </p>
          <Said text={draft.firstComment} />
        </div>
      )}
    </div>
  )
}

function OnePart({ part, channel }: { part: Part; channel: Channel }) {
  const isChat = chats.has(channel.network)
  const { name, handle, network } = channel
  return (
    <article
      className={
        isChat
          ? 'mb-2 w-fit max-w-full overflow-hidden rounded-2xl rounded-ss-none bg-surface shadow-raised'
          : 'mb-2 rounded-card border border-line bg-surface p-3'
      }
    >
      {!isChat && (
        <header className="mb-2 flex items-center gap-2">
          <span className="flex size-9 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent">
            {[...name][0] ?? '?'}
          </span>
          <span className="min-w-0 text-sm leading-tight">
            <bdi className="block truncate text-match-parent font-semibold">{name}</bdi>
            <bdi className="block truncate text-match-parent text-muted">{handle}</bdi>
          </span>
          <span className="ms-auto">
            <NetworkMark network={network} />
          </span>
        </header>
      )}
      {isChat && <Pictures uses={part.uses} />}
      <div className={isChat ? 'px-3 py-2' : ''}>
        {isChat && <bdi className="text-sm font-semibold text-accent">{name}</bdi>}
        <Said text={part.text} />
      </div>
      {!isChat && <Pictures uses={part.uses} />}
    </article>
  )
}

const marks = /(https?:\/\/\S+|[#@][\p{L}\p{N}_.\u200c-]+(?:@[\p{L}\p{N}.-]+)?)/u

/** Paragraph by paragraph in its own direction; links, tags and handles stand out and stay together. */
function Said({ text }: { text: string }) {
  return (
    <div className="text-[0.95rem] leading-7 break-words">
      {text.split('\n').map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
        <p key={at} dir="auto" className="min-h-4">
          {line.split(marks).map((run, index) =>
            index % 2 === 1 ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor have runs
              <bdi key={index} className="text-info">
                {run}
              </bdi>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor have runs
              <Fragment key={index}>{run}</Fragment>
            ),
          )}
        </p>
      ))}
    </div>
  )
}

function Pictures({ uses }: { uses: readonly Use[] }) {
  if (uses.length === 0) return null
  return (
    <div
      className={`mt-2 grid gap-1 overflow-hidden rounded-card ${uses.length > 1 ? 'grid-cols-2' : ''}`}
    >
      {uses.map(({ id, alt }) => (
        <img
          key={id}
          src={`/v1/assets/${id}/content`}
          alt={alt}
          className="max-h-72 w-full bg-sunken object-cover"
        />
      ))}
    </div>
  )
}

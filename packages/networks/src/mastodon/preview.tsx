import { Bookmark, Ellipsis, Globe, Repeat, Reply, Star } from 'lucide-react'
import type { PreviewProps } from '../preview-props.ts'

/** A head with a square face and the whole handle, the words beneath it over the full width. */
export function MastodonPreview({ channel, messages, settings, pieces }: PreviewProps) {
  const { Face, Media, PostText, MarkdownText } = pieces
  const Text = channel.limits.readsMarkdown ? MarkdownText : PostText
  return (
    <div className="divide-y divide-line rounded-card border border-line bg-surface">
      {messages.map(({ role, text, assets, path }) => (
        <article key={path.text} className="flex flex-col gap-2.5 p-4">
          <header className="flex items-center gap-2.5">
            <Face name={channel.name} look="size-11 rounded-lg" />
            <span className="min-w-0 grow leading-tight">
              <bdi className="block truncate text-match-parent font-bold">{channel.name}</bdi>
              <bdi className="block truncate text-match-parent text-sm text-muted">
                {channel.handle}
              </bdi>
            </span>
            <Globe aria-hidden className="size-4 self-start text-muted" />
          </header>
          <Text text={text} look="leading-6" />
          {role === 'post' && <Poll poll={settings.poll} />}
          <Media assets={assets} look="rounded-lg" marksAlt />
          <div aria-hidden className="flex justify-between text-muted">
            <Reply className="size-5 rtl:-scale-x-100" />
            <Repeat className="size-5" />
            <Star className="size-5" />
            <Bookmark className="size-5" />
            <Ellipsis className="size-5" />
          </div>
        </article>
      ))}
    </div>
  )
}

/** The choices of a poll, as far as it is filled in; the mark is round for one answer, square for several. */
function Poll({ poll }: { poll: unknown }) {
  const { options: written, multiple } = Object(poll) as { options?: unknown; multiple?: unknown }
  const texts = (Array.isArray(written) ? written : []).filter((one) => typeof one === 'string')
  const options = [...new Set(texts)].filter((option) => option.trim() !== '')
  if (options.length === 0) return null
  return (
    <ul className="flex flex-col gap-2">
      {options.map((option) => (
        <li key={option} className="flex items-center gap-2">
          <span
            aria-hidden
            className={`size-4 shrink-0 border-2 border-line-strong ${multiple ? 'rounded' : 'rounded-full'}`}
          />
          <bdi className="min-w-0 break-words">{option}</bdi>
        </li>
      ))}
    </ul>
  )
}

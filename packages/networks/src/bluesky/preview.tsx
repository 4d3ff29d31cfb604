import { Ellipsis, Heart, MessageSquare, Repeat2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PreviewProps } from '../preview-props.ts'

/** Names and words in one column beside a round face; a thread hangs on a line between the faces. */
export function BlueskyPreview({ channel, messages, settings, pieces }: PreviewProps) {
  const { linkCard } = settings
  const { Face, Media, PostText } = pieces
  return (
    <div className="rounded-card border border-line bg-surface">
      {messages.map(({ role, text, assets, path }, at) => (
        <article key={path.text} className="flex gap-3 px-3 pt-3">
          <div className="flex flex-col items-center">
            <Face name={channel.name} look="size-10 rounded-full" />
            {at < messages.length - 1 && <span className="mt-1 w-0.5 grow bg-line" />}
          </div>
          <div className="min-w-0 grow pb-2">
            <header className="flex min-w-0 items-baseline gap-1 text-[0.95rem]">
              <bdi className="truncate font-bold">{channel.name}</bdi>
              <bdi className="min-w-0 shrink-[9] truncate text-muted">{channel.handle}</bdi>
            </header>
            <PostText text={text} look="text-[0.95rem] leading-6" />
            {role === 'post' && linkCard ? (
              <LinkCard card={linkCard}>
                <Media assets={assets.slice(0, 1)} />
              </LinkCard>
            ) : (
              <Media assets={assets} look="mt-2 rounded-xl border border-line" marksAlt />
            )}
            <div aria-hidden className="mt-2 flex max-w-80 justify-between text-muted">
              <MessageSquare className="size-4" />
              <Repeat2 className="size-4" />
              <Heart className="size-4" />
              <Ellipsis className="size-4" />
            </div>
          </div>
        </article>
      ))}
    </div>
  )
}

/** The image over the whole width, then the page's title and address, as far as they are filled in. */
function LinkCard({ card, children }: { card: unknown; children: ReactNode }) {
  const written = Object(card) as Record<string, unknown>
  const textOf = (name: string) => (typeof written[name] === 'string' ? written[name] : '')
  const [url, title, description] = [textOf('url'), textOf('title'), textOf('description')]
  const host = URL.canParse(url) ? new URL(url).host : url
  return (
    <div className="mt-2 overflow-hidden rounded-xl border border-line">
      {children}
      <div className="flex flex-col gap-0.5 p-3">
        <p dir="auto" className="font-semibold break-words">
          {title}
        </p>
        {description && (
          <p dir="auto" className="text-sm break-words">
            {description}
          </p>
        )}
        <bdi className="truncate text-match-parent text-xs text-muted">{host}</bdi>
      </div>
    </div>
  )
}

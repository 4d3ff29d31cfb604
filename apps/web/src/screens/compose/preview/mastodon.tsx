import { Bookmark, Ellipsis, Globe, Repeat, Reply, Star } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { Part } from '../draft/draft.ts'
import { Face, Media, PostText } from './pieces.tsx'
import type { PreviewProps } from './preview-props.ts'

/** Only where a server reads Markdown, its reader is needed. */
const AsMarkdown = lazy(() =>
  import('./as-markdown.tsx').then((it) => ({ default: it.AsMarkdown })),
)

/** A head with a square face and the whole handle, the words beneath it over the full width. */
export function MastodonLook({ channel, first, thread, comment }: PreviewProps) {
  const replies: Pick<Part, 'key' | 'text' | 'uses'>[] =
    comment === null ? [] : [{ key: 'comment', text: comment, uses: [] }]
  return (
    <div className="divide-y divide-line rounded-card border border-line bg-surface">
      {[first, ...thread, ...replies].map(({ key, text, uses }) => (
        <article key={key} className="flex flex-col gap-2.5 p-4">
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
          {channel.limits.readsMarkdown ? (
            <Suspense fallback={<PostText text={text} look="leading-6" />}>
              <AsMarkdown text={text} look="leading-6" />
            </Suspense>
          ) : (
            <PostText text={text} look="leading-6" />
          )}
          <Media uses={uses} look="rounded-lg" marksAlt />
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

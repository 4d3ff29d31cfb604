import type { Post } from '../../api/types.ts'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useLanguage } from '../../language/use-language.tsx'

const mark = ' draft'

/** The post's id in the key of a draft card; undefined for other cards. */
export const draftIdIn = (key: string): string | undefined =>
  key.endsWith(mark) ? key.slice(0, -mark.length) : undefined

/** A post without a time. `Movable` around it opens it, and gives it the day that it is moved to. */
export function DraftCard({ post: { id, text, state, updatedAt } }: { post: Post }) {
  const { t, show } = useLanguage()
  return (
    <a
      href={`/posts/${id}`}
      data-key={`${id}${mark}`}
      draggable
      className="flex flex-col gap-1 rounded-control border border-line bg-raised p-2.5 text-ink no-underline
        hover:border-line-strong"
    >
      <span className="flex items-center gap-2">
        <StateBadge state={state} />
        <time dateTime={updatedAt} className="truncate text-xs text-muted">
          {show.distance(updatedAt)}
        </time>
      </span>
      <span dir="auto" className="line-clamp-3 text-match-parent wrap-anywhere">
        {text || t('calendar.untitled')}
      </span>
    </a>
  )
}

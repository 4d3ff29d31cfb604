import { Link } from '@tanstack/react-router'
import type { Post } from '../../api/types.ts'
import { useChannelName } from '../../kit/channel-name.ts'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Card } from '../../kit/page.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useLanguage } from '../../language/use-language.tsx'

/** Whether all of a post that was to go out has gone out. */
export const isOver = ({ publications }: Post): boolean =>
  publications.some(({ state }) => state === 'published') &&
  publications.every(({ state }) => state === 'published' || state === 'cancelled')

/** What became of a post on each of its channels; each leads to its timeline. */
export function PostPublications({ post }: { post: Post }) {
  const { t, show } = useLanguage()
  const nameOf = useChannelName()
  if (post.publications.length === 0) return null
  return (
    <Card>
      <h2 className="mb-2 text-sm font-medium">{t('publication.all')}</h2>
      <ul className="flex flex-col divide-y divide-line">
        {post.publications.map(({ id, network, channelId, state, dueAt, publishedAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-2 py-2">
            <NetworkMark network={network} />
            <Link to="/publications/$id" params={{ id }} className="min-w-0 grow truncate">
              <bdi>{nameOf(channelId)}</bdi>
            </Link>
            <time dateTime={publishedAt ?? dueAt} className="text-xs text-muted">
              {show.when(publishedAt ?? dueAt)}
            </time>
            <StateBadge state={state} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

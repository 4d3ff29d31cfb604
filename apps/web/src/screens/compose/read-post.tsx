import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { channels } from '../../api/queries.ts'
import type { Post } from '../../api/types.ts'
import { Page } from '../../kit/page.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { Zone } from '../../kit/zone.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { draftOf } from './draft/draft.ts'
import { PostPublications } from './post-publications.tsx'
import { Preview } from './preview/preview.tsx'

/** A post for members who may not write: its previews and its publications. */
export default function ReadPost({ post }: { post: Post }) {
  const { t, show, wanted } = useLanguage()
  const known = useQuery(channels).data ?? []
  const draft = useMemo(
    () => draftOf(post, { local: '2000-01-01T00:00', zone: wanted.zone }),
    [post, wanted.zone],
  )
  return (
    <Page
      title={t('compose.read')}
      actions={
        <>
          <StateBadge state={post.state} />
          {post.progress !== 'unscheduled' && <StateBadge state={post.progress} />}
        </>
      }
    >
      {post.schedule && (
        <p className="text-muted">
          {show.when(post.schedule.dueAt)} · <Zone id={wanted.zone} />
        </p>
      )}
      <p className="rounded-control bg-sunken px-3 py-2 text-sm">{t('compose.readOnly')}</p>
      <div className="max-w-xl">
        <Preview draft={draft} channels={known} />
      </div>
      <PostPublications post={post} />
    </Page>
  )
}

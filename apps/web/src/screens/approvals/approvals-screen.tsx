import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { CircleCheckBig, MessageSquareWarning } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { answerOf, client, idempotencyHeader, ifMatch } from '../../api/client.ts'
import { channels, members, postsInReview } from '../../api/queries.ts'
import type { Post } from '../../api/types.ts'
import { useKeptText } from '../../app/kept-text.ts'
import { useMay, useMe } from '../../app/session.ts'
import { useSingleKeys } from '../../app/single-keys.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog, DialogActions } from '../../kit/dialog.tsx'
import { ErrorMessage } from '../../kit/error-message.tsx'
import { Field } from '../../kit/field.tsx'
import { More } from '../../kit/more.tsx'
import { Card, Page } from '../../kit/page.tsx'
import { itemsOf, type Pages, withItems } from '../../kit/pages.ts'
import { Empty, Loaded } from '../../kit/states.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { Zone } from '../../kit/zone.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { draftOf } from '../compose/draft/draft.ts'
import { Preview } from '../compose/preview/preview.tsx'
import { SinceApproval } from './since-approval.tsx'

/** What waits for somebody's word: read, see it as the networks will show it, and decide with one thumb. */
export function ApprovalsScreen() {
  const { t } = useLanguage()
  const query = useInfiniteQuery(postsInReview)
  const items = itemsOf(query.data)
  const [at, setAt] = useState(0)
  const last = Math.max(0, (items?.length ?? 0) - 1)
  const current = Math.min(at, last)
  useSingleKeys({
    j: () => setAt(Math.min(last, current + 1)),
    k: () => setAt(Math.max(0, current - 1)),
  })
  return (
    <Page title={t('approvals.title')}>
      <Loaded query={{ ...query, data: items }}>
        {(posts) =>
          posts.length === 0 ? (
            <Empty
              icon={<CircleCheckBig aria-hidden className="size-7" />}
              title={t('approvals.empty')}
              text={t('approvals.emptyText')}
            />
          ) : (
            <ul className="flex flex-col gap-4">
              {posts.map((post, index) => (
                <Waiting key={post.id} post={post} isCurrent={index === current} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <More query={query} />
    </Page>
  )
}

interface WaitingProps {
  post: Post
  /** Whether the single-letter keys act on this post. */
  isCurrent: boolean
}

function Waiting({ post, isCurrent }: WaitingProps) {
  const { t, show, wanted } = useLanguage()
  const may = useMay()
  const mine = useMe()
  const known = useQuery(channels).data ?? []
  const people = useQuery({ ...members, enabled: may('members:read') }).data ?? []
  const author = people.find(({ id }) => id === post.authorId)?.name
  const isOwn = mine?.member?.id === post.authorId
  const isAllowed = may('posts:approve') && !isOwn
  // Its parts have keys of their own: made again, every picture would be loaded again.
  const draft = useMemo(
    () => draftOf(post, { local: '2000-01-01T00:00', zone: wanted.zone }),
    [post, wanted.zone],
  )
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) card.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }, [isCurrent])
  return (
    <li ref={card} aria-current={isCurrent}>
      <Card className={`flex flex-col gap-4 ${isCurrent ? 'ring-2 ring-accent' : ''}`}>
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          {author && <bdi>{t('approvals.by', { name: author })}</bdi>}
          {post.schedule && (
            <span>
              {show.when(post.schedule.dueAt)} · <Zone id={wanted.zone} />
            </span>
          )}
        </p>
        <div className="grid gap-4 md:grid-cols-2">
          <Preview draft={draft} channels={known} />
          <SinceApproval post={post} />
        </div>
        {isOwn && <p className="text-sm text-muted">{t('approvals.ownPost')}</p>}
        {isAllowed && <Decision post={post} isCurrent={isCurrent} />}
      </Card>
    </li>
  )
}

/** The server's limit. */
const longest = 5_000

/**
 * An approved post leaves the list and the next one moves under the thumb: the second tap of a double tap was not meant
 * for that one.
 */
const doublePressMs = 500
let approvedAt = Number.NEGATIVE_INFINITY

function Decision({ post, isCurrent }: WaitingProps) {
  const { t, show } = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const [comment, setComment] = useKeptText(`reason.${post.id}`)
  const tooMany = comment.trim().length - longest
  const params = {
    path: { id: post.id },
    header: { ...ifMatch(post.version), ...idempotencyHeader() },
  }
  const leaving = {
    queryKey: postsInReview.queryKey,
    shown: (all: Pages<Post>) =>
      withItems(all, (posts) => posts.filter(({ id }) => id !== post.id)),
    alsoRead: ['calendar', 'publications'],
  }
  const approve = useOptimisticMutation({
    ...leaving,
    carryOut: () =>
      answerOf(client.POST('/v1/posts/{id}/approve', { params, body: { comment: null } })),
    said: () => ({ text: t('approvals.approved') }),
    // No undo for `now`: the post has gone out.
    ...(post.schedule?.kind !== 'now' && {
      undo: ({ version }: Post) => {
        const params = {
          path: { id: post.id },
          header: { ...ifMatch(version), ...idempotencyHeader() },
        }
        return answerOf(client.POST('/v1/posts/{id}/withdraw-approval', { params }))
      },
    }),
  })
  const request = useOptimisticMutation({
    // No optimistic removal: the card holds the typed reason, and the refusal if there is one.
    queryKey: postsInReview.queryKey,
    isSaidHere: true,
    carryOut: () =>
      answerOf(client.POST('/v1/posts/{id}/request-changes', { params, body: { comment } })).then(
        (answer) => {
          setComment('')
          return answer
        },
      ),
    said: () => ({ text: t('approvals.requested') }),
  })
  const decide = () => {
    const now = performance.now()
    if (now - approvedAt < doublePressMs) return
    approvedAt = now
    approve.mutate(undefined)
  }
  useSingleKeys({ a: decide, r: () => setAsking(true) }, isCurrent)
  return (
    <div className="flex flex-wrap gap-2 max-sm:sticky max-sm:bottom-16 max-sm:bg-surface max-sm:py-2">
      <Button look="primary" isPending={approve.isPending} onPress={decide} aria-keyshortcuts="A">
        <CircleCheckBig aria-hidden className="size-4" />
        {t('approvals.approve')}
      </Button>
      <Button onPress={() => setAsking(true)} aria-keyshortcuts="R">
        <MessageSquareWarning aria-hidden className="size-4" />
        {t('approvals.request')}
      </Button>
      <Dialog title={t('approvals.request')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <Field
          label={t('approvals.reason')}
          autoFocus
          multiline
          isRequired
          problem={tooMany > 0 ? t('compose.over', { number: show.number(tooMany) }) : undefined}
          value={comment}
          onChange={setComment}
        />
        <ErrorMessage error={request.error} />
        <DialogActions onCancel={() => setAsking(false)}>
          <Button
            look="primary"
            isDisabled={comment.trim() === '' || tooMany > 0}
            isPending={request.isPending}
            onPress={() => request.mutate(undefined)}
          >
            {t('approvals.request')}
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  )
}

import { z } from 'zod'
import { event, request } from './define.ts'
import { fieldChange } from './field-change.ts'
import { channelId, postId, publicationId, workspaceId } from './ids.ts'
import { finding } from './network.ts'
import { instant, pageOf, pageQuery, versionsRead } from './page.ts'
import { contentInput, toldContent } from './post-content.ts'
import { publicationPlan } from './post-snapshot.ts'
import { publicationState } from './publication-state.ts'
import { schedule, scheduleInput } from './schedule.ts'

const labels = {
  campaignId: z.string().max(100).nullable().optional(),
  tags: z.array(z.string().trim().min(1).max(50)).max(50).optional(),
}
const said = { ...contentInput.shape, ...labels }

const postExample = {
  text: 'سلام دنیا! نخستین فرستهٔ ما از هم‌آوا',
  targets: [{ channelId: 'ch_01k00000000000000000000000' }],
  schedule: { local: '2027-03-21T09:00', zone: 'Asia/Tehran' },
}

/** `POST /v1/posts`: everything in one request. */
export const postInput = z
  .strictObject({ ...said, schedule: scheduleInput.optional() })
  .meta({ id: 'PostInput', examples: [postExample] })
export type PostInput = z.output<typeof postInput>

/**
 * `PATCH /v1/posts/{id}`: the fields to change, and with them the time, or null to take it back. Without
 * `schedule`, content changes keep each publication's time; failed and missed ones stay until rescheduled.
 */
export const postEdit = z
  .strictObject({ ...said, schedule: scheduleInput.nullable() })
  .partial()
  .meta({ id: 'PostEdit', examples: [{ text: 'سلام دوباره' }] })
export type PostEdit = z.output<typeof postEdit>

export const postState = z.enum(['draft', 'in_review', 'approved', 'changes_requested', 'expired'])
export type PostState = z.infer<typeof postState>

/** What became of the post on its channels, taken together. */
export const postProgress = z.enum([
  'unscheduled',
  'scheduled',
  'partly_published',
  'published',
  'needs_attention',
  'cancelled',
])
export type PostProgress = z.infer<typeof postProgress>

export const publicationSummary = z
  .object({
    id: publicationId,
    channelId,
    network: z.string(),
    state: publicationState,
    dueAt: instant,
    publishedAt: instant.nullable(),
    remoteId: z.string().nullable(),
    permalink: z.string().nullable(),
  })
  .meta({ id: 'PublicationSummary' })
export type PublicationSummary = z.infer<typeof publicationSummary>

export const post = z
  .object({
    id: postId,
    workspaceId,
    /** The member who wrote it; a key's author is its owner. */
    authorId: z.string().nullable(),
    ...toldContent.shape,
    campaignId: z.string().nullable(),
    tags: z.array(z.string()),
    state: postState,
    progress: postProgress,
    schedule: schedule.nullable(),
    review: z
      .object({
        by: z.string(),
        at: instant,
        decision: z.enum(['approved', 'changes_requested']),
        comment: z.string().nullable(),
      })
      .nullable(),
    publications: z.array(publicationSummary),
    /** Rises with every change of what is said; the ETag. */
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Post' })
export type Post = z.infer<typeof post>

/** A publication that could no longer be changed, and why. */
export const tooLate = z
  .object({
    publicationId,
    state: publicationState,
    /** When publishing looks next, where the network has not answered and the publication may be live. */
    inDoubtUntil: instant.optional(),
  })
  .meta({ id: 'TooLate' })

/** The answer to a change of a scheduled post: what it is now, and what it came too late for. */
export const postChange = z.object({ post, tooLate: z.array(tooLate) }).meta({ id: 'PostChange' })
export type PostChange = z.infer<typeof postChange>

export const revision = z
  .object({
    version: z.int(),
    at: instant,
    by: z.string().nullable(),
    action: z.string(),
    said: z.object(said).partial(),
    /** The schedule at that version; null also in revisions from before it was kept. */
    schedule: schedule.nullable(),
  })
  .meta({ id: 'Revision' })

export const validation = z
  .object({
    /** False when any finding blocks publishing. */
    publishable: z.boolean(),
    /** What blocks comes first; at most 300 of them. */
    findings: z.array(finding.extend({ channelId: z.string(), network: z.string() })),
    /** How many more there are. */
    more: z.int().default(0),
  })
  .meta({ id: 'Validation' })

// ── Requests ────────────────────────────────────────────────────────────────────────────────────

const one = z.object({ id: postId })
const versioned = one.extend({ versions: versionsRead })

export const createPost = request('content.post.create', postInput, post)
export const getPost = request('content.post.get', one, post)
export const listPosts = request(
  'content.post.list',
  pageQuery.extend({
    state: postState.optional(),
    progress: postProgress.optional(),
    channelId: channelId.optional(),
    /** `false`: posts that have no time, or none any more, and of which nothing has gone out. */
    scheduled: z.enum(['true', 'false']).optional(),
  }),
  pageOf(post),
)
export const editPost = request(
  'content.post.edit',
  versioned.extend({ changes: postEdit }),
  postChange,
)
export const deletePost = request('content.post.delete', versioned, z.object({ id: postId }))
export const submitPost = request('content.post.submit', one, post)
export const approvePost = request(
  'content.post.approve',
  /** The version that was read; an approval never covers what the approver has not seen. */
  versioned.extend({ comment: z.string().max(5000).nullable().default(null) }),
  post,
)
export const requestChanges = request(
  'content.post.request-changes',
  versioned.extend({ comment: z.string().trim().min(1).max(5000) }),
  post,
)
/** Takes an approval back: the post waits for a person again, and `tooLate` says what had gone out already. */
export const withdrawApproval = request('content.post.withdraw-approval', versioned, postChange)
export const schedulePost = request(
  'content.post.schedule',
  one.extend({ schedule: scheduleInput }),
  postChange,
)
export const cancelPost = request('content.post.cancel', one, postChange)
/** A page may end early, as each revision holds the whole post. */
export const listRevisions = request(
  'content.revision.list',
  pageQuery.extend({ id: postId, order: z.enum(['oldest', 'newest']).default('oldest') }),
  pageOf(revision),
)
export const validatePost = request('content.post.validate', postInput, validation)

// ── Events ──────────────────────────────────────────────────────────────────────────────────────

/**
 * Any change of a post; `action` is the verb (`created`, `edited`, `approved`, `deleted` …). It tells what differs, in a
 * bounded size: a post may be larger than any event.
 */
export const postChanged = event(
  'content.post.changed.v1',
  z.object({
    postId,
    action: z.string(),
    /**
     * The post's version after the change. Missing, like the fields below, in older events, which told of whole posts.
     */
    version: z.int().optional(),
    /** The channels it has, or had before. */
    channelIds: z.array(z.string()).optional(),
    changes: z.array(fieldChange).optional(),
    /** How many more fields were changed. */
    more: z.int().optional(),
    /** The whole post; only in older events, from before differences alone were told. */
    before: z.looseObject({}).nullable().optional(),
    after: z.looseObject({}).nullable().optional(),
  }),
)
/**
 * A post has a time: scheduling plans a publication per entry. Each publication comes in an event of its own, with all
 * that goes out, so that no event grows with the number of channels. Sent again, with a higher version, on approval.
 */
export const postScheduled = event(
  'content.post.scheduled.v1',
  z.object({
    postId,
    version: z.int(),
    schedule,
    excerpt: z.string(),
    publications: z.array(publicationPlan),
  }),
)

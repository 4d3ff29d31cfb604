import { type Tx } from '@hamava/bus'
import {
  type CallContext,
  type Post,
  type PostState,
  postChanged,
  type Schedule,
  type VersionsRead,
} from '@hamava/contracts'
import { timeOf, toContent } from '@hamava/networks/rules'
import {
  AppError,
  expectVersion,
  fieldChanges,
  mayTouch,
  newId,
  prepared,
  recordOf,
  updateNewer,
} from '@hamava/service-kit'
import { type EntityManager, IsNull } from 'typeorm'
import { UnsettledChangeRow } from '../changes/unsettled-change.entity.ts'
import { channelsOf } from './check-post.ts'
import { PostRow } from './post.entity.ts'
import { PostPublicationRow } from './post-publication.entity.ts'
import { RevisionRow } from './revision.entity.ts'
import { shownTo, toPost } from './to-post.ts'

/** A post, locked for the length of a transaction, with its publications. */
export interface OpenPost {
  row: PostRow
  publications: PostPublicationRow[]
  /** The changeable columns of each publication as they were read: events may update the same rows meanwhile. */
  read: Map<string, string>
  /** As it was when it was opened. */
  before: Post
}

/** Throws `not_found`, and `stale` when the caller has read another version. */
export async function openPost(
  tx: Tx,
  call: CallContext,
  id: string,
  versions: VersionsRead = null,
): Promise<OpenPost> {
  const lock = { mode: 'pessimistic_write' } as const
  const { row, publications } = await readPost(tx.manager, call, id, versions, lock)
  // Nobody knows yet what a change under way makes of the post.
  if (await tx.manager.existsBy(UnsettledChangeRow, { postId: id }))
    throw new AppError('change_under_way')
  const read = new Map(publications.map((one) => [one.id, changeableOf(one)]))
  return { row, publications, read, before: toPost(row, publications) }
}

/** A post as it is now, with its publications. Throws as `openPost`. */
export async function readPost(
  manager: EntityManager,
  call: CallContext,
  id: string,
  versions: VersionsRead = null,
  lock?: { mode: 'pessimistic_write' },
): Promise<Pick<OpenPost, 'row' | 'publications'>> {
  const where = { id, workspaceId: call.workspaceId, deletedAt: IsNull() }
  const row = await manager.findOne(PostRow, { where, ...(lock && { lock }) })
  if (!row || !isVisible(call, row)) throw new AppError('not_found', { what: 'post', id })
  expectVersion(versions, row.version)
  const publications = await manager.find(PostPublicationRow, {
    where: { postId: id },
    order: { id: 'ASC' },
  })
  // A publication may still be open on a channel that the post has left: a change of the post changes it, too.
  const open = publications.filter(isOpen).map(({ channelId }) => channelId)
  if (!mayTouch(call, open)) throw new AppError('other_channels_too')
  return { row, publications }
}

const changeableOf = ({ state, dueAt, missingSince, revision }: PostPublicationRow) =>
  JSON.stringify([state, dueAt, missingSince, revision])

/** A publication that may still be changed, as far as is known here; publishing has the last word. */
export const isOpen = (publication: PostPublicationRow) =>
  ['planned', 'sending', 'pending', 'held', 'missed', 'failed'].includes(publication.state)

/** Throws `post_state` where the verb makes no sense. */
export function expectState({ state }: PostRow, allowed: PostState[], action: string): void {
  if (!allowed.includes(state)) throw new AppError('post_state', { state, action })
}

/** Whether every channel of the post is the caller's. */
export const isVisible = (call: CallContext, { content }: Pick<PostRow, 'content'>): boolean =>
  mayTouch(call, channelsOf(content))

/** Writes a changed post with its revision, and tells everybody. */
export async function savePost(
  tx: Tx,
  call: CallContext,
  post: OpenPost,
  action: string,
): Promise<Post> {
  const { row, publications, before } = post
  row.version++
  row.updatedAt = new Date()
  await tx.manager.save(row)
  await savePublications(tx, [post])
  const after = toPost(row, publications)
  await saveRevision(tx, call, row, action)
  announcePost(tx, call, action, before, after)
  return shownTo(call, after)
}

/**
 * Writes publications of these posts that are new, or were changed here. A row that an event has updated since it was
 * read is newer, and stays.
 */
export async function savePublications({ manager }: Tx, posts: OpenPost[]): Promise<void> {
  const fresh: PostPublicationRow[] = []
  const changed: PostPublicationRow[] = []
  for (const { publications, read } of posts) {
    for (const one of publications) {
      const known = read.get(one.id)
      if (known === undefined) fresh.push(one)
      else if (known !== changeableOf(one)) changed.push(one)
      read.set(one.id, changeableOf(one))
    }
  }
  if (fresh.length > 0) await manager.insert(PostPublicationRow, fresh)
  await updateNewer(manager, PostPublicationRow, changed, {
    key: 'id',
    version: 'revision',
    columns: ['state', 'dueAt', 'missingSince'],
    orSame: true,
  })
}

/** What `postChanged` tells besides the content; publishing tells what becomes of the publications. */
const toldFields = ['campaignId', 'tags', 'state', 'schedule', 'review'] as const

/** Tells everybody how a post was changed; null stands for what is not there yet, or no more. */
export function announcePost(
  tx: Tx,
  call: CallContext,
  action: string,
  before: Post | null,
  after: Post | null,
): void {
  const told = (post: Post | null) =>
    post && {
      ...toContent(post),
      ...Object.fromEntries(toldFields.map((field) => [field, post[field]])),
    }
  const { id: postId, version } = after ?? before ?? {}
  if (!postId) throw new Error('a change needs a post before or after it')
  const channelIds = [before, after].flatMap((post) => (post ? channelsOf(post) : []))
  tx.publish(postChanged, call, {
    postId,
    action,
    version,
    channelIds: [...new Set(channelIds)],
    ...fieldChanges(told(before), told(after)),
  })
}

/** Writes a new post with its first revision and its publications: one statement, however many they are. */
export async function saveNewPost(
  { manager }: Tx,
  call: CallContext,
  row: PostRow,
  publications: PostPublicationRow[],
): Promise<void> {
  await prepared(
    manager,
    `with post as (
       insert into posts select * from jsonb_populate_record(null::posts, $1::jsonb)
     ), planned as (
       insert into post_publications
       select * from jsonb_populate_recordset(null::post_publications, $2::jsonb))
     insert into revisions select * from jsonb_populate_record(null::revisions, $3::jsonb)`,
    [
      JSON.stringify(recordOf(manager, PostRow, row)),
      JSON.stringify(publications.map((one) => recordOf(manager, PostPublicationRow, one))),
      JSON.stringify(recordOf(manager, RevisionRow, revisionOf(call, row, 'created'))),
    ],
  )
}

export async function saveRevision(tx: Tx, call: CallContext, row: PostRow, action: string) {
  await tx.manager.insert(RevisionRow, revisionOf(call, row, action))
}

function revisionOf({ actor }: CallContext, row: PostRow, action: string): RevisionRow {
  const { id: postId, version, updatedAt: at } = row
  const { content, campaignId, tags, schedule } = row
  const said = { ...content, campaignId, tags, schedule }
  return { postId, version, at, by: actor.memberId, action, said }
}

/** A publication for each of these channels; publishing will know it by this id. */
export const mint = (
  channelIds: string[],
  networkOf: ReadonlyMap<string, { network: string }>,
): MintedPublication[] =>
  channelIds.map((channelId) => ({
    id: newId('publication'),
    channelId,
    network: networkOf.get(channelId)?.network ?? '',
  }))

export type MintedPublication = Pick<PostPublicationRow, 'id' | 'channelId' | 'network'>

/** The rows of minted publications, at the time of their post. */
export function newPublications(
  row: PostRow,
  minted: MintedPublication[],
  schedule: Schedule,
): PostPublicationRow[] {
  return minted.map(({ id, channelId, network }) =>
    Object.assign(new PostPublicationRow(), {
      id,
      postId: row.id,
      workspaceId: row.workspaceId,
      channelId,
      network,
      state: 'planned',
      dueAt: new Date(timeOf(schedule, channelId)),
      publishedAt: null,
      remoteId: null,
      permalink: null,
      revision: 0,
      isClosed: false,
      missingSince: null,
    }),
  )
}

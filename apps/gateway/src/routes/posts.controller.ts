import {
  approvePost,
  cancelPost,
  createPost,
  deletePost,
  editPost,
  getPost,
  listPosts,
  listRevisions,
  pageOf,
  post,
  postChange,
  postEdit,
  postId,
  postInput,
  requestChanges,
  revision,
  scheduleInput,
  schedulePost,
  submitPost,
  type VersionsRead,
  validatePost,
  validation,
  withdrawApproval,
} from '@hamava/contracts'
import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Forward } from '../http/forward.ts'
import { IfMatch } from '../http/if-match.ts'
import { Route } from '../http/route.ts'
import { notAnyMore, notReady, notThen, notYet } from './refusals.ts'

const params = { id: 'The post' }
const postPage = pageOf(post).meta({ id: 'PostPage' })
const revisionPage = pageOf(revision).meta({ id: 'RevisionPage' })
const deletedPost = z.object({ id: postId }).meta({ id: 'DeletedPost' })
const listQuery = listPosts.input
const revisionQuery = listRevisions.input.omit({ id: true })
/** A post may have hundreds of publications, each of which is changed. */
const changeDeadlineMs = 30_000
const approval = z
  .strictObject({ comment: z.string().max(5000).nullable().default(null) })
  .meta({ id: 'ApprovalInput', examples: [{ comment: 'عالی است' }] })
const wishes = z
  .strictObject({ comment: z.string().trim().min(1).max(5000) })
  .meta({ id: 'ChangesInput', examples: [{ comment: 'لطفاً لینک را اضافه کنید' }] })
const when = z.strictObject({ schedule: scheduleInput }).meta({
  id: 'ScheduleBody',
  examples: [{ schedule: { local: '2027-03-21T09:00', zone: 'Asia/Tehran' } }],
})

@ApiTags('Posts')
@Controller('v1/posts')
export class PostsController {
  constructor(private readonly forward: Forward) {}

  @Get()
  @Route({
    summary: 'The posts, newest first',
    operationId: 'listPosts',
    needs: 'posts:read',
    ok: postPage,
  })
  list(
    @FromCaller() caller: Caller,
    @Query({ schema: listQuery }) query: z.output<typeof listQuery>,
  ) {
    return this.forward.to(listPosts, caller, query)
  }

  @Post()
  @Route({
    summary: 'Write a post for any number of channels, and schedule it if you like',
    operationId: 'createPost',
    refuses: [...notReady, ...notThen, 'not_found'],
    needs: 'posts:write',
    ok: post,
    status: 201,
    keyRequired: true,
  })
  create(
    @FromCaller() caller: Caller,
    @Body({ schema: postInput }) input: z.output<typeof postInput>,
  ) {
    return this.forward.to(createPost, caller, input, changeDeadlineMs)
  }

  @Post('validate')
  @Route({
    summary: 'What each network will make of a post; keeps nothing',
    operationId: 'validatePost',
    refuses: ['channel_forbidden', 'not_found', ...notThen],
    needs: 'posts:read',
    ok: validation,
  })
  validate(
    @FromCaller() caller: Caller,
    @Body({ schema: postInput }) input: z.output<typeof postInput>,
  ) {
    return this.forward.to(validatePost, caller, input)
  }

  @Get(':id')
  @Route({
    summary: 'One post with its publications',
    operationId: 'getPost',
    needs: 'posts:read',
    ok: post,
    params,
  })
  get(@FromCaller() caller: Caller, @Param('id', { schema: postId }) id: string) {
    return this.forward.to(getPost, caller, { id })
  }

  @Patch(':id')
  @Route({
    summary: 'Change what is said, when, or both; answers what came too late',
    operationId: 'editPost',
    refuses: [...notYet, ...notReady, ...notThen, ...notAnyMore, 'post_state'],
    needs: 'posts:write',
    ok: postChange,
    versioned: true,
    keyRequired: false,
    params,
  })
  edit(
    @FromCaller() caller: Caller,
    @Param('id', { schema: postId }) id: string,
    @IfMatch() versions: VersionsRead,
    @Body({ schema: postEdit }) changes: z.output<typeof postEdit>,
  ) {
    return this.forward.to(editPost, caller, { id, versions, changes }, changeDeadlineMs)
  }

  @Delete(':id')
  @Route({
    summary: 'Delete a post of which nothing went out',
    operationId: 'deletePost',
    refuses: [...notYet, 'post_has_live_publications', 'post_still_planned'],
    needs: 'posts:write',
    ok: deletedPost,
    versioned: true,
    params,
  })
  delete(
    @FromCaller() caller: Caller,
    @Param('id', { schema: postId }) id: string,
    @IfMatch() versions: VersionsRead,
  ) {
    return this.forward.to(deletePost, caller, { id, versions })
  }

  @Get(':id/revisions')
  @Route({
    summary: 'What the post said at each version, oldest first; a page may end early',
    operationId: 'listRevisions',
    needs: 'posts:read',
    ok: revisionPage,
    params,
  })
  revisions(
    @FromCaller() caller: Caller,
    @Param('id', { schema: postId }) id: string,
    @Query({ schema: revisionQuery }) query: z.output<typeof revisionQuery>,
  ) {
    return this.forward.to(listRevisions, caller, { id, ...query })
  }

  @Post(':id/submit')
  @Route({
    summary: 'Ask for approval',
    operationId: 'submitPost',
    refuses: [...notYet, ...notReady, 'post_state'],
    needs: 'posts:write',
    ok: post,
    params,
  })
  submit(@FromCaller() caller: Caller, @Param('id', { schema: postId }) id: string) {
    return this.forward.to(submitPost, caller, { id })
  }

  @Post(':id/approve')
  @Route({
    summary: 'Approve exactly the version that you read',
    operationId: 'approvePost',
    refuses: [...notYet, ...notReady, ...notThen, 'post_state', 'own_post'],
    needs: 'posts:approve',
    ok: post,
    versioned: true,
    keyRequired: true,
    params,
  })
  approve(
    @FromCaller() caller: Caller,
    @Param('id', { schema: postId }) id: string,
    @IfMatch() versions: VersionsRead,
    @Body({ schema: approval }) { comment }: z.output<typeof approval>,
  ) {
    return this.forward.to(approvePost, caller, { id, versions, comment }, changeDeadlineMs)
  }

  @Post(':id/request-changes')
  @Route({
    summary: 'Send it back to its author, saying why',
    operationId: 'requestChanges',
    refuses: [...notYet, 'post_state', 'own_post'],
    needs: 'posts:approve',
    ok: post,
    versioned: true,
    params,
  })
  requestChanges(
    @FromCaller() caller: Caller,
    @Param('id', { schema: postId }) id: string,
    @IfMatch() versions: VersionsRead,
    @Body({ schema: wishes }) { comment }: z.output<typeof wishes>,
  ) {
    return this.forward.to(requestChanges, caller, { id, versions, comment })
  }

  @Post(':id/withdraw-approval')
  @Route({
    summary: 'Take the approval back; answers what had gone out by then',
    operationId: 'withdrawApproval',
    refuses: [...notYet, ...notAnyMore, 'post_state'],
    needs: 'posts:approve',
    ok: postChange,
    versioned: true,
    params,
  })
  withdrawApproval(
    @FromCaller() caller: Caller,
    @Param('id', { schema: postId }) id: string,
    @IfMatch() versions: VersionsRead,
  ) {
    return this.forward.to(withdrawApproval, caller, { id, versions }, changeDeadlineMs)
  }

  @Post(':id/schedule')
  @Route({
    summary: 'Give it a time, or another one; answers what came too late',
    operationId: 'schedulePost',
    refuses: [...notYet, ...notReady, ...notThen, ...notAnyMore, 'post_state'],
    needs: 'posts:write',
    ok: postChange,
    keyRequired: true,
    params,
  })
  schedule(
    @FromCaller() caller: Caller,
    @Param('id', { schema: postId }) id: string,
    @Body({ schema: when }) { schedule }: z.output<typeof when>,
  ) {
    return this.forward.to(schedulePost, caller, { id, schedule }, changeDeadlineMs)
  }

  @Post(':id/publish-now')
  @Route({
    summary: 'Publish it now',
    operationId: 'publishPostNow',
    refuses: [...notYet, ...notReady, ...notAnyMore, 'post_state'],
    needs: 'posts:write',
    ok: postChange,
    keyRequired: true,
    params,
  })
  publishNow(@FromCaller() caller: Caller, @Param('id', { schema: postId }) id: string) {
    return this.forward.to(schedulePost, caller, { id, schedule: { now: true } }, changeDeadlineMs)
  }

  @Post(':id/cancel')
  @Route({
    summary: 'Take back what has not left yet; answers what came too late',
    operationId: 'cancelPost',
    refuses: [...notYet, ...notAnyMore, 'nothing_to_cancel'],
    needs: 'posts:write',
    ok: postChange,
    params,
  })
  cancel(@FromCaller() caller: Caller, @Param('id', { schema: postId }) id: string) {
    return this.forward.to(cancelPost, caller, { id }, changeDeadlineMs)
  }
}

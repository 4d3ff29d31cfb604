import { type EventOf, OnEvents, OnRequest, type SharedTx } from '@hamava/bus'
import {
  approvePost,
  type CallContext,
  cancelPost,
  createPost,
  deletePost,
  editPost,
  getPost,
  listPosts,
  listRevisions,
  type ParsedInputOf,
  publicationChanged,
  requestChanges,
  schedulePost,
  submitPost,
  validatePost,
  withdrawApproval,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ChangePost } from '../changes/change-post.ts'
import { CreatePost } from './create-post.ts'
import { DeletePost } from './delete-post.ts'
import { projectPublications } from './project-publications.ts'
import { ReadPosts } from './read-posts.ts'
import { ReviewPost } from './review-post.ts'
import { ValidatePost } from './validate-post.ts'

@Controller()
export class PostsController {
  constructor(
    private readonly creating: CreatePost,
    private readonly reading: ReadPosts,
    private readonly changing: ChangePost,
    private readonly reviewing: ReviewPost,
    private readonly deleting: DeletePost,
    private readonly validating: ValidatePost,
  ) {}

  @OnRequest(createPost)
  create(input: ParsedInputOf<typeof createPost>, call: CallContext) {
    return this.creating.create(call, input)
  }

  @OnRequest(validatePost)
  validate(input: ParsedInputOf<typeof validatePost>, call: CallContext) {
    return this.validating.validate(call, input)
  }

  @OnRequest(getPost)
  get({ id }: ParsedInputOf<typeof getPost>, call: CallContext) {
    return this.reading.get(call, id)
  }

  @OnRequest(listPosts)
  list(query: ParsedInputOf<typeof listPosts>, call: CallContext) {
    return this.reading.list(call, query)
  }

  @OnRequest(listRevisions)
  revisions(query: ParsedInputOf<typeof listRevisions>, call: CallContext) {
    return this.reading.revisions(call, query)
  }

  @OnRequest(editPost)
  edit(input: ParsedInputOf<typeof editPost>, call: CallContext) {
    return this.changing.edit(call, input)
  }

  @OnRequest(schedulePost)
  schedule({ id, schedule }: ParsedInputOf<typeof schedulePost>, call: CallContext) {
    return this.changing.schedule(call, id, schedule)
  }

  @OnRequest(cancelPost)
  cancel({ id }: ParsedInputOf<typeof cancelPost>, call: CallContext) {
    return this.changing.cancel(call, id)
  }

  @OnRequest(submitPost)
  submit({ id }: ParsedInputOf<typeof submitPost>, call: CallContext) {
    return this.reviewing.submit(call, id)
  }

  @OnRequest(approvePost)
  approve({ id, versions, comment }: ParsedInputOf<typeof approvePost>, call: CallContext) {
    return this.reviewing.approve(call, id, versions, comment)
  }

  @OnRequest(requestChanges)
  requestChanges(input: ParsedInputOf<typeof requestChanges>, call: CallContext) {
    return this.reviewing.requestChanges(call, input.id, input.versions, input.comment)
  }

  @OnRequest(withdrawApproval)
  withdrawApproval({ id, versions }: ParsedInputOf<typeof withdrawApproval>, call: CallContext) {
    return this.changing.withdrawApproval(call, id, versions)
  }

  @OnRequest(deletePost)
  delete({ id, versions }: ParsedInputOf<typeof deletePost>, call: CallContext) {
    return this.deleting.delete(call, id, versions)
  }

  /** Publishing tells what became of a publication; the post's progress follows from it. */
  @OnEvents(publicationChanged)
  async note(events: EventOf<typeof publicationChanged>[], tx: SharedTx): Promise<void> {
    const publications = events.map(({ body }) => body.after)
    await projectPublications(
      tx,
      publications.filter(({ postId }) => postId),
    )
  }
}

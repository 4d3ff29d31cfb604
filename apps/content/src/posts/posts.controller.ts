import { type EventContext, OnEvent, OnRequest } from '@hamava/bus'
import {
  approvePost,
  type BodyOf,
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
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ChangePost } from './change-post.ts'
import { CreatePost } from './create-post.ts'
import { DeletePost } from './delete-post.ts'
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
  revisions({ id }: ParsedInputOf<typeof listRevisions>, call: CallContext) {
    return this.reading.revisions(call, id)
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
  approve({ id, version, comment }: ParsedInputOf<typeof approvePost>, call: CallContext) {
    return this.reviewing.approve(call, id, version, comment)
  }

  @OnRequest(requestChanges)
  requestChanges(input: ParsedInputOf<typeof requestChanges>, call: CallContext) {
    return this.reviewing.requestChanges(call, input.id, input.version, input.comment)
  }

  @OnRequest(deletePost)
  delete({ id, version }: ParsedInputOf<typeof deletePost>, call: CallContext) {
    return this.deleting.delete(call, id, version)
  }

  /** Publishing tells what became of a publication; the post's progress follows from it. */
  @OnEvent(publicationChanged)
  async note({ after }: BodyOf<typeof publicationChanged>, { tx }: EventContext): Promise<void> {
    if (!after.postId) return
    await tx.manager.query(
      `update post_publications
       set state = $2, due_at = $3, published_at = $4, remote_id = $5, permalink = $6, revision = $7
       where id = $1 and revision < $7`,
      [
        after.id,
        after.state,
        after.dueAt,
        after.publishedAt,
        after.remoteId,
        after.permalink,
        after.revision,
      ],
    )
  }
}

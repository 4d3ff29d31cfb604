import { type EventOf, OnEvents, type SharedTx } from '@hamava/bus'
import { publicationChanged, publicationPublished } from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { linkPosts } from './link-posts.ts'
import { projectAnswers } from './project-answers.ts'

@Controller()
export class PublicationsController {
  @OnEvents(publicationPublished)
  async published(events: EventOf<typeof publicationPublished>[], tx: SharedTx): Promise<void> {
    const posts = events.filter(({ body }) => body.kind === 'post')
    const answers = events.filter(({ body }) => body.kind === 'message')
    await linkPosts(tx, posts)
    await projectAnswers(
      tx,
      answers.map(({ tx, call, body: { publicationId, remoteId, permalink } }) => {
        return {
          tx,
          call,
          publicationId,
          state: 'published',
          revision: null,
          remoteId,
          permalink,
          reason: null,
        }
      }),
    )
  }

  @OnEvents(publicationChanged)
  async changed(events: EventOf<typeof publicationChanged>[], tx: SharedTx): Promise<void> {
    const answers = events.filter(({ body }) => body.after.kind === 'message')
    await projectAnswers(
      tx,
      answers.map(({ tx, call, body: { after } }) => {
        const { id: publicationId, state, revision, remoteId, permalink, reason } = after
        return { tx, call, publicationId, state, revision, remoteId, permalink, reason }
      }),
    )
  }
}

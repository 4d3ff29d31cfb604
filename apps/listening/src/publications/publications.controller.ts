import { type EventContext, OnEvent } from '@hamava/bus'
import { type BodyOf, publicationChanged, publicationPublished } from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { knowPost } from './know-post.ts'
import { noteAnswer } from './note-answer.ts'

@Controller()
export class PublicationsController {
  @OnEvent(publicationPublished)
  async published(
    body: BodyOf<typeof publicationPublished>,
    { tx, call }: EventContext,
  ): Promise<void> {
    if (body.kind === 'post') return knowPost(tx, call, body)
    const { publicationId, remoteId, permalink } = body
    await noteAnswer(tx, call, {
      publicationId,
      state: 'published',
      revision: null,
      remoteId,
      permalink,
    })
  }

  @OnEvent(publicationChanged)
  async changed(
    { after }: BodyOf<typeof publicationChanged>,
    { tx, call }: EventContext,
  ): Promise<void> {
    if (after.kind !== 'message') return
    const { id: publicationId, state, revision, remoteId, permalink } = after
    await noteAnswer(tx, call, { publicationId, state, revision, remoteId, permalink })
  }
}

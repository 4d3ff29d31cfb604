import { OnRequest } from '@hamava/bus'
import {
  answerConversation,
  type CallContext,
  dropAnswer,
  editConversation,
  getConversation,
  listConversations,
  type ParsedInputOf,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { AnswerConversation } from './answer-conversation.ts'
import { DropAnswer } from './drop-answer.ts'
import { EditConversation } from './edit-conversation.ts'
import { ReadConversations } from './read-conversations.ts'

@Controller()
export class ConversationsController {
  constructor(
    private readonly reading: ReadConversations,
    private readonly editing: EditConversation,
    private readonly answering: AnswerConversation,
    private readonly dropping: DropAnswer,
  ) {}

  @OnRequest(listConversations)
  list(query: ParsedInputOf<typeof listConversations>, call: CallContext) {
    return this.reading.list(call, query)
  }

  @OnRequest(getConversation)
  get({ id }: ParsedInputOf<typeof getConversation>, call: CallContext) {
    return this.reading.get(call, id)
  }

  @OnRequest(editConversation)
  edit(input: ParsedInputOf<typeof editConversation>, call: CallContext) {
    return this.editing.edit(call, input)
  }

  @OnRequest(answerConversation)
  answer(input: ParsedInputOf<typeof answerConversation>, call: CallContext) {
    return this.answering.answer(call, input)
  }

  @OnRequest(dropAnswer)
  drop(input: ParsedInputOf<typeof dropAnswer>, call: CallContext) {
    return this.dropping.drop(call, input)
  }
}

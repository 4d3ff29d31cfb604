import { approvalPolicyChanged, assetChanged } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import type { MessageHandler } from '@nestjs/microservices'
import { checkHandlers } from './declared-handlers.ts'

const handler = (next?: MessageHandler): MessageHandler =>
  Object.assign(async () => undefined, { next }) as unknown as MessageHandler

describe('the boot check of handlers', () => {
  it('passes when every declared event has one handler', () => {
    const handlers = new Map([[approvalPolicyChanged.name, handler()]])
    expect(() => checkHandlers('scheduling', [approvalPolicyChanged], handlers)).not.toThrow()
  })

  it('names the event that nothing handles', () => {
    expect(() => checkHandlers('scheduling', [approvalPolicyChanged], new Map())).toThrow(
      `it declares ${approvalPolicyChanged.name} but nothing handles it: add a method with @OnEvent`,
    )
  })

  it('names the event that is handled twice', () => {
    const handlers = new Map([[approvalPolicyChanged.name, handler(handler())]])
    expect(() => checkHandlers('scheduling', [approvalPolicyChanged], handlers)).toThrow(
      `${approvalPolicyChanged.name} is handled twice`,
    )
  })

  it('names the handler of an event that is not declared', () => {
    const handlers = new Map([[assetChanged.name, handler()]])
    expect(() => checkHandlers('scheduling', [], handlers)).toThrow(
      `it handles ${assetChanged.name} but does not declare it`,
    )
  })
})

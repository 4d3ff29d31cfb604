import { assetChanged, policyChanged } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import type { MessageHandler } from '@nestjs/microservices'
import { checkHandlers } from './declared-handlers.ts'

const handler = (next?: MessageHandler): MessageHandler =>
  Object.assign(async () => undefined, { next }) as unknown as MessageHandler

describe('the boot check of handlers', () => {
  it('passes when every declared event has one handler', () => {
    const handlers = new Map([[policyChanged.name, handler()]])
    expect(() => checkHandlers('scheduling', [policyChanged], handlers)).not.toThrow()
  })

  it('names the event that nothing handles', () => {
    expect(() => checkHandlers('scheduling', [policyChanged], new Map())).toThrow(
      `it declares ${policyChanged.name} but nothing handles it: add a method with @OnEvent`,
    )
  })

  it('names the event that is handled twice', () => {
    const handlers = new Map([[policyChanged.name, handler(handler())]])
    expect(() => checkHandlers('scheduling', [policyChanged], handlers)).toThrow(
      `${policyChanged.name} is handled twice`,
    )
  })

  it('names the handler of an event that is not declared', () => {
    const handlers = new Map([[assetChanged.name, handler()]])
    expect(() => checkHandlers('scheduling', [], handlers)).toThrow(
      `it handles ${assetChanged.name} but does not declare it`,
    )
  })
})

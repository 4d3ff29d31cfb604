import { Transactions } from '@hamava/bus'
import {
  type PlannedPublication,
  placeHold,
  releaseHold,
  replacePublications,
  reschedulePublications,
} from '@hamava/contracts'
import { AppError, newId } from '@hamava/service-kit'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { Logger } from '@nestjs/common'
import fc from 'fast-check'
import { aPlan, type TestWorld, testWorld } from '../testing/world.ts'
import { PublicationsController } from './publications.controller.ts'

const hour = 3_600_000
const rounds = Number(process.env.HAMAVA_TEST_RUNS ?? 12)
const atOnce = 12

/** What handlers and requests do at the same moment, to the same few channels, each in an order of its own. */
describe('many changes at once', () => {
  let world: TestWorld
  let channelIds: string[]
  beforeAll(async () => {
    world = await testWorld()
    channelIds = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map(async (handle) => (await world.channel(handle)).id),
    )
  }, 60_000)
  afterAll(() => world?.close())

  /** Several events of one kind come in one transaction, in the order in which they were published. */
  const handle = (plans: PlannedPublication[]) =>
    world.service.app.get(Transactions).run((tx) =>
      world.service.app.get(PublicationsController).plan(
        plans.map((body) => ({
          body,
          eventId: newId('event'),
          call: world.call,
          causationId: null,
          deliveries: 1,
          tx,
        })),
        tx,
      ),
    )

  it('never wait for each other in a circle, and every one of them is answered', async () => {
    const logged = (['warn', 'error'] as const).map((level) => jest.spyOn(Logger.prototype, level))
    const posts = Array.from({ length: 6 }, () =>
      channelIds.map((channelId) => aPlan({ channelId, inMs: hour })),
    )
    let version = 1
    const change = fc.record({
      verb: fc.constantFrom('plan', 'replace', 'reschedule', 'cancel', 'hold'),
      post: fc.nat(posts.length - 1),
      order: fc.shuffledSubarray(channelIds, { minLength: 2 }),
    })
    type Change = typeof change extends fc.Arbitrary<infer C> ? C : never
    const plansOf = ({ post, order }: Change) =>
      order.flatMap(
        (channelId) => posts[post]?.filter((plan) => plan.channelId === channelId) ?? [],
      )

    const carryOut = async (wish: Change): Promise<unknown> => {
      const plans = plansOf(wish).map((plan) => ({ ...plan, version: ++version }))
      const ids = plans.map(({ publicationId }) => publicationId)
      switch (wish.verb) {
        case 'plan':
          return handle(plans)
        case 'replace':
          return world.client.send(replacePublications, world.call, { replace: plans, cancel: [] })
        case 'cancel':
          return world.client.send(replacePublications, world.call, { replace: [], cancel: plans })
        case 'reschedule':
          return world.client.send(reschedulePublications, world.call, {
            publicationIds: ids,
            at: new Date(Date.now() + 2 * hour).toISOString(),
          })
        case 'hold': {
          const scope = { kind: 'channel' as const, channelId: wish.order[0] ?? '' }
          const placed = await world.client.send(placeHold, world.call, { scope, reason: 'آزمون' })
          return world.client.send(releaseHold, world.call, { id: placed.hold.id })
        }
      }
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: atOnce, maxLength: atOnce }),
        async (wishes) => {
          const answers = await Promise.allSettled(wishes.map(carryOut))
          for (const answer of answers) {
            if (answer.status === 'fulfilled') continue
            // What is not there yet cannot be moved, which is an answer; nothing else went wrong.
            expect(answer.reason).toBeInstanceOf(AppError)
            expect((answer.reason as AppError).code).toBe('not_found')
          }
        },
      ),
      { numRuns: rounds },
    )
    // Retries hide a deadlock from whoever asked; the log tells.
    const told = logged.flatMap(({ mock }) => mock.calls.map(String))
    expect(told.filter((line) => /deadlock/.test(line))).toEqual([])
  })
})

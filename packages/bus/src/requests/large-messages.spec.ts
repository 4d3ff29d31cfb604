import { largestMessageBytes, request, systemContext } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Controller, Module } from '@nestjs/common'
import { z } from 'zod'
import { createService, type RunningService } from '../create-service.ts'
import { busEntities, busMigrations } from '../events/bus-tables.ts'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { serviceParts } from '../testing/two-services.ts'
import { OnRequest } from './on-request.ts'
import { RequestClient } from './request-client.ts'

const repeatText = request(
  'content.text.repeat',
  z.object({ text: z.string(), times: z.int() }),
  z.object({ text: z.string(), askedBy: z.string() }),
)

@Controller()
class Texts {
  @OnRequest(repeatText)
  async repeat(
    { text, times }: { text: string; times: number },
    { actor }: { actor: { viaId: string } },
  ) {
    return { text: text.repeat(times), askedBy: actor.viaId }
  }
}

@Module({ controllers: [Texts] })
class TextsModule {}

const database = { entities: busEntities, migrations: busMigrations }
/** Persian, an emoji of several characters and its skin tone: two, three and four bytes each. */
const words = 'هم‌آوا 👩🏽‍💻 '

describe('a request of any size', () => {
  let nats: TestNats
  let services: RunningService[]
  let asking: RequestClient
  let close: () => Promise<void>

  beforeAll(async () => {
    nats = await testNats()
    const db = await testDatabase(database)
    const parts = { database }
    services = await Promise.all([
      createService(serviceParts('content', nats.url, db.url, [TextsModule], parts)),
      createService(serviceParts('content', nats.url, db.url, [TextsModule], parts)),
      createService(serviceParts('gateway', nats.url, db.url, [], parts)),
    ])
    await Promise.all(services.map((service) => service.start()))
    asking = services[2]?.app.get(RequestClient) as RequestClient
    close = async () => {
      await Promise.all(services.map((service) => service.close()))
      await db.drop()
      await nats.stop()
    }
  })
  afterAll(() => close?.())

  const repeat = (text: string, times: number, who = 'anyone') =>
    asking.send(
      repeatText,
      systemContext(newId('workspace'), who),
      { text, times },
      { deadlineMs: 20_000 },
    )

  it.each([1, 340_000, 1_048_000, 8_388_608])(
    'carries %i characters there and back',
    async (size) => {
      const text = words
        .repeat(Math.ceil(size / words.length))
        .slice(0, size)
        .toWellFormed()
      const answer = await repeat(text, 1, 'somebody')
      expect(answer.askedBy).toBe('somebody')
      expect(answer.text === text).toBe(true)
    },
  )

  it('answers much to a short question', async () => {
    const { text } = await repeat(words, 500_000)
    expect(text.length).toBe(words.length * 500_000)
  })

  it('keeps many at once apart, also when several replicas answer', async () => {
    const sizes = Array.from({ length: 16 }, (_, at) => 100_000 + at * 60_000)
    const answers = await Promise.all(
      sizes.map((size, at) => repeat('ab'.repeat(size), 1, `${at}`)),
    )
    expect(answers.map(({ text, askedBy }) => [askedBy, text.length])).toEqual(
      sizes.map((size, at) => [`${at}`, 2 * size]),
    )
  })

  it('says at once that an answer is too large for any number of parts', async () => {
    const asked = repeat('a'.repeat(1_000_000), Math.ceil(largestMessageBytes / 1_000_000) + 1)
    await expect(asked).rejects.toMatchObject({
      code: 'reply_too_large',
      params: { max: String(largestMessageBytes) },
    })
  })
})

import { describe, expect, it } from '@jest/globals'
import { aWorld, owner } from '../testing/a-world.ts'
import { render, twisted } from './draft.ts'
import { drawOf } from './draw.ts'
import { drawRequest } from './draw-request.ts'
import { sampleValue } from './sample-value.ts'
import { strangeValues } from './value-twists.ts'

const world = aWorld()

async function draw(seed: number, count: number) {
  const requests = []
  for (let number = 0; number < count; number++) {
    const drawn = await drawRequest(world, seed, number)
    requests.push({ drawn, request: render(twisted(drawn, drawn.twists)) })
  }
  return requests
}

describe('what is drawn', () => {
  it('is the same for the same seed, and another for another', async () => {
    const [once, again, other] = [await draw(1, 60), await draw(1, 60), await draw(2, 60)]
    const wire = (list: typeof once) => list.map(({ request }) => request)
    expect(wire(again)).toEqual(wire(once))
    expect(wire(other)).not.toEqual(wire(once))
  })

  it('comes from the whole document, plain and twisted', async () => {
    // So many that the rarest twist comes whatever the document looks like.
    const drawn = (await draw(3, 3_000)).map((one) => one.drawn)
    const operations = new Set(drawn.map(({ base }) => base.operation.id))
    expect(operations.size).toBeGreaterThan(world.document.operations.length * 0.9)
    const twists = new Set(drawn.flatMap((one) => one.twists.map(({ name }) => name)))
    expect([...twists]).toEqual(
      expect.arrayContaining(['an unknown query parameter', 'another method', 'a NUL']),
    )
    expect(twists.size).toBeGreaterThan(60)
    expect(drawn.filter((one) => one.twists.length === 0).length).toBeGreaterThan(100)
  })
})

describe('a value', () => {
  const bodies = world.document.operations.filter(({ body }) => body?.contentType.includes('json'))

  it.each(bodies.map(({ id }) => id))('for %s is one that the document allows', (id) => {
    const schema = bodies.find((one) => one.id === id)?.body?.schema ?? {}
    for (let number = 0; number < 50; number++) {
      const value = sampleValue({ draw: drawOf(5, number), world }, schema)
      const faults = world.validate(schema, JSON.parse(JSON.stringify(value)))
      expect([id, faults, faults && value]).toEqual([id, undefined, undefined])
    }
  })

  it('that is strange is one where the document has bounds', () => {
    const sampling = { draw: drawOf(1, 1), world, caller: owner }
    const names = (schema: object, name: string, where: 'query' | 'body') =>
      strangeValues(sampling, schema, name, where).map((one) => one.name)
    expect(names({ type: 'integer', minimum: 1, maximum: 100 }, 'limit', 'query')).toEqual(
      expect.arrayContaining(['above the most', 'a limit of none', 'a number in another notation']),
    )
    expect(names({ type: 'string', format: 'date-time' }, 'until', 'body')).toContain(
      'an offset beyond ±15:59',
    )
    expect(names({ type: 'string' }, 'cursor', 'query')).toContain('a cursor with a NUL')
  })
})

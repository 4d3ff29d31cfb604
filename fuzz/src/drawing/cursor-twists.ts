import { refusedWith } from './expectations.ts'
import type { Sampling } from './sample-value.ts'
import type { Twisting } from './value-twists.ts'

const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Cursors that the list has not given: forged ones, and those of other lists. */
export function strangeCursors({ draw, world, operationId }: Sampling): Twisting[] {
  const others = [...world.cursors.entries()].filter(([of]) => of !== operationId)
  const expects = refusedWith([400], 'this list gave no such cursor', 'bad_cursor')
  const own = [
    { name: 'a cursor of strings', value: forged(['x', 'y']) },
    { name: 'a cursor with a NUL', value: forged(['2031-01-01T00:00:00.000Z', '\0']) },
    {
      name: 'a cursor with no time',
      value: forged(['not a time', 'post_01k00000000000000000000000']),
    },
    { name: 'a cursor of one value', value: forged(['x']) },
    { name: 'a cursor of nothing', value: forged(null) },
    { name: 'no cursor at all', value: '%%%' },
  ].map((one) => ({ ...one, expects }))
  if (others.length === 0) return own
  const [, value] = draw.oneOf(others)
  return [...own, { name: 'a cursor of another list', value, expects }]
}

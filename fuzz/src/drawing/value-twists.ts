import { type JsonSchema, resolve, typeOf } from '../document/schema.ts'
import { prefixOfPattern } from '../world/ids.ts'
import { strangeCursors } from './cursor-twists.ts'
import type { Twist } from './draft.ts'
import { refused } from './expectations.ts'
import { strangeInstants } from './instants.ts'
import type { Place } from './places.ts'
import type { Sampling } from './sample-value.ts'

export interface Twisting {
  readonly name: string
  readonly value: unknown
  readonly expects?: Twist['expects']
}

/** Values for a place of this schema that a server should be ready for: wrong, at the edge, or hostile. */
export function strangeValues(
  sampling: Sampling,
  given: JsonSchema,
  name: string,
  where: Place['in'],
): Twisting[] {
  const { draw, world, caller } = sampling
  const isText = where !== 'body'
  const schema = resolve(given, world.document.schemas)
  if (name === 'cursor') return strangeCursors(sampling)
  const kind = typeOf(schema)
  if (kind === 'integer' || kind === 'number') return strangeNumbers(schema, name, isText)
  if (kind === 'array') return strangeLists(schema)
  if (kind === 'object' || schema.anyOf || schema.oneOf) return strangeObjects()
  if (kind === 'boolean') return [{ name: 'no boolean', value: 'maybe' }]
  if (schema.format === 'date-time') {
    return strangeTimes(where)
  }
  if (schema.enum) return strangeNames(schema.enum)
  const prefix = prefixOfPattern(schema.pattern)
  if (prefix)
    return strangeIds({ draw, world, ...(caller && { caller }) }, prefix, where !== 'query')
  if (name === 'types') return unknownTypes()
  if (name === 'zone') return strangeZones
  if (name === 'network') return [...unknownNames, ...strangeTexts(schema)]
  return strangeTexts(schema)
}

const unknownNames: Twisting[] = ['nowhere', 'SANDBOX', 'constructor'].map((value) => ({
  name: 'a name that nothing has',
  value,
  expects: refused('nothing has this name'),
}))

/** Nothing can be planned for a time that is over. */
function strangeTimes(where: Place['in']): Twisting[] {
  const expects = refused('the time is over')
  const over = ['1999', '2015', '2024'].map((year) => [
    'a time long past',
    `${year}-05-01T10:00:00Z`,
  ])
  return [...Object.entries(strangeInstants), ...over].map(([name = '', value = '']) => ({
    name,
    value,
    ...(where === 'body' && name === 'a time long past' && { expects }),
  }))
}

const strangeZones: Twisting[] = [
  { name: 'an offset as a zone', value: '+03:30', expects: refused('an offset is no zone') },
  { name: 'a zone that nobody knows', value: 'Mars/Base', expects: refused('it is no zone') },
  { name: 'an inherited name', value: 'constructor', expects: refused('it is no zone') },
]

function unknownTypes(): Twisting[] {
  const expects = refused('no event has this name')
  return ['content.post.gone.v1', 'content.post.changed.v1,nonsense', ',', '', '*'].map(
    (value) => ({
      name: 'names of no events',
      value,
      expects,
    }),
  )
}

function strangeNumbers(
  { minimum, maximum }: JsonSchema,
  name: string,
  isText: boolean,
): Twisting[] {
  const outside = refused('the number is out of bounds')
  const notPlain = refused('this is no plain decimal number')
  const edges: Twisting[] = [
    ...(minimum === undefined
      ? []
      : [{ name: 'below the least', value: minimum - 1, expects: outside }]),
    ...(maximum === undefined || maximum > 1e12
      ? []
      : [{ name: 'above the most', value: maximum + 1, expects: outside }]),
    { name: 'no whole number', value: 1.5, expects: refused('the number is not whole') },
  ]
  if (!isText)
    return [...edges, { name: 'a number as text', value: '5' }, { name: 'NaN', value: null }]
  return [
    ...edges.map((one) => ({ ...one, value: String(one.value) })),
    ...(name === 'limit' ? [{ name: 'a limit of none', value: '0', expects: outside }] : []),
    ...['0x10', '1e1', '5.0', ' 5', '+5', '', '٥'].map((value) => ({
      name: 'a number in another notation',
      value,
      expects: notPlain,
    })),
  ]
}

function strangeLists({ minItems = 0, maxItems }: JsonSchema): Twisting[] {
  return [
    { name: 'no list', value: 'x' },
    { name: 'a list of nulls', value: [null, null] },
    ...(minItems > 0 ? [{ name: 'an empty list', value: [] }] : []),
    ...(maxItems !== undefined && maxItems <= 1000
      ? [{ name: 'too many items', value: Array.from({ length: maxItems + 1 }, () => 'x') }]
      : []),
  ]
}

const strangeObjects = (): Twisting[] => [
  { name: 'no object', value: 'x' },
  { name: 'a list in place of an object', value: [] },
  { name: 'null in place of an object', value: null },
]

function strangeNames(values: readonly unknown[]): Twisting[] {
  const [first] = values.filter((one) => typeof one === 'string')
  return [
    {
      name: 'no name of the list',
      value: 'nonsense',
      expects: refused('the name is none of the list'),
    },
    {
      name: 'an inherited name',
      value: 'constructor',
      expects: refused('the name is none of the list'),
    },
    ...(typeof first === 'string'
      ? [{ name: 'a name in capitals', value: first.toUpperCase() }]
      : []),
  ].filter(({ value }) => !values.includes(value))
}

function strangeIds(
  { draw, world, caller }: Sampling,
  prefix: string,
  isNamed: boolean,
): Twisting[] {
  // A list filtered by an unknown id is allowed, and empty.
  const expects = isNamed ? refused('nothing here has this id') : undefined
  const isTheirs = caller?.workspace === 'other'
  const foreign = (isTheirs ? world.ours : world.foreign).pick(draw, prefix)
  return [
    { name: 'an id that nothing has', value: `${prefix}_01jzzzzzzzzzzzzzzzzzzzzzzz` },
    { name: 'an id of another kind', value: 'no_01jzzzzzzzzzzzzzzzzzzzzzzz' },
    { name: 'an id in capitals', value: `${prefix}_01JZZZZZZZZZZZZZZZZZZZZZZZ` },
    { name: 'an id with a line break', value: `${prefix}_01jzzzzzzzzzzzzzzzzzzzzzzz\n` },
    ...(foreign ? [{ name: 'an id of another workspace', value: foreign }] : []),
  ].map((one) => ({ ...one, ...(expects && { expects }) }))
}

function strangeTexts({ minLength = 0, maxLength }: JsonSchema): Twisting[] {
  return [
    { name: 'a NUL', value: 'a\0b', expects: refused('a text holds no NUL') },
    {
      name: 'half a character',
      value: 'a\ud800b',
      expects: refused('a text holds whole characters'),
    },
    { name: 'marks of direction', value: '\u202eabc\u2066\u200f' },
    { name: 'a very long text', value: 'x'.repeat(10_000) },
    { name: 'only spaces', value: '   ' },
    ...(minLength > 0
      ? [{ name: 'an empty text', value: '', expects: refused('it must not be empty') }]
      : []),
    ...(maxLength !== undefined && maxLength < 200_000
      ? [
          {
            name: 'a text too long',
            value: 'x'.repeat(maxLength + 1),
            expects: refused('it is too long'),
          },
        ]
      : []),
    { name: 'no text', value: 7 },
    { name: 'an inherited name', value: '__proto__' },
  ]
}

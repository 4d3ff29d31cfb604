import { takesHeader } from '../document/operation.ts'
import type { Draft, Twist } from './draft.ts'
import { inLanguage, notRefusedWith, refused, refusedWith } from './expectations.ts'
import type { Sampling } from './sample-value.ts'

const header = (name: string, what: string, value: string, expects?: Twist['expects']): Twist => ({
  name: what,
  place: name,
  apply: (one) => {
    one.headers[name] = value
  },
  ...(expects && { expects }),
})

/** Headers in the forms that RFC 9110 allows, and in others. */
export function headerTwists({ draw }: Sampling, draft: Draft): Twist[] {
  const twists = [plainPersian, ...languages, ...authorizations]
  if (takesHeader(draft.operation, 'if-match')) {
    // Few routes take `If-Match`, and it has many forms.
    const conditions = ifMatches(draft.headers['if-match'])
    twists.push(...conditions, ...conditions, ...conditions)
  }
  if (['POST', 'PATCH'].includes(draft.method)) twists.push(...idempotencyKeys(draft))
  if (takesHeader(draft.operation, 'last-event-id')) twists.push(...lastEvents)
  twists.push(
    header('x-long', 'a very long header', 'x'.repeat(20_000), refused('the header is too long')),
    header('accept', 'nothing that we have is accepted', 'image/webp'),
    header('cookie', 'a cookie that is no session', 'hamava_session=nobody; a=%zz'),
  )
  return draw.chance(0.5) ? twists : twists.filter(({ place }) => place !== 'authorization')
}

const plainPersian = header(
  'accept-language',
  'Persian',
  'fa',
  inLanguage('fa', 'that is asked for'),
)

const languages = [
  ['de, fa;q=0.9', 'fa'],
  ['fan', 'en'],
  ['fa-IR', 'fa'],
  ['en;q=0.1, fa;q=0.9', 'fa'],
  ['fa;q=0, en', 'en'],
  ['fa;q=0.1, en', 'en'],
  ['*', 'en'],
].map(([value = '', language]) =>
  header(
    'accept-language',
    'a list of languages',
    value,
    inLanguage(language === 'fa' ? 'fa' : 'en', 'that is preferred'),
  ),
)

const authorizations = [
  'Bearer',
  'Bearer hmv_nothing',
  'Basic YTpi',
  'Bearer hmv_\u00e9',
  'Digest username="x"',
].map((value) => header('authorization', 'credentials of nobody', value))

function ifMatches(current: string | undefined): Twist[] {
  const plain = current?.replaceAll('"', '') ?? '1'
  const isNumber = /^\d+$/.test(plain)
  const holds = (why: string) => notRefusedWith([400, 412, 428], why)
  const fails = (why: string) => refused(why)
  return [
    header('if-match', 'If-Match of any', '*', holds('`If-Match: *` holds for whatever exists')),
    header(
      'if-match',
      'If-Match of a list',
      `"other", ${current}`,
      holds('one of the list is current'),
    ),
    header(
      'if-match',
      'If-Match that is weak',
      `W/${current}`,
      fails('If-Match compares strongly'),
    ),
    header(
      'if-match',
      'If-Match of another',
      '"987654321"',
      refusedWith([412, 404], 'it is not current'),
    ),
    ...(isNumber
      ? [
          header(
            'if-match',
            'If-Match in another notation',
            `"0x${Number(plain).toString(16)}"`,
            fails('it is not the tag that was given'),
          ),
          header(
            'if-match',
            'If-Match in another notation',
            `"${plain}e0"`,
            fails('it is not the tag that was given'),
          ),
          header(
            'if-match',
            'If-Match in another notation',
            `" ${plain}"`,
            fails('it is not the tag that was given'),
          ),
        ]
      : []),
    header('if-match', 'If-Match without quotes', plain, fails('an entity tag stands in quotes')),
    header('if-match', 'no If-Match', '', refusedWith([428, 400, 404], 'If-Match is demanded')),
    header('if-match', 'If-Match of nothing', '""', fails('it is not current')),
  ]
}

function idempotencyKeys({ operation }: Draft): Twist[] {
  const isRequired = operation.parameters.some(
    (one) => one.name.toLowerCase() === 'idempotency-key' && one.required,
  )
  return [
    header('idempotency-key', 'a very long key', 'k'.repeat(256)),
    header('idempotency-key', 'a key with strange letters', '"a; b, c"'),
    ...(isRequired
      ? [header('idempotency-key', 'no key', '', refused('an Idempotency-Key is demanded'))]
      : []),
  ]
}

const lastEvents = ['-1', '0x1', '99999999999999999999', 'x'].map((value) =>
  header('last-event-id', 'an event that is none', value, refused('no event has this number')),
)

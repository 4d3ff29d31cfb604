import { describe, expect, it } from '@jest/globals'
import { refusedWith } from '../drawing/expectations.ts'
import { anId, aWorld, kept } from '../testing/a-world.ts'
import { anAnswer, anExchange, aProblem } from '../testing/an-exchange.ts'
import { nobody } from '../world/caller.ts'
import { answerOracles } from './index.ts'
import type { Exchange } from './oracle.ts'

const judge = (one: Exchange) =>
  answerOracles.flatMap((oracle) => oracle(one)).map(({ oracle, what }) => `${oracle}: ${what}`)

const policy = { approval: 'none' }
const twist = (name: string, place: string, expects = refusedWith([422], 'it must not be')) => ({
  name,
  place,
  apply: () => {},
  expects,
})

describe('an answer as it should be', () => {
  it.each([
    ['an answer', anExchange('getApprovalPolicy', anAnswer(200, policy))],
    ['a refusal', anExchange('createPost', anAnswer(422, aProblem(422)))],
  ])('is passed: %s', (_name, one) => {
    expect(judge(one)).toEqual([])
  })
})

describe('an answer that is wrong', () => {
  it.each([
    [
      'server errors: 500: a plain request',
      anExchange('listPosts', anAnswer(500, aProblem(500, 'internal'))),
    ],
    [
      'server errors: no answer: a plain request',
      anExchange('listPosts', { status: 0, headers: {}, text: 'cut off', body: undefined }),
    ],
    [
      'problems: 404 that is no problem: content type application/json',
      anExchange('getPost', anAnswer(404, {}, { 'content-type': 'application/json' }), {
        params: { id: anId('post') },
      }),
    ],
    [
      'problems: 422 that is no problem: says status 400',
      anExchange('createPost', anAnswer(422, aProblem(400))),
    ],
    [
      'problems: 401 without www-authenticate',
      anExchange('listPosts', anAnswer(401, aProblem(401))),
    ],
    ['problems: 405 without allow', anExchange('listPosts', anAnswer(405, aProblem(405)))],
    ['problems: 429 without retry-after', anExchange('listPosts', anAnswer(429, aProblem(429)))],
    [
      'problems: 403 instead of 401',
      anExchange('listPosts', anAnswer(403, aProblem(403)), { caller: nobody }),
    ],
    [
      `document: its body: data must have required property 'approval'`,
      anExchange('getApprovalPolicy', anAnswer(200, {})),
    ],
    ['document: undocumented status 202', anExchange('getApprovalPolicy', anAnswer(202, policy))],
    [
      'document: content type text/html instead of application/json',
      anExchange('getApprovalPolicy', anAnswer(200, policy, { 'content-type': 'text/html' })),
    ],
    [
      'input: an unknown field: not refused with 422, though it must not be',
      anExchange('setApprovalPolicy', anAnswer(200, policy), {
        body: policy,
        twists: [twist('an unknown field', 'body x')],
      }),
    ],
    [
      'cursors: a cursor of strings: not refused with 422, though it must not be',
      anExchange('getApprovalPolicy', anAnswer(200, policy), {
        twists: [twist('a cursor of strings', 'query cursor')],
      }),
    ],
    [
      'input: accepts what its document refuses: ',
      anExchange('setApprovalPolicy', anAnswer(200, policy), { body: { approval: 'maybe' } }),
    ],
    [
      'rights: lets in without operations:read',
      anExchange('getPublishingStatus', anAnswer(200, {}), { caller: kept }),
    ],
    [
      'limits: no RateLimit headers',
      anExchange('getApprovalPolicy', anAnswer(200, policy, { ratelimit: '' })),
    ],
    [
      'limits: a page with more items than asked for',
      anExchange('listPosts', anAnswer(200, { items: [{}, {}], nextCursor: null }), {
        query: [['limit', '1']],
      }),
    ],
    [
      'headers: 200 without referrer-policy',
      anExchange('getApprovalPolicy', anAnswer(200, policy, { 'referrer-policy': '' })),
    ],
    [
      'conditional: 412 without the current ETag',
      anExchange('editPost', anAnswer(412, aProblem(412, 'stale')), {
        params: { id: anId('post') },
      }),
    ],
  ])('is told: %s', (wrong, one) => {
    expect(judge(one)).toContain(wrong)
  })

  it('is told: the same ETag for what is shown otherwise', () => {
    const world = aWorld()
    const read = (alt: string) =>
      judge(
        anExchange('getAsset', anAnswer(200, { alt }, { etag: '"1"' }), {
          world,
          params: { id: anId('ast') },
        }),
      )
    const wrong = 'conditional: the same ETag for what is shown otherwise'
    expect([...read('a'), ...read('a')]).not.toContain(wrong)
    expect(read('b')).toContain(wrong)
  })
})

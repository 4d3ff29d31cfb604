import { describe, expect, it } from '@jest/globals'
import { anId, aWorld, hiddenId, kept, owner, visibleId } from '../testing/a-world.ts'
import { anAnswer, anExchange } from '../testing/an-exchange.ts'
import { AllIsLogged } from './all-is-logged.ts'
import { differences } from './feed-and-audit.ts'
import { ForeignIds } from './foreign-ids.ts'

describe('what is told to whom', () => {
  const told = (caller: typeof owner, body: unknown, named: string = visibleId) => {
    const world = aWorld()
    world.visibility.learn({ id: anId('post', 's'), targets: [{ channelId: hiddenId }] })
    const watch = new ForeignIds()
    const params = { id: named }
    watch.note(anExchange('getChannel', anAnswer(200, body), { world, caller, params }))
    return watch.findings(world).map(({ found }) => found.what)
  }

  it('is not to be of hidden channels', () => {
    const secret = anId('post', 's')
    expect(told(owner, [hiddenId, secret])).toEqual([])
    expect(told(kept, [visibleId, anId('post')])).toEqual([])
    expect(told(kept, [hiddenId, secret])).toEqual([
      'tells of a channel of hidden channels or another workspace',
      'tells of a post of hidden channels or another workspace',
    ])
  })

  it('is not to be of another workspace, for nobody', () => {
    expect(told(owner, anId('post', 'f'))).toEqual(['tells of a post of another workspace'])
  })

  it('may repeat what was asked for', () => {
    expect(told(kept, { detail: `no channel ${hiddenId}` }, hiddenId)).toEqual([])
  })
})

it('is told when somebody acts on what is hidden from them', () => {
  const world = aWorld()
  const watch = new ForeignIds()
  const params = { id: hiddenId }
  watch.note(anExchange('removeChannel', anAnswer(200, {}), { world, caller: kept, params }))
  const [first] = watch.findings(world)
  expect(first?.found.what).toBe('acts on what is hidden from who asks')
})

it('is told when what was done is not in the log', () => {
  const id = anId('hold', 'n')
  const log = new AllIsLogged()
  log.note(anExchange('placeHold', anAnswer(201, { hold: { id } }), {}))
  expect(log.findings([{ action: 'publishing.hold.changed.v1:placed', subject: id }])).toEqual([])
  expect(log.findings([])).toHaveLength(1)
})

describe('the feed beside the log', () => {
  const changes = (...actions: string[]) => new Map([[anId('post'), actions]])

  it('is the same, or it is told how it differs', () => {
    const log = changes('content.post.changed.v1:created', 'content.post.changed.v1:edited')
    expect(differences(log, log)).toEqual([])
    const [lacks] = differences(log, changes('content.post.changed.v1:created'))
    expect(lacks?.what).toBe('lacks what the audit log has of content.post.changed.v1')
    const [more] = differences(changes(), log)
    expect(more?.what).toBe('tells what the audit log has not, of content.post.changed.v1')
    const turned = changes('content.post.changed.v1:edited', 'content.post.changed.v1:created')
    const [order] = differences(log, turned)
    expect(order?.what).toBe(
      'tells in another order than the audit log, of content.post.changed.v1',
    )
  })
})

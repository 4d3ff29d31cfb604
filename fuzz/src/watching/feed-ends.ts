import { setTimeout as pause } from 'node:timers/promises'
import type { Draw } from '../drawing/draw.ts'
import type { Finding } from '../oracles/oracle.ts'
import { must } from '../world/api.ts'
import type { Caller } from '../world/caller.ts'
import { addKey, addMember } from '../world/make-callers.ts'
import type { World } from '../world/world.ts'
import { FeedListener } from './feed-listener.ts'

/** Streams check the listener's rights every two seconds; on a busy machine, ending one may take this long. */
const mostMs = 8_000

interface Ending {
  readonly what: string
  readonly begin: (world: World, name: string) => Promise<Caller>
  readonly act: (world: World, caller: Caller) => Promise<unknown>
}

const member = (world: World, name: string, role: string) =>
  addMember(world.access, world.owner, name, {
    email: `${name}@example.org`,
    role,
    channelIds: null,
  })

const edit = (input: object) => async (world: World, caller: Caller) =>
  must(world.access.url, world.owner, 'PATCH', `/v1/members/${caller.memberId}`, input, {
    'if-match': '"1"',
  })

const endings: readonly Ending[] = [
  {
    what: 'their key was revoked',
    begin: (world, name) => addKey(world.access, world.owner, name, null),
    act: async ({ access, owner }, caller) => {
      const { items } = (await must(access.url, owner, 'GET', '/v1/api-keys?limit=100')) as {
        items: { id: string; name: string }[]
      }
      const id = items.find((one) => one.name === caller.name)?.id
      return must(access.url, owner, 'DELETE', `/v1/api-keys/${id}`)
    },
  },
  {
    what: 'they logged out',
    begin: (world, name) => member(world, name, 'manager'),
    act: ({ access }, caller) => must(access.url, caller, 'POST', '/v1/logout'),
  },
  {
    what: 'they were removed',
    begin: (world, name) => member(world, name, 'manager'),
    act: ({ access, owner }, caller) =>
      must(access.url, owner, 'DELETE', `/v1/members/${caller.memberId}`),
  },
  {
    what: 'their role was narrowed',
    begin: (world, name) => member(world, name, 'manager'),
    act: edit({ role: 'viewer' }),
  },
  {
    what: 'their channels were narrowed',
    begin: (world, name) => member(world, name, 'manager'),
    act: (world, caller) => edit({ channelIds: [world.visibleChannelId] })(world, caller),
  },
]

/** Whether the live feed ends for somebody who may no longer hear it as before. */
export async function feedEnds(world: World, draw: Draw, number: number): Promise<Finding[]> {
  const { what, begin, act } = draw.oneOf(endings)
  const caller = await begin(world, `${world.handles[0]}.listens${number}`)
  const listener = await FeedListener.open(world.access.url, caller)
  try {
    await act(world, caller)
    const late = Symbol('late')
    const first = await Promise.race([listener.ended, pause(mostMs, late, { ref: false })])
    if (first !== late) return []
    return [{ oracle: 'feed', what: `goes on although ${what}`, operation: 'streamEvents' }]
  } finally {
    listener.close()
  }
}

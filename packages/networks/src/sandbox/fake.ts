import { z } from 'zod'
import type { Fake, FakeOptions, LivePost, Written } from '../fakes/fake.ts'
import { createSandbox } from './server/index.ts'

const account = z.object({ token: z.string(), refreshToken: z.string().nullable() })
const made = z.object({ items: z.array(z.object({ id: z.string() })) })
const posts = z.array(
  z.object({
    id: z.string(),
    text: z.string(),
    parent: z.string().nullable(),
    media: z.array(z.object({ mime: z.string(), alt: z.string() })),
  }),
)

interface SandboxFakeOptions extends FakeOptions {
  keyed?: 'key' | 'readable' | 'none'
}

/** The sandbox with one account, under the controls that every fake has. */
export async function createFake({ port, keyed = 'key' }: SandboxFakeOptions = {}): Promise<Fake> {
  let ahead = 0
  const sandbox = await createSandbox({ port, now: () => Date.now() + ahead })
  const { url } = sandbox
  const tokenTtlMs = 3_600_000
  const handle = 'hamava'

  const send = async <S extends z.ZodType>(path: string, schema: S, json?: unknown) => {
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    }
    const reply = await fetch(`${url}${path}`, json === undefined ? {} : request)
    return schema.parse(await reply.json())
  }
  const write = async (path: string, { from, ...rest }: Written & { postId?: string }) => {
    const to = rest.postId === undefined ? { handle } : {}
    const who = from === undefined ? {} : { from }
    const { items } = await send(path, made, { ...to, ...who, ...rest })
    return items[0]?.id ?? ''
  }

  const { token, refreshToken } = await send('/accounts', account, { handle, keyed, tokenTtlMs })
  return {
    url,
    close: sandbox.close,
    connect: { url, token, ...(refreshToken ? { refreshToken } : {}) },
    live: async (): Promise<LivePost[]> =>
      (await send(`/accounts/${handle}/posts`, posts)).toReversed(),
    fault: async (fault) => {
      await send('/admin/faults', z.unknown(), fault)
    },
    revokeTokens: async () => {
      await send('/admin/faults', z.unknown(), { kind: 'revoke_tokens' })
    },
    expireTokens: async () => {
      ahead += tokenTtlMs
    },
    comment: (input) => write('/admin/comments', input),
    mention: (input) => write('/admin/mentions', input),
    message: (input) => write('/admin/messages', input),
  }
}

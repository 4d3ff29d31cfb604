import { itemsOf, must, textOf } from './api.ts'
import type { Caller } from './caller.ts'
import type { Access } from './world.ts'

/** Channels on accounts of the sandbox, made for it; without a sandbox, those that exist. */
export async function makeChannels(
  access: Access,
  owner: Caller,
  handles: readonly string[],
): Promise<string[]> {
  if (!access.sandboxUrl) {
    const page = await must(access.url, owner, 'GET', '/v1/channels?limit=3')
    return itemsOf(page).map((one) => textOf(one, 'id'))
  }
  const ids: string[] = []
  for (const handle of handles) {
    const input = await sandboxInput(access.sandboxUrl, handle)
    ids.push(textOf(await must(access.url, owner, 'POST', '/v1/channels', input), 'id'))
  }
  return ids
}

/** What connects an account of the sandbox. */
export async function sandboxInput(sandboxUrl: string, handle: string) {
  const account = await must(sandboxUrl, { headers: {} }, 'POST', '/accounts', {
    handle,
    name: handle,
  })
  const fields = { url: sandboxUrl, token: textOf(account, 'token') }
  return { network: 'sandbox', method: 'access_token', fields }
}

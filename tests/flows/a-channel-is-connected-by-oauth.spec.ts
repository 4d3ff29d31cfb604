import { describe, expect, it } from '@jest/globals'
import { api, dev } from './stack/api.ts'
import { doubleUrl } from './stack/live.ts'

interface Channel {
  id: string
  network: string
  health: string
}

describe('connecting by OAuth', () => {
  const redirectUri = `${dev.gatewayUrl}/connected`
  const start = () =>
    api<{ authorizeUrl: string; state: string }>('POST', '/v1/channels/oauth/start', {
      network: 'mastodon',
      fields: { instance: doubleUrl('mastodon') },
      redirectUri,
    })

  it('sends the person to the network, and connects with the code they come back with', async () => {
    const { body: started } = await start()
    const consent = await fetch(started.authorizeUrl, { redirect: 'manual' })
    const back = new URL(consent.headers.get('location') ?? '')
    expect(back.origin + back.pathname).toBe(redirectUri)
    expect(back.searchParams.get('state')).toBe(started.state)

    const answer = { state: started.state, code: back.searchParams.get('code') }
    const finished = await api<Channel>('POST', '/v1/channels/oauth/finish', answer)
    expect(finished.body).toMatchObject({ network: 'mastodon', health: 'ok' })
    expect(JSON.stringify(finished.body)).not.toMatch(/token|secret/i)

    const again = await api<{ code: string }>('POST', '/v1/channels/oauth/finish', answer)
    expect([again.status, again.body.code]).toEqual([422, 'oauth_state_unknown'])
  })

  it('sends people back to our own address alone', async () => {
    const refused = await api<{ code: string }>('POST', '/v1/channels/oauth/start', {
      network: 'mastodon',
      fields: { instance: doubleUrl('mastodon') },
      redirectUri: 'https://evil.example/connected',
    })
    expect([refused.status, refused.body.code]).toEqual([422, 'redirect_elsewhere'])
  })

  it('refuses a wrong code in plain words', async () => {
    const { body: started } = await start()
    const answer = { state: started.state, code: 'wrong' }
    const refused = await api<{ code: string }>('POST', '/v1/channels/oauth/finish', answer)
    expect([refused.status, refused.body.code]).toEqual([422, 'connect_refused'])
  })
})

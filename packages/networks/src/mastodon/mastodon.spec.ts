import { describe, expect, it } from '@jest/globals'
import { aPart, aPicture, describeConnector, mustBe } from '../connector.contract.ts'
import type { Json, Tools } from '../connector.ts'
import { tools } from '../testing/tools.ts'
import { mastodon } from './connector.ts'
import { createFake } from './fake.ts'
import { moods } from './fake-moods.ts'
import { comparable, plainText } from './plain-text.ts'
import { settings } from './settings.ts'

for (const [mood, { maxCharacters, keys, hasConversations }] of Object.entries(moods))
  describeConnector({
    connector: mastodon,
    manner: ` (${mood})`,
    start: () => createFake({ mood }),
    hasSlowMedia: true,
    maxText: maxCharacters,
    ignoresKeys: keys === 'never',
    hidesDirect: !hasConversations,
  })

describe('plain text', () => {
  it.each([
    ['<p>یک<br />دو</p><p>سه</p>', 'یک\nدو\n\nسه'],
    ['<p>a &amp; b &lt;c&gt; &#39;d&#x27; &quot;</p>', "a & b <c> 'd' \""],
    [
      '<p>@<span>sara</span> <a href="https://x.ir/abc"><span class="invisible">https://</span><span class="ellipsis">x.ir/</span><span class="invisible">abc</span></a></p>',
      '@sara https://x.ir/abc',
    ],
    ['<ul><li>نان</li><li>شیر</li></ul><p>پایان</p>', 'نان\nشیر\n\nپایان'],
    ['<h1>سر</h1><blockquote>نقل</blockquote>متن', 'سر\nنقل\nمتن'],
  ])('of %s', (html, text) => expect(plainText(html)).toBe(text))

  it('compares as the server tidies', () => {
    expect(comparable('سلام @sara@elsewhere.test\n\n می‌رویم ')).toBe('سلام @sara می‌رویم')
  })
})

const aStatus = (facts: Parameters<typeof aPart>[1] = {}) => ({
  ...aPart(mastodon, facts),
  settings: settings.parse({}),
})

describe('Mastodon alone', () => {
  it('asks people with a poll beneath the post, once', async () => {
    const fake = await createFake()
    const { credentials } = await mastodon.connect.verify(fake.connect, tools)
    const held = mastodon.connect.credentials.parse(credentials)
    const poll = { options: ['چای', 'قهوه'], hours: 48 }
    const input = { ...aStatus(), settings: settings.parse({ poll }) }
    const first = mustBe(
      'published',
      (await mastodon.publish?.publish(held, input, tools)) as never,
    )
    const reply = {
      ...input,
      idempotencyKey: 'part-1',
      replyTo: { root: first.ref, parent: first.ref },
    }
    mustBe('published', (await mastodon.publish?.publish(held, reply, tools)) as never)
    const [asked, part] = await fake.live()
    expect(asked?.attached).toEqual({
      options: ['چای', 'قهوه'],
      expires_in: 172_800,
      multiple: false,
      hide_totals: false,
    })
    expect(part?.attached).toBeUndefined()
    await fake.close()
  })

  it.each([
    ['the same choice twice', { options: ['چای', 'چای'] }],
    ['one choice', { options: ['چای'] }],
    ['a choice that is too long', { options: ['چای', 'س'.repeat(51)] }],
    ['no end within a month', { options: ['چای', 'قهوه'], hours: 721 }],
  ])('takes no poll with %s', (_, poll) => {
    expect(settings.safeParse({ poll }).success).toBe(false)
  })

  it.each(Object.entries(moods))('knows what its server is and takes: %s', async (name, mood) => {
    const fake = await createFake({ mood: name })
    const { credentials, limits } = await mastodon.connect.verify(fake.connect, tools)
    expect(limits).toEqual({
      textMax: mood.maxCharacters,
      urlWeight: 23,
      mediaMax: mood.maxMedia,
      altMax: mood.maxDescription,
      ...(mood.format === 'markdown' && { readsMarkdown: true }),
    })
    const software = {
      mastodon: 'mastodon',
      without_keys: 'quietsocial',
      keeps_any_answer: 'pleroma',
    }
    expect(credentials.software).toBe(software[name as keyof typeof software] ?? 'ownways')
    const again = await mastodon.connect.readServer?.(credentials, tools)
    expect(again).toEqual({ credentials, limits })
    await fake.close()
  })

  it('keeps what it knows of a server that does not answer just now', async () => {
    const fake = await createFake({ mood: 'without_keys' })
    const { credentials } = await mastodon.connect.verify(fake.connect, tools)
    const away: Tools['send'] = async (request) =>
      /instance|nodeinfo/.test(request.url)
        ? { status: 502, headers: {}, text: '<html>Bad gateway</html>' }
        : tools.send(request)
    const again = mastodon.connect.readServer?.(credentials, { ...tools, send: away })
    await expect(again).rejects.toMatchObject({ kind: 'temporary' })
    await fake.close()
  })

  it('takes a server that says nothing of itself for an unknown one', async () => {
    const fake = await createFake()
    const { credentials } = await mastodon.connect.verify(fake.connect, tools)
    const { software: _, ...unknown } = credentials
    expect(mastodon.publish?.guarantees?.(unknown).idempotency.kind).toBe('key_last')
    expect(mastodon.publish?.guarantees?.({ ...unknown, software: 'pixelfed' })).toMatchObject({
      idempotency: { kind: 'none', waitMs: 90_000 },
      readBack: { settleMs: 5000 },
    })
    await fake.close()
  })

  const redirectUri = 'https://hamava.example/connected'
  const { oauth, revoke } = mastodon.connect
  const goTo = async (instance: string, app: Json = null, state = 's-1') => {
    const started = await oauth?.start({ fields: { instance }, redirectUri, state, app }, tools)
    if (!started) throw new Error('no code flow')
    const consent = await fetch(started.authorizeUrl, { redirect: 'manual' })
    const back = new URL(consent.headers.get('location') ?? '')
    const stored = JSON.parse(JSON.stringify(started)) as typeof started
    return { ...stored, back, code: back.searchParams.get('code') ?? '' }
  }

  it('connects by the code flow, with a registration and PKCE of its own', async () => {
    const fake = await createFake()
    const { pending, back, code } = await goTo(fake.connect.instance ?? '')
    expect(back.searchParams.get('state')).toBe('s-1')
    const channel = await oauth?.finish({ code, redirectUri, pending }, tools)
    expect(channel).toMatchObject({
      account: { name: 'هم‌آوا' },
      scopes: expect.arrayContaining(['read']),
    })

    const forged = { ...(pending as object), verifier: 'another' }
    await expect(
      oauth?.finish({ code, redirectUri, pending: forged }, tools),
    ).rejects.toMatchObject({ kind: 'rejected' })
    await fake.close()
  })

  it('is one app at a server, until the server has forgotten it', async () => {
    const fake = await createFake()
    const instance = fake.connect.instance ?? ''
    const first = await goTo(instance)
    const second = await goTo(instance, first.app)
    expect(second.app).toEqual(first.app)
    fake.forgetApps()
    const third = await goTo(instance, second.app)
    expect(third.app).not.toEqual(first.app)
    expect(third.code).not.toBe('')
    await fake.close()
  })

  it('ends its access when it is over, if it was given by the code flow', async () => {
    const fake = await createFake()
    const { pending, code } = await goTo(fake.connect.instance ?? '')
    const channel = await oauth?.finish({ code, redirectUri, pending }, tools)
    if (!channel) throw new Error('not connected')
    const { credentials } = channel
    expect(mastodon.connect.accessOnly?.(credentials)).not.toHaveProperty('app')
    await revoke?.(credentials, tools)
    const measured = mastodon.measure?.channel?.(credentials, tools)
    await expect(measured).rejects.toMatchObject({ reason: { code: 'token_revoked' } })
    const typed = await mastodon.connect.verify(fake.connect, tools)
    await revoke?.(typed.credentials, tools)
    await mastodon.measure?.channel?.(typed.credentials, tools)
    await fake.close()
  })

  it('says in its own words what was typed in wrong', async () => {
    const fake = await createFake()
    const said = async (fields: Record<string, string>) =>
      mastodon.connect.verify(fields, tools).catch(({ reason }) => reason)
    expect(await said({ ...fake.connect, accessToken: 'mistyped' })).toMatchObject({
      code: 'access_not_taken',
      message: { en: expect.not.stringContaining('no longer') },
    })
    expect(await said({ ...fake.connect, instance: 'a b' })).toMatchObject({
      fix: { en: expect.not.stringContaining('instance') },
    })
    await fake.close()
  })

  it('finds its status again when the key’s hour is over, however the server tidied it', async () => {
    const fake = await createFake()
    const { credentials } = await mastodon.connect.verify(fake.connect, tools)
    const text =
      'سلام @sara@elsewhere.test!\n\nببینید: https://hamava.example/a/very/long/path/that/is/shortened?q=1&b=2'
    const input = {
      ...aPart(mastodon, { text }),
      settings: settings.parse({ spoilerText: 'هشدار' }),
    }
    const outcome = mustBe(
      'published',
      (await mastodon.publish?.publish(credentials, input, tools)) as never,
    )
    const since = new Date(Date.now() - 1000)
    const found = await mastodon.publish?.find?.(credentials, input, since, tools)
    expect(found).toMatchObject({ id: outcome.id, permalink: outcome.permalink })
    await fake.close()
  })

  it.each(Object.keys(moods))(
    'hears all of many mentions between two readings (%s)',
    async (mood) => {
      const fake = await createFake({ mood })
      const { credentials } = await mastodon.connect.verify(fake.connect, tools)
      const listen = mastodon.listen
      if (!listen) throw new Error('does not listen')
      const start = await listen.poll(credentials, null, tools)
      for (let n = 0; n < 200; n += 1) await fake.mention({ text: `یاد ${n}` })
      const { items, cursor } = await listen.poll(credentials, start.cursor, tools)
      expect(items.map(({ text }) => text)).toEqual(
        Array.from({ length: 200 }, (_, n) => `@hamava یاد ${n}`),
      )
      expect((await listen.poll(credentials, cursor, tools)).items).toEqual([])
      await fake.close()
    },
  )

  it.each([
    ['سلام', '@sara@elsewhere.test سلام'],
    ['@sara@elsewhere.test سلام', '@sara@elsewhere.test سلام'],
    ['سلام (@sara@elsewhere.test)، خوبی؟', 'سلام (@sara@elsewhere.test)، خوبی؟'],
    ['سلام @sara@elsewhere.test.', 'سلام @sara@elsewhere.test.'],
    ['@sara@elsewhere.tester سلام', '@sara@elsewhere.test @sara@elsewhere.tester سلام'],
    ['mail@sara@elsewhere.test', '@sara@elsewhere.test mail@sara@elsewhere.test'],
    ['@sara@elsewhere.test.example', '@sara@elsewhere.test @sara@elsewhere.test.example'],
  ])('addresses whom it answers, once, by the whole handle: %s', async (text, sent) => {
    const fake = await createFake()
    const { credentials } = await mastodon.connect.verify(fake.connect, tools)
    const { poll, reply } = mastodon.listen ?? {}
    const start = await poll?.(credentials, null, tools)
    await fake.mention({ text: 'پرسش', from: 'sara' })
    const [item] = (await poll?.(credentials, start?.cursor ?? null, tools))?.items ?? []
    const facts = { idempotencyKey: 'k', at: new Date(), begunAt: new Date() }
    await reply?.(credentials, { ref: item?.ref ?? null, text, ...facts }, tools)
    expect((await fake.live()).at(-1)?.text).toBe(sent)
    await fake.close()
  })

  it('hears two direct answers to one message, and its own', async () => {
    const fake = await createFake()
    const { credentials } = await mastodon.connect.verify(fake.connect, tools)
    const listen = mastodon.listen
    if (!listen) throw new Error('does not listen')
    await fake.message?.({ text: 'اول' })
    const first = await listen.poll(credentials, null, tools)
    const [item] = first.items
    if (!item) throw new Error('heard nothing')
    const facts = { idempotencyKey: 'r1', at: new Date(), begunAt: new Date() }
    const answer = { ref: item.ref, text: 'پاسخ', ...facts }
    mustBe('published', await listen.reply(credentials, answer, tools))
    const second = await listen.poll(credentials, first.cursor, tools)
    expect(second.items).toMatchObject([
      { kind: 'direct', fromChannel: true, threadKey: item.threadKey, text: '@sara پاسخ' },
    ])
    await fake.close()
  })

  describe('an answer whose parent was deleted', () => {
    async function orphaned() {
      const fake = await createFake()
      const { credentials } = await mastodon.connect.verify(fake.connect, tools)
      const first = mustBe(
        'published',
        (await mastodon.publish?.publish(credentials, aStatus(), tools)) as never,
      )
      const headers = { authorization: `Bearer ${fake.connect.accessToken}` }
      const url = `${fake.connect.instance}/api/v1/statuses/${first.id}`
      await fetch(url, { method: 'DELETE', headers })
      const answer = aStatus({ replyTo: { root: first.ref, parent: first.ref } })
      return { fake, publish: () => mastodon.publish?.publish(credentials, answer, tools) }
    }

    it('is refused in words that say so', async () => {
      const { fake, publish } = await orphaned()
      expect(await publish()).toMatchObject({
        kind: 'rejected',
        reason: { code: 'parent_gone' },
        mayBeUp: false,
      })
      await fake.close()
    })

    it('is refused too when the server breaks over it, and may be up all the same', async () => {
      const { fake, publish } = await orphaned()
      await fake.fault({ kind: '5xx', status: 500, times: 1 })
      expect(await publish()).toMatchObject({
        kind: 'rejected',
        reason: { code: 'parent_gone' },
        mayBeUp: true,
      })
      await fake.close()
    })
  })

  it('goes on from media that its status has already, without another upload', async () => {
    const fake = await createFake()
    const { credentials } = await mastodon.connect.verify(fake.connect, tools)
    await fake.fault({ kind: 'slow_media', ms: 50, times: 1 })
    const input = aStatus({ media: [aPicture()] })
    const pending = mustBe(
      'pending',
      (await mastodon.publish?.publish(credentials, input, tools)) as never,
    )
    const check = async () =>
      mastodon.publish?.check?.(
        credentials,
        JSON.parse(JSON.stringify(pending.state)),
        input,
        tools,
      )
    let first = await check()
    while (first?.kind === 'pending') first = await check()
    expect(first?.kind).toBe('published')
    // The reply was lost, say: the same state again finds its media in use.
    expect(await check()).toMatchObject({ kind: 'published', id: (first as { id: string }).id })
    expect(await fake.live()).toHaveLength(1)
    await fake.close()
  })
})

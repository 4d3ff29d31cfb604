import { emptyContent } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import type { DraftAsset, DraftTarget, PostDraft } from './draft.ts'
import { channelFinding } from './finding.ts'
import { manifests, networkRules } from './manifests.ts'
import { validatePost } from './validate-post.ts'

const image = (facts: Partial<DraftAsset> = {}): DraftAsset => ({
  id: 'ast_1',
  kind: 'image',
  mime: 'image/png',
  bytes: 1000,
  width: 640,
  height: 480,
  alt: 'A cat',
  ...facts,
})
const video = (facts: Partial<DraftAsset> = {}) =>
  image({ kind: 'video', mime: 'video/mp4', ...facts })
const to = (network: string, variant?: DraftTarget['variant']): DraftTarget => ({
  channelId: `ch_${network}`,
  network,
  ...(variant ? { variant } : {}),
})
const post = (facts: Partial<PostDraft>): PostDraft => ({
  ...emptyContent,
  text: 'Hello',
  targets: [],
  ...facts,
})
const brief = (draft: PostDraft) =>
  validatePost(draft).map(({ level, code, pointer, network }) => [network, level, code, pointer])

describe('validatePost', () => {
  it('has nothing to say about a plain post', () => {
    const targets = manifests.map(({ id }) => to(id))
    expect(validatePost(post({ text: 'سلام، می‌رویم', targets }))).toEqual([])
  })

  it('says where a text is too long, with the numbers in both languages', () => {
    const [found, ...rest] = validatePost(post({ text: 'a'.repeat(301), targets: [to('bluesky')] }))
    expect(rest).toEqual([])
    expect(found).toMatchObject({
      code: 'text_too_long',
      pointer: '/text',
      channelId: 'ch_bluesky',
    })
    expect(found?.message.en).toContain('301')
    expect(found?.message.fa).toContain('۳۰۱')
    expect(found?.message.fa).not.toMatch(/[0-9]/)
    expect(channelFinding.parse(found)).toEqual(found)
  })

  it('points into the variant where the text comes from it', () => {
    const targets = [to('sandbox'), to('bluesky', { text: 'b'.repeat(400) })]
    expect(brief(post({ targets }))).toEqual([
      ['bluesky', 'blocks', 'text_too_long', '/targets/1/variant/text'],
    ])
  })

  it('counts bytes where the network does', () => {
    expect(brief(post({ text: '👨‍👩‍👧‍👦'.repeat(290), targets: [to('bluesky')] }))).toEqual([
      ['bluesky', 'blocks', 'text_too_long', '/text'],
    ])
  })

  it('holds captions to their own limit', () => {
    const draft = { text: 'a'.repeat(1025), targets: [to('telegram')] }
    expect(brief(post(draft))).toEqual([])
    expect(brief(post({ ...draft, assets: [image({ alt: '' })] }))).toEqual([
      ['telegram', 'blocks', 'caption_too_long', '/text'],
    ])
  })

  it('counts a content warning with the text', () => {
    const spoilerText = 'x'.repeat(10)
    const targets = [to('mastodon', { settings: { spoilerText } })]
    expect(brief(post({ text: 'a'.repeat(491), targets }))).toEqual([
      ['mastodon', 'blocks', 'text_too_long', '/text'],
    ])
  })

  it('refuses nothing at all, but lets media speak for itself', () => {
    const targets = [to('sandbox')]
    expect(brief(post({ text: ' \u200c', targets }))).toEqual([
      ['sandbox', 'blocks', 'text_empty', '/text'],
    ])
    expect(brief(post({ text: '', assets: [image()], targets }))).toEqual([])
  })

  it.each([
    ['too_many_media', Array.from({ length: 5 }, () => image()), '/assets'],
    ['media_type_unsupported', [image({ mime: 'image/tiff' })], '/assets/0'],
    ['media_type_unsupported', [video()], '/assets/0'],
    ['media_too_large', [image(), image({ bytes: 2_000_001 })], '/assets/1'],
    ['alt_too_long', [image({ alt: 'a'.repeat(2001) })], '/assets/0/alt'],
  ])('blocks %s', (code, assets, pointer) => {
    expect(brief(post({ assets, targets: [to('bluesky')] }))).toEqual([
      ['bluesky', 'blocks', code, pointer],
    ])
  })

  it('refuses images and videos together, and too many videos', () => {
    const targets = [to('mastodon')]
    expect(brief(post({ assets: [image(), video()], targets }))).toEqual([
      ['mastodon', 'blocks', 'media_mix', '/assets'],
    ])
    expect(brief(post({ assets: [video(), video()], targets }))).toEqual([
      ['mastodon', 'blocks', 'too_many_media', '/assets'],
    ])
  })

  it.each([
    [9000, 1001],
    [2100, 100],
  ])('refuses a %i × %i image on Telegram', (width, height) => {
    const assets = [image({ width, height, alt: '' })]
    expect(brief(post({ assets, targets: [to('telegram')] }))).toEqual([
      ['telegram', 'blocks', 'media_dimensions', '/assets/0'],
    ])
  })

  it('advises on alternative text, and says where it will be left out', () => {
    const assets = [image({ alt: ' ' }), image()]
    expect(brief(post({ assets, targets: [to('sandbox'), to('telegram')] }))).toEqual([
      ['sandbox', 'advice', 'alt_missing', '/assets/0/alt'],
      ['telegram', 'changed', 'alt_unsupported', '/assets/1/alt'],
    ])
  })

  it('checks the parts of a thread and the first comment', () => {
    const parts = [{ text: 'ok' }, { text: 'p'.repeat(301) }, { text: '' }]
    const firstComment = 'c'.repeat(302)
    expect(brief(post({ parts, firstComment, targets: [to('bluesky')] }))).toEqual([
      ['bluesky', 'blocks', 'text_too_long', '/parts/1/text'],
      ['bluesky', 'blocks', 'text_empty', '/parts/2/text'],
      ['bluesky', 'blocks', 'text_too_long', '/firstComment'],
    ])
  })

  it('says where a first comment cannot be had, until the variant empties it', () => {
    const draft = post({ firstComment: 'Link', targets: [to('telegram')] })
    expect(brief(draft)).toEqual([
      ['telegram', 'blocks', 'first_comment_unsupported', '/firstComment'],
    ])
    expect(brief({ ...draft, targets: [to('telegram', { firstComment: '' })] })).toEqual([])
  })

  it('points at the setting that is wrong', () => {
    const targets = [to('mastodon', { settings: { visibility: 'everyone' } })]
    const [found] = validatePost(post({ targets }))
    expect(found).toMatchObject({
      code: 'settings_invalid',
      pointer: '/targets/0/variant/settings/visibility',
    })
  })

  it('takes a poll without media, and a link card with one small image', () => {
    const poll = { options: ['چای', 'قهوه'] }
    const linkCard = { url: 'https://hamava.example', title: 'هم‌آوا' }
    const asking = to('mastodon', { settings: { poll } })
    expect(brief(post({ targets: [asking] }))).toEqual([])
    expect(brief(post({ assets: [image()], targets: [asking] }))).toEqual([
      ['mastodon', 'blocks', 'format_media', '/assets'],
    ])
    const card = to('bluesky', { settings: { linkCard } })
    expect(brief(post({ assets: [image()], targets: [card] }))).toEqual([])
    expect(brief(post({ assets: [image(), image()], targets: [card] }))).toEqual([
      ['bluesky', 'blocks', 'format_media', '/assets'],
    ])
    expect(brief(post({ assets: [image({ bytes: 1_000_001 })], targets: [card] }))).toEqual([
      ['bluesky', 'blocks', 'media_too_large', '/assets/0'],
    ])
    expect(
      brief(post({ targets: [to('mastodon', { settings: { poll: { options: [] } } })] })),
    ).toEqual([
      ['mastodon', 'blocks', 'settings_invalid', '/targets/0/variant/settings/poll/options'],
    ])
  })

  it('takes links with Persian domains, and as the network can show them', () => {
    const card = (url: string) => to('bluesky', { settings: { linkCard: { url, title: 'کافه' } } })
    expect(brief(post({ targets: [card('https://دامنه.ایران/برگه')] }))).toEqual([])
    const settings = networkRules('bluesky')?.settings
    const spaced = { linkCard: { url: 'https://x.example/یک صفحه', title: 'a' } }
    expect(settings?.parse(spaced)).toMatchObject({
      linkCard: { url: expect.stringMatching(/^https:\/\/x\.example\/[!-~]+$/) },
    })
    expect(brief(post({ targets: [card('javascript:alert(1)')] }))).toMatchObject([
      ['bluesky', 'blocks', 'settings_invalid', '/targets/0/variant/settings/linkCard/url'],
    ])
  })

  it('says in both languages what a network checks by itself', () => {
    const poll = { options: ['چای', 'چای'] }
    const [found] = validatePost(post({ targets: [to('mastodon', { settings: { poll } })] }))
    expect(found?.message.en).toContain('names a choice twice')
    expect(found?.message.fa).toContain('یک گزینه دو بار آمده است')
  })

  it('knows which networks it does not know', () => {
    expect(brief(post({ targets: [to('myspace')] }))).toEqual([
      ['myspace', 'blocks', 'unknown_network', '/targets/0'],
    ])
  })

  it('judges by what the channel’s own server takes, where that is known', () => {
    const own = (limits: NonNullable<DraftTarget['limits']>) => ({ ...to('mastodon'), limits })
    const long = 'ب'.repeat(4_000)
    expect(brief(post({ text: long, targets: [own({ textMax: 5_000 })] }))).toEqual([])
    expect(brief(post({ text: 'ب'.repeat(400), targets: [own({ textMax: 300 })] }))).toEqual([
      ['mastodon', 'blocks', 'text_too_long', '/text'],
    ])
    const assets = Array.from({ length: 8 }, (_, at) => image({ id: `ast_${at}` }))
    expect(brief(post({ assets, targets: [own({ mediaMax: 8 })] }))).toEqual([])
    const described = [image({ alt: 'x'.repeat(2_000) })]
    expect(brief(post({ assets: described, targets: [own({ altMax: 5_000 })] }))).toEqual([])
  })

  it.each([
    ['- نان\n- شیر', true],
    ['1. یکم', true],
    ['# سرخط', true],
    ['یک *واژه* دیگر', true],
    ['ببینید: [اینجا](https://hamava.example)', true],
    ['2 * 3 * 4', false],
    ['snake_case_name و - خط تیره', false],
    ['#هشتگ', false],
    ['سلام! (یک ۱. دو)', false],
  ])('says that a server will show %j in other signs: %s', (text, isChanged) => {
    const target = { ...to('mastodon'), limits: { readsMarkdown: true } }
    const codes = brief(post({ text, targets: [target] }))
    const changed = [['mastodon', 'changed', 'format_read', '/text']]
    expect(codes).toEqual(isChanged ? changed : [])
  })
})

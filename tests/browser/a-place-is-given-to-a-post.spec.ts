import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { axeOf, logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

interface Post {
  id: string
  location: { name: string } | null
}

describe('a place', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  const aDraftOn = async (...networks: string[]) => {
    const channels = await Promise.all(networks.map((network) => channelOn(network)))
    const targets = channels.map(({ id }) => ({ channelId: id }))
    return (await api<Post>('POST', '/v1/posts', { text: 'قرار فردا', targets })).body.id
  }
  const placeOf = async (id: string) => (await api<Post>('GET', `/v1/posts/${id}`)).body.location

  it('is given to a post where a network takes it, shown as it will be, and taken away', async () => {
    const id = await aDraftOn('sandbox', 'mastodon')
    const { page, context, complaints } = await newPerson(browser)
    await logIn(page)
    await page.goto(`/posts/${id}`)
    await page.getByRole('button', { name: /افزودن .?مکان/ }).click()
    const name = page.getByRole('textbox', { name: 'نام مکان' })
    await name.fill('کافه نادری')
    expect(await axeOf(page)).toEqual([])
    await eventually('it is saved', async () => (await placeOf(id))?.name === 'کافه نادری')
    await page.reload()
    expect(await name.inputValue()).toBe('کافه نادری')
    await page.getByText(/^مکان: .*کافه نادری/).waitFor()
    // The other network leaves it out, and says so.
    await page.getByText(/مکان نمی‌پذیرد/).waitFor()
    await page.getByRole('group', { name: 'مکان' }).getByRole('button').last().click()
    await eventually('it is gone', async () => (await placeOf(id)) === null)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is not asked for where no network takes it', async () => {
    const id = await aDraftOn('mastodon')
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto(`/posts/${id}`)
    await page.getByRole('button', { name: fa.compose.addFirstComment }).waitFor()
    await page.getByRole('button', { name: fa.nav.settings, expanded: false }).waitFor()
    expect(await page.getByRole('button', { name: /افزودن .?مکان/ }).count()).toBe(0)
    await context.close()
  })
})

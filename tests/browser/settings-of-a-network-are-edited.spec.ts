import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { api, channelOn } from '../flows/stack/api.ts'
import { axeOf, logIn, newPerson, openBrowser, words } from './stack/browser.ts'

const { fa } = words

interface Post {
  id: string
  targets: { variant?: { settings?: object } }[]
}

describe('what a network can be asked beside the text', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  const aDraft = async () => {
    const targets = [{ channelId: (await channelOn('mastodon')).id }]
    return (await api<Post>('POST', '/v1/posts', { text: 'پست با تنظیمات', targets })).body.id
  }
  const settingsOf = async (id: string) =>
    (await api<Post>('GET', `/v1/posts/${id}`)).body.targets[0]?.variant?.settings

  it('is set by a form, told in words, and given up again', async () => {
    const id = await aDraft()
    const { page, context, complaints } = await newPerson(browser)
    await logIn(page)
    await page.goto(`/posts/${id}`)
    const open = page.getByRole('button', { name: fa.nav.settings, expanded: false })
    await open.click()
    await page.getByRole('textbox', { name: 'هشدار محتوا' }).fill('پایان فیلم لو می‌رود')
    await page.getByRole('button', { name: /چه کسانی ببینند/ }).click()
    await page.getByRole('option', { name: 'فقط دنبال‌کننده‌ها' }).click()
    await page.getByText('پنهان کردن رسانه تا لمس شود').click()
    expect(await axeOf(page)).toEqual([])
    await eventually('it is saved', async () => 'sensitive' in ((await settingsOf(id)) ?? {}))
    expect(await settingsOf(id)).toEqual({
      visibility: 'private',
      spoilerText: 'پایان فیلم لو می‌رود',
      sensitive: true,
    })
    await page.reload()
    await page.getByText(/هشدار محتوا: .?پایان فیلم لو می‌رود/).waitFor()
    await page.getByText(/چه کسانی ببینند: .?فقط دنبال‌کننده‌ها/).waitFor()
    await page.getByRole('button', { name: new RegExp(`^${fa.compose.reset}: چه کسانی`) }).click()
    await eventually('it is as the network has it', async () => !(await settingsOf(id)))
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is led to when it is wrong, though its form is closed', async () => {
    const id = await aDraft()
    const { page, context } = await newPerson(browser)
    await logIn(page)
    await page.goto(`/posts/${id}`)
    await page.getByRole('button', { name: fa.nav.settings, expanded: false }).click()
    const language = page.getByRole('textbox', { name: 'زبان' })
    await language.fill('فارسی')
    await page.getByRole('button', { name: fa.nav.settings, expanded: true }).click()
    await language.waitFor({ state: 'detached' })
    const findings = page.getByRole('region', { name: fa.compose.findings })
    await findings.getByRole('button', { name: /language|زبان/ }).click()
    await eventually('the field has the focus', () =>
      page.evaluate(
        () => document.activeElement?.id === 'field/targets/0/variant/settings/language',
      ),
    )
    expect(await language.inputValue()).toBe('فارسی')
    await context.close()
  })
})

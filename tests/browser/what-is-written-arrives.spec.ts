import { readFileSync } from 'node:fs'
import { eventually } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { api, dev } from '../flows/stack/api.ts'
import { axeOf, logIn, newPerson, openBrowser, words } from './stack/browser.ts'
import { missedOn, newChannel } from './stack/trouble.ts'

const { fa } = words

interface Live {
  id: string
  text: string
  parent: string | null
  media: { id: string; alt: string }[]
}

const liveOf = async (handle: string) => {
  const response = await fetch(`${dev.sandboxUrl}/accounts/${handle}/posts`)
  return ((await response.json()) as Live[]).reverse()
}

const choose = (page: Page, name: string) =>
  page.locator('label', { has: page.getByRole('checkbox', { name: new RegExp(name) }) }).click()

/** A name stands apart from the direction of the words around it. */
const named = (words: string, name: string) => new RegExp(`${words} \u2068?${name}`)

const textOf = (page: Page) => page.getByRole('textbox', { name: fa.compose.text, exact: true })

const publish = async (page: Page) => {
  await page.getByRole('radio', { name: fa.compose.now }).click()
  await page.getByText(fa.compose.allWell).waitFor()
  await page.getByRole('button', { name: fa.compose.publishNow }).click()
  await page.waitForURL('**/calendar**')
}

describe('what is written', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it('arrives with its picture: uploaded, cropped, described', async () => {
    const handle = `picture${Date.now()}`
    await newChannel({ handle, name: handle })
    const { context, page, complaints } = await newPerson(browser)
    await logIn(page)
    await page.goto('/compose')
    await choose(page, handle)
    await textOf(page).fill('با تصویر')
    const buffer = readFileSync(new URL('../flows/stack/damavand.png', import.meta.url))
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: fa.compose.addImage }).click()
    await (await chooser).setFiles({ name: 'damavand.png', mimeType: 'image/png', buffer })
    const advice = page.getByRole('button', { name: new RegExp(fa.compose.advice) })
    await advice.click()
    const alt = page.getByRole('textbox', { name: new RegExp(fa.compose.alt) })
    await eventually('the advice leads to the field', () =>
      alt.evaluate((field) => field === document.activeElement),
    )
    await page.keyboard.type('دماوند در سپیده‌دم')
    const before = await page.locator('[id="field/assets/0"] img').getAttribute('src')
    await page.getByRole('button', { name: new RegExp(`^${fa.compose.crop}`) }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /3:1/ }).click()
    expect(await axeOf(page)).toEqual([])
    await dialog.getByRole('button', { name: fa.compose.crop, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.locator('[id="field/assets/0"] img').getAttribute('src')).not.toBe(before)
    expect(await alt.inputValue()).toBe('دماوند در سپیده‌دم')
    await publish(page)
    const live = await eventually('it is live', async () => (await liveOf(handle))[0])
    expect(live).toMatchObject({ text: 'با تصویر', media: [{ alt: 'دماوند در سپیده‌دم' }] })
    expect(complaints).toEqual([])
    await context.close()
  })

  it('waits for the pictures that are on their way, which can be called back', async () => {
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.goto('/compose')
    await page.locator('label:has(input[type=checkbox])').first().click()
    await textOf(page).fill('هنوز در راه')
    await page.getByRole('radio', { name: fa.compose.now }).click()
    const button = page.getByRole('button', { name: fa.compose.publishNow })
    await eventually('it could go out', () => button.isEnabled())
    // Nothing arrives as long as the test lasts.
    await page.route('**/v1/assets', () => undefined)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: fa.compose.addImage }).click()
    const buffer = readFileSync(new URL('../flows/stack/damavand.png', import.meta.url))
    await (await chooser).setFiles({ name: 'damavand.png', mimeType: 'image/png', buffer })
    await page.getByText(fa.compose.waitUpload).waitFor()
    expect(await button.isDisabled()).toBe(true)
    await page.getByRole('button', { name: /توقف بارگذاری/ }).click()
    await page.getByText(fa.compose.waitUpload).waitFor({ state: 'detached' })
    expect(await button.isEnabled()).toBe(true)
    await page.getByRole('button', { name: fa.compose.discard }).click()
    await context.close()
  })

  it('arrives on each channel as it was written for it, with its thread and first comment', async () => {
    const [one, other] = [`one${Date.now()}`, `other${Date.now()}`]
    for (const handle of [one, other]) await newChannel({ handle, name: handle })
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.goto('/compose')
    await choose(page, one)
    await choose(page, other)
    await textOf(page).fill('برای همه')
    await page.getByRole('button', { name: fa.compose.addPart }).click()
    await page.getByRole('textbox', { name: 'بخش ۲' }).fill('و ادامه')
    await page.getByRole('button', { name: fa.compose.addFirstComment }).click()
    await page.getByRole('textbox', { name: fa.compose.firstComment, exact: true }).fill('پیوند')
    await page.getByRole('button', { name: named('نوشتن متن جداگانه برای', other) }).click()
    await page.getByRole('textbox', { name: named('^برای', other) }).fill('جداگانه')
    await page.getByRole('button', { name: named('کنار گذاشتن نظر نخست در', other) }).click()
    expect(await axeOf(page)).toEqual([])
    await publish(page)
    await eventually('all of it is live', async () => {
      const texts = async (handle: string) => (await liveOf(handle)).map(({ text }) => text).join()
      return (
        (await texts(one)) === 'برای همه,و ادامه,پیوند' &&
        (await texts(other)) === 'جداگانه,و ادامه'
      )
    })
    await context.close()
  })

  it('to mend what was missed sends nothing before its new time', async () => {
    const handle = `mended${Date.now()}`
    const { id } = await newChannel({ handle, name: handle })
    const [publicationId = ''] = await missedOn(id, [`نادرست ${handle}`])
    const { body } = await api<{ postId: string; state: string }>(
      'GET',
      `/v1/publications/${publicationId}`,
    )
    const { context, page } = await newPerson(browser)
    await logIn(page)
    await page.goto(`/posts/${body.postId}`)
    await textOf(page).fill(`درست ${handle}`)
    await page.getByRole('button', { name: fa.app.save, exact: true }).click()
    await page.getByText(fa.compose.savedNotSent).waitFor()
    const again = await api<{ state: string }>('GET', `/v1/publications/${publicationId}`)
    expect([again.body.state, await liveOf(handle)]).toEqual(['missed', []])
    await page.goto(`/posts/${body.postId}`)
    await textOf(page).fill(`درست‌تر ${handle}`)
    await publish(page)
    const live = await eventually('it is live', async () => (await liveOf(handle))[0])
    expect(live.text).toBe(`درست‌تر ${handle}`)
    await context.close()
  })
})

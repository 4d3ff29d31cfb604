import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { dev } from '../flows/stack/api.ts'
import { newPerson, openBrowser } from './stack/browser.ts'

describe('the API document', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  it('is read in a browser that runs and loads nothing but ours', async () => {
    const { page, context, complaints } = await newPerson(browser)
    const response = await page.goto('/docs')
    expect(response?.headers()['content-security-policy']).toContain(`script-src 'self'`)
    await page.getByText('/v1/posts', { exact: true }).first().waitFor()
    expect(complaints).toEqual([])
    const answer = await fetch(`${dev.gatewayUrl}/v1/me`)
    expect(answer.headers.get('content-security-policy')).toContain(`default-src 'none'`)
    await context.close()
  })
})

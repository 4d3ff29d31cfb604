import { problemKinds, problems } from '@hamava/contracts'
import { Controller, Get, Header } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import { Route } from '../http/route.ts'

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const entries = Object.entries(problems)
  .map(([code, { kind, message, fix }]) => {
    const both = ({ en, fa }: { en: string; fa: string }) =>
      `<p>${escapeHtml(en)}</p><p lang="fa" dir="rtl">${escapeHtml(fa)}</p>`
    return `<section id="${code}"><h2><code>${code}</code> · ${problemKinds[kind]}</h2>${both(message)}${both(fix)}</section>`
  })
  .join('')

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hamava: problems</title>
<h1>Problems</h1><p>Every refusal of the API: its code, what is wrong, and what to do about it.</p>${entries}</html>`

/** Where the `type` of every problem points. */
@ApiExcludeController()
@Controller('docs/problems')
export class ProblemsController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', `default-src 'none'`)
  @Route({
    summary: 'Every refusal of the API',
    operationId: 'getProblems',
    needs: 'public',
    ok: { contentType: 'text/html' },
  })
  all() {
    return page
  }
}

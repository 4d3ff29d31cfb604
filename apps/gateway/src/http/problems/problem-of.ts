import { type FieldError, fillIn, problemKinds, problems } from '@hamava/contracts'
import type { AppError } from '@hamava/service-kit'
import { type Language, languageOf } from './language.ts'

/** The parts of a request that its refusal needs. */
interface Refused {
  url: string
  headers: { 'accept-language'?: string | undefined }
  traceId: string
}

export const problemType = 'application/problem+json; charset=utf-8'

export const statusOf = ({ kind }: AppError) => problemKinds[kind]

/** A refusal as RFC 9457 has it, in the caller's language: what is wrong, and what to do about it. */
export function problemOf(refusal: AppError, { url, headers, traceId }: Refused): object {
  const language = languageOf(headers)
  const { message, fix, kind } = problems[refusal.code]
  return {
    type: `/docs/problems#${refusal.code}`,
    title: kind,
    status: statusOf(refusal),
    detail: fillIn(message[language], refusal.params),
    fix: fillIn(fix[language], refusal.params),
    instance: url.split('?')[0],
    code: refusal.code,
    traceId,
    ...(refusal.errors && { errors: refusal.errors.map((error) => said(error, language)) }),
  }
}

const said = ({ message, ...error }: FieldError, language: Language) => ({
  ...error,
  message: typeof message === 'string' ? message : message[language],
})

/** The headers that belong to a refusal by its status. */
export function headersOf(refusal: AppError): Record<string, string> {
  const { allow, seconds } = refusal.params
  const status = statusOf(refusal)
  return {
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer realm="Hamava"' }),
    ...(status === 405 && allow && { Allow: allow }),
    ...(status === 429 && seconds && { 'Retry-After': seconds }),
    ...(status === 503 && { 'Retry-After': '5' }),
  }
}

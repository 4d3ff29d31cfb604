import { type Answer, fieldOf, isAccepted, isRefusal } from '../sending/http.ts'

type Expect = (answer: Answer) => string | undefined

/** Statuses that come before any judgement of the request: no answer, no rights, or asked too often. */
const before = [0, 401, 403, 429]

export const refused =
  (why: string): Expect =>
  (answer) =>
    isAccepted(answer) ? `accepted, though ${why}` : undefined

/** Refused with one of these, whatever else may be wrong with the request. */
export const refusedWith =
  (statuses: readonly number[], why: string, code?: string): Expect =>
  (answer) => {
    if (before.includes(answer.status) || answer.status >= 500) return undefined
    if (!statuses.includes(answer.status)) return `not refused with ${statuses[0]}, though ${why}`
    const told = fieldOf(answer.body, 'code')
    return code && told !== code ? `refused with another code than ${code}` : undefined
  }

/** Refused for what is wrong, or with 404, as the thing it is about is not there. */
export const refusedOrMissing = (
  statuses: readonly number[],
  why: string,
  code?: string,
): Expect => {
  const expect = refusedWith(statuses, why, code)
  return (answer) => (answer.status === 404 ? undefined : expect(answer))
}

/** An unusual form that means the same as the plain one must not be refused for its form. */
export const notRefusedWith =
  (statuses: readonly number[], why: string): Expect =>
  (answer) =>
    isRefusal(answer) && statuses.includes(answer.status) ? `refused, though ${why}` : undefined

const persian = /[\u0600-\u06ff]/

/** The language of a refusal's advice. */
export const inLanguage =
  (language: 'fa' | 'en', why: string): Expect =>
  (answer) => {
    const fix = fieldOf(answer.body, 'fix')
    if (!isRefusal(answer) || typeof fix !== 'string') return undefined
    return persian.test(fix) === (language === 'fa') ? undefined : `not in the language ${why}`
  }

import { finding, type Oracle } from './oracle.ts'

const wanted = ['content-security-policy', 'x-content-type-options', 'referrer-policy']

/** Every answer tells browsers what not to do with it, whoever gives it. */
export const securityHeaders: Oracle = ({ answer }) => {
  if (answer.status === 0) return []
  const missing = wanted.filter((name) => !answer.headers[name])
  return missing.length > 0
    ? [finding('headers', `${answer.status} without ${missing.join(', ')}`)]
    : []
}

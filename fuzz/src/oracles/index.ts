import { conditionalAnswers } from './conditional-answers.ts'
import { asDocumented } from './document.ts'
import { input } from './input.ts'
import { letIn } from './let-in.ts'
import { limits } from './limits.ts'
import type { Oracle } from './oracle.ts'
import { problems } from './problems.ts'
import { securityHeaders } from './security-headers.ts'
import { serverErrors } from './server-errors.ts'

/** Those that need nothing but the answer. */
export const answerOracles: readonly Oracle[] = [
  serverErrors,
  problems,
  asDocumented,
  input,
  letIn,
  limits,
  securityHeaders,
  conditionalAnswers,
]

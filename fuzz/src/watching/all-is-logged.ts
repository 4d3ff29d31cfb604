import { type Exchange, type Finding, finding } from '../oracles/oracle.ts'
import { idOf } from '../oracles/reading.ts'
import { isAccepted } from '../sending/http.ts'
import type { Entry } from './feed-and-audit.ts'

/** Operations that need no entry in the audit log. */
const unlogged =
  /presence|validate|session|login|logout|preferences|oauth|hooks|operations|workspaces/

interface Done {
  readonly exchange: Exchange
  readonly subject: string
}

/** Everything that was made, removed or set stands in the audit log. */
export class AllIsLogged {
  readonly #done: Done[] = []

  note(exchange: Exchange): void {
    const { answer, draft, world } = exchange
    const { path, method } = draft.operation
    const isOurs = draft.caller.workspace === 'ours' && draft.method === method
    if (!isAccepted(answer) || !isOurs || method === 'GET' || unlogged.test(path)) return
    const isMade = answer.status === 201 && path.split('/').length === 3
    const isGone = method === 'DELETE' && path.split('/').length === 4
    const isSet = method === 'PUT' || path === '/v1/workspace'
    const subject = isMade
      ? idOf(answer.body)
      : isGone
        ? draft.params.id
        : isSet
          ? (world.owner.workspaceId ?? undefined)
          : undefined
    if (subject) this.#done.push({ exchange, subject })
  }

  findings(log: readonly Entry[]): { exchange: Exchange; found: Finding }[] {
    const found = finding('feed', 'what was done is not in the audit log')
    return this.#done.flatMap(({ exchange, subject }) => {
      const { method, path } = exchange.draft.operation
      const of = log.filter((one) => one.subject === subject)
      const isThere =
        method === 'DELETE'
          ? of.some(({ action }) => /deleted|removed|revoked/.test(action))
          : method === 'PUT'
            ? of.some(({ action }) => action.includes(policyOf(path)))
            : of.length > 0
      return isThere ? [] : [{ exchange, found }]
    })
  }
}

/** Publishing keeps the one policy, content the other. */
const policyOf = (path: string) => (path.includes('late') ? 'publishing.policy' : 'content.policy')

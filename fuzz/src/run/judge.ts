import { type Drawn, render, type Twist, twisted } from '../drawing/draft.ts'
import { drawOf } from '../drawing/draw.ts'
import { answerOracles } from '../oracles/index.ts'
import type { Exchange, Finding } from '../oracles/oracle.ts'
import { keyOf, type Violation } from '../report/violation.ts'
import { curlOf } from '../sending/curl.ts'
import { fieldOf, isAccepted, isRefusal } from '../sending/http.ts'
import { send } from '../sending/send.ts'
import type { World } from '../world/world.ts'

/** Sends a request with these of its twists. */
export async function exchange(
  world: World,
  number: number,
  drawn: Drawn,
  twists: readonly Twist[],
  key?: string,
): Promise<Exchange> {
  const draft = twisted(drawn, twists)
  if (key && draft.headers['idempotency-key']) draft.headers['idempotency-key'] = key
  const request = render(draft)
  const answer = await send(world.access.url, request)
  const one = { number, world, drawn, twists, draft, request, answer }
  learn(one)
  return one
}

/** Adds new ids and cursors to the pools, so that later requests can ask for them. */
function learn({ world, draft, answer }: Exchange): void {
  const { caller, operation } = draft
  if (!isAccepted(answer) || caller.workspace !== 'ours') return
  if (caller.channelIds === null) world.visibility.learn(answer.body)
  if (operation.method === 'GET' || operation.method === 'POST') world.ours.learn(answer.text)
  const cursor = fieldOf(answer.body, 'nextCursor')
  if (typeof cursor === 'string') world.cursors.set(operation.id, cursor)
  if (operation.method === 'DELETE') world.ours.forget(draft.params.id ?? '')
}

export const judged = (one: Exchange): Finding[] => answerOracles.flatMap((oracle) => oracle(one))

export function violationOf(one: Exchange, found: Finding): Violation {
  const { request, answer } = found.shownBy ?? one
  const code = /"code":"(\w+)"/.exec(answer.text)?.[1]
  return {
    ...found,
    operation: found.operation ?? one.draft.operation.id,
    caller: one.draft.caller.name,
    number: one.number,
    curl: curlOf(one.world.access.url, request),
    answered: `${answer.status}${code ? ` ${code}` : ''} ${answer.text.slice(0, 160)}`,
    twists: one.twists.map(({ name, place }) => `${name} (${place})`),
  }
}

let keys = 0

/** Keeps a finding "not refused with" of a refused request only if the request without its twists is accepted. */
export async function confirmed(one: Exchange, findings: Finding[]): Promise<Finding[]> {
  const isInDoubt = ({ what }: Finding) =>
    what.includes(': not refused with') && isRefusal(one.answer)
  if (!findings.some(isInDoubt)) return findings
  const plain = await exchange(one.world, one.number, one.drawn, [], `plain-${keys++}`)
  return isAccepted(plain.answer) ? findings : findings.filter((found) => !isInDoubt(found))
}

/** The violation with the fewest twists that still shows it; each smaller request is sent to find out. */
export async function shrink(one: Exchange, found: Finding): Promise<Violation> {
  const { world, number, drawn, twists } = one
  for (const fewer of [[], ...twists.map((twist) => [twist])]) {
    if (fewer.length >= twists.length) break
    const again = await exchange(world, number, drawn, fewer, `again-${number}-${keys++}`)
    const same = judged(again).find(({ oracle }) => oracle === found.oracle)
    if (same && sameKind(same, found)) return violationOf(again, same)
  }
  return violationOf(one, found)
}

/** The words of a finding may name its twists, which are fewer in a smaller request. */
const sameKind = (a: Finding, b: Finding) =>
  keyOf(a) === keyOf(b) || a.what.split(':')[0] === b.what.split(':')[0]

/** The draw for everything random after the request itself. */
export const afterwards = (seed: number, number: number) => drawOf(seed ^ 0x5bd1e995, number)

import { BusConnection, RequestClient } from '@hamava/bus'
import { getApprovalPolicy, systemContext } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { answerQuestions } from './answer-questions.ts'
import { inFlight } from './in-flight.ts'

/** Asks another service as the gateway does. */
const options = { service: 'gateway', natsUrl: process.env.NATS_URL ?? '', consumes: [] } as const
const connection = new BusConnection({ ...options, consumes: [] })
await connection.get()
const client = new RequestClient(connection)
const call = systemContext(newId('workspace'), 'gateway')

answerQuestions(async ({ count }: { count: number }) => ({
  perSecond: await inFlight(64, count, () => client.send(getApprovalPolicy, call, {})),
}))

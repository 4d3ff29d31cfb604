import { metricName } from '@hamava/contracts'
import type { Measure, Metrics } from '../connector.ts'
import { reading } from '../failure.ts'
import { api } from './api.ts'
import type { SandboxCredentials } from './credentials.ts'

const perCall = 100

export const measure: Measure<SandboxCredentials> = {
  posts: (credentials, posts, tools) =>
    reading(async () => {
      const measured: { id: string; metrics: Metrics }[] = []
      for (let at = 0; at < posts.length; at += perCall) {
        const ids = posts.slice(at, at + perCall).map(({ id }) => id)
        const { items } = await api.postMetrics(credentials, ids, tools)
        measured.push(...items.map(({ id, metrics }) => ({ id, metrics: known(metrics) })))
      }
      return measured
    }),

  channel: (credentials, tools) =>
    reading(async () => known(await api.accountMetrics(credentials, tools))),
}

const known = (numbers: Record<string, number>): Metrics =>
  Object.fromEntries(Object.entries(numbers).filter(([name]) => metricName.safeParse(name).success))

import { describe, expect, it } from '@jest/globals'
import { outsideCost } from './outside-cost.ts'

const figure = (measure: string, value = 1, unit = 'a second') => ({
  measure,
  label: measure,
  unit,
  value,
  isMoreBetter: true,
})
const programs = { gateway: 4, content: 1, 'request-caller': 2, 'request-answerer': 3, postgres: 6 }

describe('outsideCost', () => {
  it('is what the services and PostgreSQL took in the whole run', () => {
    expect(outsideCost('G16', figure('time', 9, 'ms'), programs)).toEqual({
      per: 'run',
      services: 10,
      postgres: 6,
    })
  })

  it('is divided by the rate where a run lasts a given time', () => {
    const found = outsideCost('G8', figure('a read ÷ bare Fastify', 2), programs)
    expect(found).toEqual({ per: 'request', services: 2, postgres: 3 })
  })

  it('is that of the programs alone that a measure is about', () => {
    const hop = outsideCost('G8', figure('a request to another service ÷ bare', 2), programs)
    expect(hop).toEqual({ per: 'run', services: 5, postgres: 0 })
    expect(outsideCost('G8', figure('a greeting ÷ bare', 2), programs)?.postgres).toBe(0)
  })

  it('is unknown for memory and for waiting', () => {
    expect(outsideCost('G13', figure('at rest', 120, 'MB'), programs)).toBeUndefined()
    expect(outsideCost('G14', figure('back again', 3, 's'), programs)).toBeUndefined()
  })
})

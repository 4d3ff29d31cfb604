import { describe, expect, it } from '@jest/globals'
import { persianReader } from './reader.ts'
import { wallMoment, wallMomentAt, wallTimeOf } from './wall-time.ts'

describe('a wall time in the Persian calendar', () => {
  it.each(['2027-03-28T00:30', '2027-03-28T09:00', '2027-10-31T00:30', '2027-10-31T09:00'])(
    'is the same on a day on which the clocks change: %s',
    (local) => {
      const zone = 'Europe/Berlin'
      const shown = wallMoment(wallMomentAt(local, zone), { ...persianReader, zone })
      expect(wallTimeOf(shown)).toBe(local)
      expect(shown.toDate()).toEqual(wallMomentAt(local, zone))
    },
  )
})

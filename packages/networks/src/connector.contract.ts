import { describe } from '@jest/globals'
import { describeConnecting } from './contract/connecting.ts'
import { describeDoubt } from './contract/doubt.ts'
import { describeListening } from './contract/listening.ts'
import { describeMeasuring } from './contract/measuring.ts'
import { describePublishing } from './contract/publishing.ts'
import { type Subject, tried } from './contract/tried.ts'

export { aPart, aPicture, mustBe, type Subject } from './contract/tried.ts'

/** What every network's connector must do, whatever the network. */
export function describeConnector(subject: Subject): void {
  const { connector, manner = '' } = subject
  describe(`${connector.manifest.id}${manner}: the connector's contract`, () => {
    const one = tried(subject)
    describeConnecting(one)
    describePublishing(one)
    describeDoubt(one)
    describeListening(one)
    describeMeasuring(one)
  })
}

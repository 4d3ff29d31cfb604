import { describe } from '@jest/globals'
import { describeConnecting } from './contract/connecting.ts'
import { connectorUnderTest, type Subject } from './contract/connector-under-test.ts'
import { describeInDoubt } from './contract/in-doubt.ts'
import { describeListening } from './contract/listening.ts'
import { describeMeasuring } from './contract/measuring.ts'
import { describePublishing } from './contract/publishing.ts'

export { aPart, aPicture, mustBe, type Subject } from './contract/connector-under-test.ts'

/** What every network's connector must do, whatever the network. */
export function describeConnector(subject: Subject): void {
  const { connector, manner = '' } = subject
  describe(`${connector.manifest.id}${manner}: the connector's contract`, () => {
    const one = connectorUnderTest(subject)
    describeConnecting(one)
    describePublishing(one)
    describeInDoubt(one)
    describeListening(one)
    describeMeasuring(one)
  })
}

import { describeConnector } from '../connector.contract.ts'
import { sandbox } from './connector.ts'
import { createFake } from './fake.ts'

const hasSlowMedia = true
describeConnector({ connector: sandbox, start: () => createFake(), hasSlowMedia })
for (const keyed of ['readable', 'none'] as const)
  describeConnector({
    connector: sandbox,
    manner: `, keyed ${keyed}`,
    start: () => createFake({ keyed }),
    hasSlowMedia,
  })

import { describeConnector } from '../connector.contract.ts'
import { sandbox } from './connector.ts'
import { createFake } from './fake.ts'

describeConnector({ connector: sandbox, start: () => createFake(), hasSlowMedia: true })

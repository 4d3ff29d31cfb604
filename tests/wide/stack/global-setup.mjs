import { bringUp } from '../../flows/stack/bring-up.mjs'

/** The system as it runs, with the sandbox alone. */
export default () => bringUp('wide', [], {})

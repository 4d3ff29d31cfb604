import type { reason } from '@hamava/contracts'
import type { z } from 'zod'

/** Why a thing is where it is: for programs, for people, and in the network's words. */
export type Reason = z.infer<typeof reason>

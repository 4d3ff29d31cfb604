import { z } from 'zod'
import { channelId, workspaceId } from './ids.ts'

/**
 * Who asks, and where: travels in the headers of every request and event. A program's key acts as
 * the member who owns it, so that nobody approves their own post through a key.
 */
export const callContext = z.object({
  workspaceId,
  actor: z.object({
    memberId: z.string().nullable(),
    via: z.enum(['session', 'api_key', 'system']),
    /** The id of the session or the key; the service's name when the system acts. */
    viaId: z.string(),
  }),
  /** The only channels this actor may touch; null means all of the workspace. */
  channelIds: z.array(channelId).nullable(),
  /** W3C trace context. */
  traceparent: z.string().optional(),
})
export type CallContext = z.infer<typeof callContext>

/** The context in which a service acts by itself (a poll, a timer). */
export function systemContext(workspace: string, service: string): CallContext {
  return {
    workspaceId: workspace,
    actor: { memberId: null, via: 'system', viaId: service },
    channelIds: null,
  }
}

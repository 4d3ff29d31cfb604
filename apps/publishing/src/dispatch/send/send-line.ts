import type { Exchange, Moved, Tools } from '@hamava/networks'

/**
 * The client of one attempt. No request begins once the attempt's time is over, however long it has waited
 * for a connection, by a clock that also runs while the process is stopped: whoever took the lease over can
 * count on silence.
 */
export class SendLine {
  hasSent = false
  /** What was asked and answered, in order. */
  readonly exchanges: Exchange[] = []
  /** What the network said the channel is by now; null when it is what it was. */
  moved: Moved | null = null
  readonly tools: Tools

  /** @param until by `performance.now()`. */
  constructor(tools: Tools, until: number) {
    this.tools = {
      ...tools,
      onExchange: (seen) => this.exchanges.push(seen),
      moved: (to) => {
        this.moved = to
      },
      send: async (request) => {
        if (performance.now() >= until) throw new AttemptOver()
        this.hasSent = true
        return tools.send({ ...request, beginBy: until })
      },
    }
  }
}

/** Says by its code, as connectors read it, that no connection was made. */
class AttemptOver extends Error {
  override name = 'AttemptOver'
  readonly code = 'UND_ERR_CONNECT_TIMEOUT'

  constructor() {
    super('the time of this attempt was over before the request could begin')
  }
}

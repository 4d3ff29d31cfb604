import { randomBytes } from 'node:crypto'
import type {
  CallContext,
  Channel,
  finishOAuth,
  OutputOf,
  ParsedInputOf,
  startOAuth,
} from '@hamava/contracts'
import type { Json, Tools } from '@hamava/networks'
import { AppError, canonicalHash, type SecretBox } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource, LessThan } from 'typeorm'
import { secretBoxToken, toolsToken } from '../tokens.ts'
import { asking, ConnectChannel, networkOf, openOf } from './connect-channel.ts'
import { OAuthAppRow } from './oauth-app.entity.ts'
import { OAuthAttempt } from './oauth-attempt.entity.ts'

const lifetimeMs = 10 * 60_000

interface KeptApp {
  id: string
  network: string
  server: string
  app: Json
}

/** The OAuth code flow in its two steps: the person is sent away, and comes back with a code. */
@Injectable()
export class OAuth {
  constructor(
    private readonly dataSource: DataSource,
    private readonly channels: ConnectChannel,
    @Inject(secretBoxToken) private readonly box: SecretBox,
    @Inject(toolsToken) private readonly tools: Tools,
  ) {}

  async start(
    call: CallContext,
    { network, fields, redirectUri }: ParsedInputOf<typeof startOAuth>,
  ): Promise<OutputOf<typeof startOAuth>> {
    const connector = networkOf(network)
    const flow = connector.connect.oauth
    if (!flow) throw new AppError('unknown_network', { network: `${network} (OAuth)` })
    const state = randomBytes(24).toString('base64url')
    const server = await asking(async () => flow.serverOf?.(fields))
    const kept = server === undefined ? null : await this.appAt(network, server, redirectUri)
    const app = kept?.app ?? null
    const started = await asking(() => flow.start({ fields, redirectUri, state, app }, this.tools))
    if (kept && started.app !== undefined) await this.keepApp(kept, started.app)
    const attempts = this.dataSource.getRepository(OAuthAttempt)
    await attempts.delete({ createdAt: LessThan(new Date(Date.now() - lifetimeMs)) })
    await attempts.insert({
      state,
      workspaceId: call.workspaceId,
      network,
      redirectUri,
      fields: openOf(connector, fields),
      pending: this.box.seal(JSON.stringify(started.pending), `oauth:${state}`),
    })
    return { authorizeUrl: started.authorizeUrl, state }
  }

  /** Our app registration at a server; `app` is null if there is none yet. */
  private async appAt(network: string, server: string, redirectUri: string): Promise<KeptApp> {
    const id = canonicalHash({ network, server, redirectUri })
    const row = await this.dataSource.getRepository(OAuthAppRow).findOneBy({ id })
    return { id, network, server, app: row && JSON.parse(this.box.open(row.app, `app:${id}`)) }
  }

  private async keepApp({ id, network, server, app: before }: KeptApp, app: Json): Promise<void> {
    if (canonicalHash(app) === canonicalHash(before)) return
    const sealed = this.box.seal(JSON.stringify(app), `app:${id}`)
    await this.dataSource
      .getRepository(OAuthAppRow)
      .upsert({ id, network, server, app: sealed }, ['id'])
  }

  /** A state works once, in the workspace that began it, for ten minutes. */
  async finish(
    call: CallContext,
    { state, code }: ParsedInputOf<typeof finishOAuth>,
  ): Promise<Channel> {
    const attempts = this.dataSource.getRepository(OAuthAttempt)
    const attempt = await attempts.findOneBy({ state, workspaceId: call.workspaceId })
    const taken = attempt && (await attempts.delete({ state })).affected === 1
    if (!attempt || !taken || attempt.createdAt.getTime() < Date.now() - lifetimeMs) {
      throw new AppError('oauth_state_unknown')
    }
    const flow = networkOf(attempt.network).connect.oauth
    if (!flow) throw new AppError('oauth_state_unknown')
    const pending = JSON.parse(this.box.open(attempt.pending, `oauth:${state}`)) as Json
    const { redirectUri, fields } = attempt
    const connected = await asking(() => flow.finish({ code, redirectUri, pending }, this.tools))
    const connectedBy = { method: 'oauth_code' as const, fields }
    return this.channels.keep(call, attempt.network, connected, connectedBy)
  }
}

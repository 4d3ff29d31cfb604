import { login, loginInput, me, preferences, workspaceId } from '@hamava/contracts'
import { Body, Controller, Get, Inject, Param, Post, Put, Req, Res } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import { type Caller, FromCaller, type HamavaRequest, type HttpReply } from '../../http/caller.ts'
import { refuseCrossSite } from '../../http/refuse-cross-site.ts'
import { Route } from '../../http/route.ts'
import { sessionCookieAt } from '../../http/session-cookie.ts'
import { configToken } from '../../tokens.ts'
import { SessionsService, sessionLifeMs } from './sessions.service.ts'

const loggedOut = z.object({ loggedOut: z.literal(true) }).meta({ id: 'LoggedOut' })

@ApiTags('Sessions')
@Controller('v1')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    @Inject(configToken) private readonly config: Config,
  ) {}

  @Post('login')
  @Route({
    summary: 'Log in with e-mail and password',
    operationId: 'login',
    refuses: ['wrong_credentials', 'login_throttled', 'cross_site'],
    needs: 'public',
    ok: login,
  })
  async login(
    @Body({ schema: loginInput }) input: z.output<typeof loginInput>,
    @Req() request: HamavaRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ) {
    refuseCrossSite(request, this.config.PUBLIC_URL)
    return this.withCookie(await this.sessions.login(input, request.ip), reply)
  }

  @Post('workspaces/:id/session')
  @Route({
    summary: 'Go on in another of your workspaces',
    operationId: 'switchWorkspace',
    needs: 'person',
    ok: login,
    params: { id: 'The workspace' },
  })
  async switchTo(
    @FromCaller() caller: Caller,
    @Param('id', { schema: workspaceId }) id: string,
    @Res({ passthrough: true }) reply: HttpReply,
  ) {
    return this.withCookie(await this.sessions.switchTo(caller, id), reply)
  }

  @Post('logout')
  @Route({ summary: 'End this session', operationId: 'logout', needs: null, ok: loggedOut })
  async logout(@FromCaller() caller: Caller, @Res({ passthrough: true }) reply: HttpReply) {
    await this.sessions.logout(caller)
    const { PUBLIC_URL } = this.config
    reply.clearCookie(sessionCookieAt(PUBLIC_URL), {
      path: '/',
      secure: PUBLIC_URL.startsWith('https:'),
    })
    return { loggedOut: true as const }
  }

  @Get('me')
  @Route({ summary: 'Who you are, and what you may do', operationId: 'getMe', needs: null, ok: me })
  me(@FromCaller() caller: Caller) {
    return this.sessions.me(caller)
  }

  @Put('me/preferences')
  @Route({
    summary: 'Say how you want to read',
    operationId: 'setPreferences',
    needs: 'person',
    ok: preferences,
  })
  async prefer(
    @FromCaller() caller: Caller,
    @Body({ schema: preferences }) input: z.output<typeof preferences>,
  ) {
    await this.sessions.prefer(caller, input)
    return input
  }

  private withCookie(opened: z.output<typeof login>, reply: HttpReply) {
    const { PUBLIC_URL } = this.config
    reply.setCookie(sessionCookieAt(PUBLIC_URL), opened.token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: PUBLIC_URL.startsWith('https:'),
      maxAge: sessionLifeMs / 1000,
    })
    return opened
  }
}

import { z } from 'zod'
import { channelId, idOf, memberId, workspaceId } from './ids.ts'
import { instant, zoneName } from './page.ts'

/** What somebody may do; the scopes of an API key are the same words. */
export const permission = z.enum([
  'workspace:read',
  'workspace:write',
  'members:read',
  'members:write',
  'owners:write',
  'api-keys:read',
  'api-keys:write',
  'audit:read',
  'channels:read',
  'channels:write',
  'posts:read',
  'posts:write',
  'posts:approve',
  'publications:read',
  'publications:write',
  'holds:write',
  'inbox:read',
  'inbox:write',
  'metrics:read',
  'operations:read',
  'operations:write',
])
export type Permission = z.infer<typeof permission>

export const role = z.enum([
  'owner',
  'manager',
  'editor',
  'approver',
  'community',
  'analyst',
  'viewer',
])
export type Role = z.infer<typeof role>

const reading = [
  'workspace:read',
  'members:read',
  'channels:read',
  'posts:read',
  'publications:read',
  'metrics:read',
] as const satisfies Permission[]
const writing = ['posts:write', 'publications:write'] as const satisfies Permission[]
const answering = ['inbox:read', 'inbox:write'] as const satisfies Permission[]
/** What an operator may do besides: it concerns the whole installation, so no role of a workspace has it. */
const operating = ['operations:read', 'operations:write'] as const satisfies Permission[]

const ofWorkspace = permission.options.filter((p) => !(operating as readonly string[]).includes(p))

/** A role is a named set of permissions within its workspace. */
export const permissionsOf: Record<Role, readonly Permission[]> = {
  owner: ofWorkspace,
  manager: ofWorkspace.filter((p) => p !== 'owners:write'),
  editor: [...reading, ...writing, 'inbox:read'],
  approver: [...reading, 'posts:approve', 'inbox:read'],
  community: [...reading, ...answering],
  analyst: [...reading, 'inbox:read'],
  viewer: ['workspace:read', 'channels:read', 'posts:read', 'publications:read'],
}

/** What a member may do; an operator of the installation may operate it from wherever they are. */
export const permissionsFor = (role: Role, isOperator: boolean): readonly Permission[] =>
  isOperator ? [...permissionsOf[role], ...operating] : permissionsOf[role]

const email = z.email().max(254).toLowerCase()
const password = z.string().min(10, 'needs at least 10 characters').max(200)

export const workspace = z
  .object({
    id: workspaceId,
    name: z.string(),
    zone: z.string(),
    createdAt: instant,
    version: z.int(),
  })
  .meta({ id: 'Workspace' })
export type Workspace = z.infer<typeof workspace>

export const member = z
  .object({
    id: memberId,
    workspaceId,
    email: z.string(),
    name: z.string(),
    role,
    /** The only channels this member may touch; null means all. */
    channelIds: z.array(channelId).nullable(),
    createdAt: instant,
    version: z.int(),
  })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof member>

export const loginInput = z
  .strictObject({ email, password: z.string().max(200), workspaceId: workspaceId.optional() })
  .meta({
    id: 'LoginInput',
    examples: [{ email: 'sara@example.org', password: 'correct horse battery' }],
  })

export const login = z
  .object({
    /** For programs: send it as `Authorization: Bearer …`. Browsers get a cookie besides. */
    token: z.string(),
    /** Browsers send it back in the header `X-CSRF-Token` with everything that changes something. */
    csrfToken: z.string(),
    expiresAt: instant,
    member,
    workspace,
  })
  .meta({ id: 'Login' })

/** How a person wants to read: each chosen by itself, so Persian with a Gregorian calendar is possible. */
export const preferences = z
  .strictObject({
    language: z.enum(['fa', 'en']),
    calendar: z.enum(['persian', 'gregory']),
    digits: z.enum(['arabext', 'latn']),
    zone: zoneName,
    theme: z.enum(['system', 'light', 'dark']),
    /** Shortcuts of a single key; they may be in the way of voice control and other aids. */
    singleKeys: z.boolean(),
  })
  .meta({
    id: 'Preferences',
    examples: [
      {
        language: 'fa',
        calendar: 'persian',
        digits: 'arabext',
        zone: 'Asia/Tehran',
        theme: 'system',
        singleKeys: true,
      },
    ],
  })
export type Preferences = z.infer<typeof preferences>

export const me = z
  .object({
    member: member.nullable(),
    workspace,
    workspaces: z.array(workspace),
    permissions: z.array(permission),
    channelIds: z.array(channelId).nullable(),
    csrfToken: z.string().nullable(),
    /** Null as long as nothing was chosen, and for keys. */
    preferences: preferences.nullable(),
  })
  .meta({ id: 'Me' })

export const workspaceInput = z
  .strictObject({ name: z.string().trim().min(1).max(100), zone: zoneName.default('Asia/Tehran') })
  .meta({ id: 'WorkspaceInput', examples: [{ name: 'آوای نو', zone: 'Asia/Tehran' }] })

export const memberInput = z
  .strictObject({
    email,
    name: z.string().trim().min(1).max(100),
    /** For a person who is new to the installation; one who is known keeps their own. */
    password: password.optional(),
    role,
    channelIds: z.array(channelId).max(500).nullable().default(null),
  })
  .meta({
    id: 'MemberInput',
    examples: [
      { email: 'reza@example.org', name: 'رضا', password: 'a long password', role: 'editor' },
    ],
  })

export const memberEdit = z
  .strictObject({
    role: role.optional(),
    channelIds: z.array(channelId).max(500).nullable().optional(),
  })
  .meta({ id: 'MemberEdit', examples: [{ role: 'manager' }] })

export const apiKey = z
  .object({
    id: idOf('apiKey'),
    name: z.string(),
    department: z.string().nullable(),
    /** The first characters of the secret, to tell keys apart. */
    prefix: z.string(),
    scopes: z.array(permission),
    channelIds: z.array(channelId).nullable(),
    ownerId: memberId,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof apiKey>

export const apiKeyInput = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    department: z.string().trim().min(1).max(100).nullable().default(null),
    scopes: z.array(permission).min(1),
    channelIds: z.array(channelId).max(500).nullable().default(null),
    expiresAt: instant
      .refine((at) => Date.parse(at) > Date.now(), 'is in the past')
      .nullable()
      .default(null),
  })
  .meta({
    id: 'ApiKeyInput',
    examples: [{ name: 'روابط عمومی', scopes: ['posts:read', 'posts:write'] }],
  })

/** The only answer that ever holds the secret. */
export const apiKeyCreated = apiKey.extend({ secret: z.string() }).meta({ id: 'ApiKeyCreated' })

export const auditEvent = z
  .object({
    id: idOf('auditEvent'),
    at: instant,
    actor: z.object({ memberId: z.string().nullable(), via: z.string(), viaId: z.string() }),
    /** What happened: the name of an event, or of a change in the gateway (`api-key.created`). */
    action: z.string(),
    subject: z.object({ kind: z.string(), id: z.string() }),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'AuditEvent' })
export type AuditEvent = z.infer<typeof auditEvent>

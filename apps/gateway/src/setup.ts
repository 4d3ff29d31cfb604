import { permission } from '@hamava/contracts'
import { dataSourceOptions, newId } from '@hamava/service-kit'
import { DataSource, type EntityManager } from 'typeorm'
import { loadSetupConfig } from './config.ts'
import { database } from './database/database.ts'
import { insertKey } from './identity/api-keys/api-keys.service.ts'
import { MemberRow } from './identity/members/member.entity.ts'
import { hashPassword } from './identity/passwords.ts'
import { PersonRow } from './identity/person.entity.ts'
import { newSecret } from './identity/secrets.ts'
import { insertWorkspace } from './identity/workspaces/workspaces.service.ts'

/** Makes an operator of the installation, their workspace and a key with every scope; prints them as one JSON line. */
const config = loadSetupConfig()
const dataSource = await new DataSource(
  dataSourceOptions(config.DATABASE_URL, database, 2),
).initialize()
try {
  const made = await dataSource.transaction((manager) => setUp(manager))
  process.stdout.write(`${JSON.stringify(made)}\n`)
} finally {
  await dataSource.destroy()
}

/** Repeating it gives the same person and workspace, and a new key; a person who is known becomes an operator. */
async function setUp(manager: EntityManager) {
  const email = config.HAMAVA_SETUP_EMAIL.toLowerCase()
  const person = await personOf(manager, email)
  await manager.update(PersonRow, { id: person.id }, { isOperator: true })
  const system = { memberId: null, via: 'system' as const, viaId: 'setup' }
  const known = await manager.findOneBy(MemberRow, { personId: person.id })
  const workspaceId =
    known?.workspaceId ??
    (
      await insertWorkspace({ manager }, person.id, {
        name: config.HAMAVA_SETUP_WORKSPACE,
        zone: 'Asia/Tehran',
      })
    ).id
  const member = await manager.findOneByOrFail(MemberRow, { workspaceId, personId: person.id })
  const apiKey = newSecret('hmv')
  const call = { workspaceId, actor: { ...system, memberId: member.id }, channelIds: null }
  const key = {
    name: 'setup',
    department: null,
    channelIds: null,
    expiresAt: null,
    madeByKeyId: null,
  }
  await insertKey({ manager }, call, { ...key, scopes: [...permission.options] }, apiKey)
  return { workspaceId, memberId: member.id, email, apiKey }
}

async function personOf(manager: EntityManager, email: string): Promise<PersonRow> {
  const known = await manager.findOneBy(PersonRow, { email })
  if (known) return known
  const passwordHash = await hashPassword(config.HAMAVA_SETUP_PASSWORD)
  const name = email.split('@')[0] ?? email
  await manager.insert(PersonRow, { id: newId('person'), email, name, passwordHash })
  return manager.findOneByOrFail(PersonRow, { email })
}

